/**
 * liaison sandbox [--script FILE] : a local GitHub with a sample organization, contacts and people of
 * every role, and the real app in front of it; in the terminal, or scripted with its transcript printed.
 */
import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { loadEnvironment, readLocalSettings } from "../settings.js";

export const sandboxCommand = (): Command =>
  new Command("sandbox")
    .description("try everything on a local GitHub with sample contacts; nothing leaves this machine")
    .option("--script <file>", "type the lines of a file and print what a terminal would show")
    .action((options: { readonly script?: string }) => runSandbox(options));

export async function runSandbox({ script }: { readonly script?: string }): Promise<void> {
  const lines = script === undefined ? undefined : await readFile(script, "utf8");
  const { createLog, runPrompt, runScript, Session, startSandbox } = await import("../sandbox/index.js");
  const { log } = readLocalSettings(loadEnvironment());
  // The terminal belongs to the conversation: only trouble is logged, unless more is asked for.
  const level = log.level === "info" ? "warn" : log.level;
  const sandbox = await startSandbox(createLog({ ...log, level, destination: process.stderr }));
  try {
    const session = new Session(sandbox);
    if (lines === undefined) await runPrompt(session);
    else for await (const part of runScript(session, lines)) process.stdout.write(part);
  } finally {
    await sandbox.close();
  }
}
