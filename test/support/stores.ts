/**
 * The engines that tests run on: the embedded one always, MongoDB when LIAISON_TEST_MONGODB_URI names
 * a server (`npm run test:mongo` starts one). Every store is fresh: a folder or a database of its own.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";

import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { openMongoStore } from "../../src/store/mongodb/store.js";
import type { Store, StoreSchema } from "../../src/store/store.js";

export interface OpenedStore {
  /** The one that is open now. */
  readonly store: Store;
  /** Closes the store and opens it again on the same data, with the same or another schema. */
  reopen(schema?: StoreSchema): Promise<Store>;
  /** Closes whatever is open and removes the data. */
  destroy(): Promise<void>;
}

export interface Engine {
  readonly name: Store["engine"];
  /** @param label a word for the folder or database, to tell them apart while debugging */
  open(schema: StoreSchema, label: string): Promise<OpenedStore>;
}

const mongoUri = process.env.LIAISON_TEST_MONGODB_URI;

/** For the one test file that says so; nobody should believe that MongoDB was tested when it was not. */
export function tellWhatIsLeftOut(): void {
  if (mongoUri === undefined)
    process.stderr.write(
      "MongoDB was not tested: no LIAISON_TEST_MONGODB_URI (npm run test:mongo starts one)\n",
    );
}

export function engines(): readonly Engine[] {
  const embedded: Engine = { name: "embedded", open: openEmbedded };
  if (mongoUri === undefined) return [embedded];
  return [embedded, { name: "mongodb", open: (schema, label) => openMongo(mongoUri, schema, label) }];
}

async function openEmbedded(schema: StoreSchema, label: string): Promise<OpenedStore> {
  const folder = await mkdtemp(join(tmpdir(), `liaison-${label}-`));
  const open = (its: StoreSchema): Promise<Store> => openEmbeddedStore({ folder, schema: its });
  return opened(schema, open, () => rm(folder, { recursive: true, force: true }));
}

async function openMongo(uri: string, schema: StoreSchema, label: string): Promise<OpenedStore> {
  const database = `liaison_test_${label.replace(/\W/g, "_")}_${randomUUID().slice(0, 8)}`;
  const open = (its: StoreSchema): Promise<Store> => openMongoStore({ uri, schema: its, database });
  return opened(schema, open, async () => {
    const client = new MongoClient(uri);
    await client.db(database).dropDatabase();
    await client.close();
  });
}

async function opened(
  schema: StoreSchema,
  open: (schema: StoreSchema) => Promise<Store>,
  remove: () => Promise<void>,
): Promise<OpenedStore> {
  let current = await open(schema);
  return {
    get store() {
      return current;
    },
    reopen: async (its = schema) => {
      await current.close();
      current = await open(its);
      return current;
    },
    destroy: async () => {
      await current.close();
      await remove();
    },
  };
}
