/**
 * liaison export --group PATH : all contacts of a source as CSV on standard output. An empty group that no
 * group uses as its contact source is probably a slip, and refused; one that holds contacts is exported.
 */
import { pipeline } from "node:stream/promises";
import { Command } from "commander";
import { exportContacts } from "../records/export.js";
import { loadEnvironment, readLocalSettings } from "../settings.js";
import { schema, type ContactDocument, type Source } from "../store/documents.js";
import { openStore } from "../store/open.js";
import type { Store } from "../store/store.js";
import { UsageError } from "./failures.js";
import { findSourceOf, readGroup, unusedSentence, useOf, type GroupName } from "./group-source.js";

export const exportCommand = (): Command =>
  new Command("export")
    .description("write all contacts of a group as CSV to standard output")
    .requiredOption("--group <path>", "the contact source: acme or acme/support", readGroup)
    .action(async ({ group }: { readonly group: GroupName }) => {
      const environment = loadEnvironment();
      const store = await openStore({ ...readLocalSettings(environment).store, schema });
      try {
        const source = await findSourceOf(group, store, environment);
        if (await isEmpty(source, store)) await expectUse(group, source, store);
        await pipeline(exportContacts({ store, source }), process.stdout, { end: false });
      } finally {
        await store.close();
      }
    });

const isEmpty = async ({ account, group }: Source, store: Store): Promise<boolean> =>
  (await store.collection<ContactDocument>("contacts").count({ account, group }, { limit: 1 })) === 0;

/** @throws UsageError when the group can be told not to be in use */
async function expectUse(group: GroupName, source: Source, store: Store): Promise<void> {
  const use = await useOf(source, group.login, store);
  if (use.state === "unused")
    throw new UsageError(`There are no contacts. ${unusedSentence(group, use.used)}`);
}
