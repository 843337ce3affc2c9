/**
 * `node furnish.mjs FOLDER CONTACTS SEED`: an embedded store full of made-up contacts, and two sets of
 * queries for them, made with this seed and the next. Does nothing where that was done before.
 */
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";

import { importContacts } from "../../dist/records/import.js";
import { schema } from "../../dist/store/documents.js";
import { openStore } from "../../dist/store/open.js";
import { source } from "./source.mjs";
import { makePeople } from "./people.mjs";
import { makeQueries } from "./typos.mjs";

const queries = 1_000;

const [folder, contacts, seed] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];

const quoted = (cell) => (/[",\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function* csv(people) {
  yield "first_name,last_name,email,organization,description,state\n";
  for (const { first, last, email, organization, description, state } of people)
    yield `${[first, last, email, organization, description, state].map(quoted).join(",")}\n`;
}

async function furnish() {
  const begun = `${folder}.begun`;
  await rm(begun, { recursive: true, force: true });
  await mkdir(begun, { recursive: true });
  const people = await makePeople(contacts, seed);
  const store = await openStore({ dataDir: join(begun, "data"), schema });
  const totals = await importContacts({ store, source, input: Readable.from(csv(people)) });
  await store.close();
  if (totals.created !== contacts) throw new Error(`only ${totals.created} contacts were taken`);
  for (const at of [0, 1]) {
    const made = makeQueries(people, queries, seed + at);
    await writeFile(join(begun, `queries-${at}.json`), JSON.stringify(made));
  }
  if (contacts <= 10_000) await writeFile(join(begun, "people.json"), JSON.stringify(people));
  await rename(begun, folder);
}

if (!existsSync(folder)) await furnish();
