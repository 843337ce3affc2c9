/**
 * The embedded engine: JSON documents in SQLite, in a folder, for one process. `synchronous=FULL`:
 * GitHub does not repeat what it was told is accepted, so an acknowledged write must survive not only
 * a kill but a power cut; the price is one disk sync a write (or one for a whole bulk).
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Collection, Store, StoredDocument, StoreSchema } from "../store.js";
import { checkSchema, SubsetCollection } from "../subset.js";
import { refuse } from "../subset/values.js";
import { EmbeddedCollection } from "./collection.js";
import { SqliteDatabase } from "./database.js";
import { lockFolder } from "./lock.js";
import { bringToSchema } from "./opening.js";

/**
 * 32 MB of pages in memory, and the log brought over into the file every 16 MB of pages instead of 4:
 * an import changes the same pages of an index again and again.
 */
const PRAGMAS = [
  "PRAGMA journal_mode = WAL",
  "PRAGMA synchronous = FULL",
  "PRAGMA busy_timeout = 5000",
  "PRAGMA cache_size = -32768",
  "PRAGMA wal_autocheckpoint = 4000",
].join("; ");

/** Its name in the data folder. SQLite keeps more beside it: `-wal`, `-shm`. */
export const databaseFile = "liaison.db";

/**
 * Opens (and creates, for its owner only) the data folder.
 * @throws StoreLockedError when another process has it open
 * @throws EngineMissingError when SQLite has no build for this machine
 */
export async function openEmbeddedStore(options: {
  readonly folder: string;
  readonly schema: StoreSchema;
}): Promise<Store> {
  const { folder, schema } = options;
  checkSchema(schema);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = await lockFolder(folder);
  try {
    return await openDatabase(join(folder, databaseFile), schema, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function openDatabase(file: string, schema: StoreSchema, unlock: () => void): Promise<Store> {
  await writeFile(file, "", { flag: "a", mode: 0o600 }); // SQLite gives its other files the same mode
  const database = await SqliteDatabase.open(file);
  try {
    database.exec(PRAGMAS);
    const tables = await bringToSchema(database, schema);
    const collections = new Map(
      [...tables].map(([name, its]) => [
        name,
        new SubsetCollection(new EmbeddedCollection(database, its), schema[name] ?? []),
      ]),
    );
    return new EmbeddedStore(database, collections, unlock);
  } catch (error) {
    database.close();
    throw error;
  }
}

class EmbeddedStore implements Store {
  readonly engine = "embedded";
  readonly #database: SqliteDatabase;
  readonly #collections: ReadonlyMap<string, SubsetCollection>;
  readonly #unlock: () => void;
  #closed = false;

  constructor(
    database: SqliteDatabase,
    collections: ReadonlyMap<string, SubsetCollection>,
    unlock: () => void,
  ) {
    this.#database = database;
    this.#collections = collections;
    this.#unlock = unlock;
  }

  collection<T extends StoredDocument>(name: string): Collection<T> {
    const collection = this.#collections.get(name) ?? refuse(`${name} is not a collection of the schema`);
    return collection as unknown as Collection<T>;
  }

  async ping(): Promise<void> {
    await this.#database.probe();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#database.settled();
    // libsql frees its file only with the last statement; the log is folded into the database before.
    this.#database.all("PRAGMA wal_checkpoint(TRUNCATE)");
    this.#database.close();
    this.#unlock();
  }
}
