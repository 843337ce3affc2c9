/** A look into a data folder: reads what there is, and tries one document where documents are kept. */
import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { nameOfIndex, triedCollection, triedId, type StoreLook } from "../look.js";
import type { StoreSchema } from "../store.js";
import { SqliteDatabase } from "./database.js";
import { lockFolder } from "./lock.js";
import { layoutVersion, wrongLayout } from "./opening.js";
import { databaseFile } from "./store.js";
import { tablesOf } from "./tables.js";

/** @throws StoreLockedError when another process has the folder open */
export async function inspectEmbedded(folder: string, schema: StoreSchema): Promise<StoreLook> {
  const unlock = await lockFolder(folder);
  try {
    const file = join(folder, databaseFile);
    const isThere = (await stat(file).catch(() => undefined)) !== undefined;
    const database = await SqliteDatabase.open(isThere ? file : ":memory:");
    try {
      return look(database, schema);
    } finally {
      database.close();
    }
  } finally {
    unlock();
  }
}

function look(database: SqliteDatabase, schema: StoreSchema): StoreLook {
  const version = String(database.all("SELECT sqlite_version()")[0]?.[0]);
  const there = new Set(
    database.all("SELECT name FROM sqlite_master WHERE type = 'table'").map(([name]) => String(name)),
  );
  const isEmpty = !there.has("layout");
  if (isEmpty) return { engine: "embedded", version, isEmpty, missing: [], keeps: undefined };
  const layout = database.all("SELECT version FROM layout")[0]?.[0];
  if (layout !== layoutVersion) throw wrongLayout(layout);
  const ready = new Set(
    database.all('SELECT name FROM "indexes" WHERE complete = 1').map(([name]) => String(name)),
  );
  const missing = Object.entries(schema).flatMap(([name, definitions]) => {
    const { documents, indexes } = tablesOf(name, definitions);
    if (!there.has(unquoted(documents))) return [name];
    const absent = indexes.filter(({ table }) => !ready.has(table));
    return absent.map(({ definition }) => nameOfIndex(name, definition.fields));
  });
  const { documents } = tablesOf(triedCollection, []);
  const keeps = there.has(unquoted(documents)) ? tryOut(database, documents) : undefined;
  return { engine: "embedded", version, isEmpty, missing, keeps };
}

const unquoted = (table: string): string => table.slice(1, -1).replaceAll('""', '"');

function tryOut(database: SqliteDatabase, documents: string): boolean {
  const [id, doc] = [triedId(randomUUID()), "{}"];
  database.transaction(() => database.run(`INSERT INTO ${documents} (id, doc) VALUES (?, ?)`, [id, doc]));
  const [found] = database.all(`SELECT doc FROM ${documents} WHERE id = ?`, [id]);
  database.transaction(() => database.run(`DELETE FROM ${documents} WHERE id = ?`, [id]));
  return found?.[0] === doc;
}
