/** `liaison serve` as a process of its own, to be killed. Needs the build (`npm test` makes it first). */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export interface ServeProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything it wrote, on both streams. */
  output(): string;
  /** Sends a signal and waits for the end. @returns the exit code, null after a kill */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** @param environment added to a bare one: no credentials of this machine get in */
export async function startServe(
  environment: Readonly<Record<string, string>>,
  cwd: string,
): Promise<ServeProcess> {
  const child = spawn(process.execPath, [main, "serve"], {
    cwd,
    env: { PATH: process.env.PATH ?? "", PORT: "0", LOG_FORMAT: "json", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const exited = once(child, "exit") as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /Liaison listens on (\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void exited.then(() => {
      reject(new Error(`liaison serve ended early:\n${output}`));
    });
  });
  return {
    url,
    child,
    output: () => output,
    async end(signal) {
      child.kill(signal);
      return (await exited)[0];
    },
  };
}
