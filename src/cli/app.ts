/** What takes long to load, for the commands that need it: the others start without it. */
export { startApp } from "../compose.js";
export { createLog } from "../log.js";
export { schema } from "../store/documents.js";
export { openStore } from "../store/open.js";
