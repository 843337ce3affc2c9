/**
 * liaison import --group PATH FILE.csv [--dry-run] [--force] : contacts and their organizations from CSV.
 * A bar on a terminal, a line for each rejected row, totals at the end; exit code 1 if any row was
 * rejected. A group that no group uses as its contact source is refused, unless forced.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { importContacts, type Progress, type Totals } from "../records/import.js";
import { loadEnvironment, readLocalSettings } from "../settings.js";
import { schema, type Source } from "../store/documents.js";
import { openStore } from "../store/open.js";
import type { Store } from "../store/store.js";
import { UsageError } from "./failures.js";
import { findSourceOf, readGroup, unusedSentence, useOf, type GroupName } from "./group-source.js";

interface Options {
  readonly group: GroupName;
  readonly dryRun?: true;
  readonly force?: true;
}

export const importCommand = (): Command =>
  new Command("import")
    .description("bring contacts and their organizations in from a CSV file")
    .argument(
      "<file>",
      "first_name,last_name,email,phone,description,organization,state in any order, with a header",
    )
    .requiredOption("--group <path>", "the contact source they belong to: acme or acme/support", readGroup)
    .option("--dry-run", "say what an import would do, and write nothing")
    .option("--force", "import even if no group uses this one as its contact source")
    .action(async (file: string, options: Options) => {
      const { size } = await stat(file);
      const environment = loadEnvironment();
      const store = await openStore({ ...readLocalSettings(environment).store, schema });
      try {
        const source = await findSourceOf(options.group, store, environment);
        if (options.force !== true) await expectUse(options.group, source, store);
        const bar = startBar(size);
        const totals = await importContacts({
          store,
          source,
          input: createReadStream(file),
          dryRun: options.dryRun ?? false,
          onProgress: ({ bytes, rows }: Progress) => bar?.update(bytes, { rows }),
          onRejected: ({ line, reason }) => process.stderr.write(`line ${line}: ${reason}\n`),
        }).finally(() => bar?.stop());
        process.stdout.write(`${summary(totals, options.dryRun === true)}\n`);
        if (totals.rejected > 0) process.exitCode = 1;
      } finally {
        await store.close();
      }
    });

/** @throws UsageError when nobody would see the contacts */
async function expectUse(group: GroupName, source: Source, store: Store): Promise<void> {
  const use = await useOf(source, group.login, store);
  const name = `${group.login}/${group.group}`;
  switch (use.state) {
    case "used":
      return;
    case "unknown":
      process.stderr.write(
        `No config of ${group.login} is known yet, so it was not checked whether any group uses ${name} as its contact source.\n`,
      );
      return;
    case "unused":
      throw new UsageError(
        `${unusedSentence(group, use.used)} Declare it in .github/liaison.yml of ${group.login}/.github first, or pass --force.`,
      );
  }
}

/** Only on a terminal: in a log a bar is noise. */
function startBar(size: number): SingleBar | undefined {
  if (!process.stderr.isTTY) return undefined;
  const bar = new SingleBar({
    format: "{bar} {percentage} %  {rows} rows",
    stream: process.stderr,
    clearOnComplete: true,
  });
  bar.start(Math.max(size, 1), 0, { rows: 0 });
  return bar;
}

function summary(totals: Totals, dryRun: boolean): string {
  const { rows, created, updated, unchanged, rejected, organizationsCreated } = totals;
  const done = `${rows} rows: ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected; ${organizationsCreated} organizations created.`;
  return dryRun ? `Dry run, nothing was written. An import would do: ${done}` : done;
}
