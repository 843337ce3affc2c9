/** `liaison serve` as a process of its own, as it is run in production, to be killed and started again. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../../dist/main.js", import.meta.url));
/** Nobody outlives the drill, however that ends. */
const children = new Set();
process.once("exit", () => children.forEach((child) => child.kill("SIGKILL")));

const longestStart = 60_000;
const longestStop = 15_000;

/**
 * Starts it and does not wait. `url` resolves when it listens, and rejects when it ends before.
 * @param {{ environment: Record<string, string>, cwd: string, log: string }} options `log`: the file its
 *   output is added to
 */
export function startApp({ environment, cwd, log }) {
  const child = spawn(process.execPath, [main, "serve"], {
    cwd,
    env: { PATH: process.env.PATH ?? "", PORT: "0", LOG_FORMAT: "json", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  const file = createWriteStream(log, { flags: "a" });
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  const exited = once(child, "exit").then(([code, signal]) => ({ code, signal }));
  child.once("close", () => file.end());
  const url = listening(child, exited, log);
  url.catch(() => undefined); // whoever waits for it hears it
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    url,
    exited,
    hasEnded,
    async kill() {
      if (!hasEnded()) child.kill("SIGKILL");
      await exited;
    },
    /** SIGSTOP, and SIGCONT after so many milliseconds: it knows nothing of the time between. */
    async freeze(milliseconds) {
      child.kill("SIGSTOP");
      await Promise.race([exited, pause(milliseconds)]);
      child.kill("SIGCONT");
    },
    /** SIGTERM, and SIGKILL when that is not heard. @returns the exit code; null when it had to be killed */
    async stop() {
      if (!hasEnded()) child.kill("SIGTERM");
      await Promise.race([exited, pause(longestStop, undefined, { ref: false })]);
      if (!hasEnded()) child.kill("SIGKILL");
      return (await exited).code;
    },
    /** How often its log says this; call it after the end. */
    logged: async (words) => (await readFile(log, "utf8")).split(words).length - 1,
    /** Resident memory in bytes, where the system tells it. */
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
    },
  };
}

function listening(child, exited, log) {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error("liaison serve did not start in time")), longestStart);
    const read = (chunk) => {
      text += chunk;
      const url = /Liaison listens on (\S+)/.exec(text)?.[1];
      if (url === undefined) return;
      child.stderr.off("data", read);
      clearTimeout(timer);
      resolve(url);
    };
    child.stderr.on("data", read);
    void exited.then(({ code, signal }) => {
      clearTimeout(timer);
      reject(new Error(`liaison serve ended with ${signal ?? code} before it listened: ${log}`));
    });
  });
}
