/** liaison export --group PATH : all contacts of a source as CSV on standard output. */
import { pipeline } from "node:stream/promises";
import { Command } from "commander";
import { exportContacts } from "../records/export.js";
import { loadEnvironment, readLocalSettings } from "../settings.js";
import { schema } from "../store/documents.js";
import { openStore } from "../store/open.js";
import { findSourceOf, readGroup, type GroupName } from "./group-source.js";

export const exportCommand = (): Command =>
  new Command("export")
    .description("write all contacts of a group as CSV to standard output")
    .requiredOption("--group <path>", "the contact source: acme or acme/support", readGroup)
    .action(async ({ group }: { readonly group: GroupName }) => {
      const environment = loadEnvironment();
      const store = await openStore({ ...readLocalSettings(environment).store, schema });
      try {
        const source = await findSourceOf(group, store, environment);
        await pipeline(exportContacts({ store, source }), process.stdout, { end: false });
      } finally {
        await store.close();
      }
    });
