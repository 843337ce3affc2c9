/** What has to be ended and removed when somebody interrupts a drill: servers, folders, processes. */
import { setTimeout as pause } from "node:timers/promises";

const endings = new Set();
const longest = 15_000;

/** @returns what takes it off the list again, once it has been done */
export function atInterruption(end) {
  endings.add(end);
  return () => endings.delete(end);
}

let isEnding = false;

/** Never resolves once an interruption is being cleaned up after: nobody may end the process meanwhile. */
export const unlessInterrupted = () => (isEnding ? new Promise(() => undefined) : Promise.resolve());

/** On SIGINT or SIGTERM everything on the list is done, the latest first, and the process ends with 130. */
export function endWhenInterrupted() {
  for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => {
      if (isEnding) process.exit(130);
      isEnding = true;
      const all = Promise.allSettled([...endings].reverse().map((end) => end()));
      void Promise.race([all, pause(longest)]).then(() => process.exit(130));
    });
}
