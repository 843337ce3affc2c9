/**
 * liaison doctor [--repository OWNER/NAME] [--json] : is everything set up as it has to be, and what to
 * do about what is not. Exit code 1 if there is a problem; no secret is ever printed.
 */
import { Command, InvalidArgumentError } from "commander";
import { loadEnvironment } from "../settings.js";

interface Options {
  readonly repository?: string;
  readonly json?: true;
}

export const doctorCommand = (): Command =>
  new Command("doctor")
    .description("check settings, credentials, webhook, permissions, store and config files")
    .option("--repository <owner/name>", "look into the config of this repository only", readRepository)
    .option("--json", "print the findings as JSON")
    .action(async ({ repository, json }: Options) => {
      const [{ examine }, { toLines }, { createLog }] = await Promise.all([
        import("../doctor/run.js"),
        import("../doctor/finding.js"),
        import("../log.js"),
      ]);
      // What is wrong is said in the findings: Octokit and the driver need not say it, too.
      const log = createLog({ level: "silent", format: "json", destination: process.stderr });
      const findings = [];
      for await (const finding of examine({ environment: loadEnvironment(), log, repository })) {
        findings.push(finding);
        if (json !== true) process.stdout.write(toLines(finding));
      }
      if (json === true) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
      if (findings.some(({ state }) => state === "problem")) process.exitCode = 1;
    });

function readRepository(typed: string): string {
  if (/^[\w.-]+\/[\w.-]+$/.test(typed)) return typed;
  throw new InvalidArgumentError("Write the account and the repository: acme/helpdesk.");
}
