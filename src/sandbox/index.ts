/** The sandbox's door. */
export { createLog } from "../log.js";
export { runPrompt } from "./prompt.js";
export { runScript } from "./script.js";
export { Session } from "./session.js";
export { startSandbox } from "./start.js";
