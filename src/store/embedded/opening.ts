/**
 * Bringing the database file to the schema: tables that are missing are created, new indexes filled
 * from the documents in batches, dropped ones removed. Repeatable: an index counts only once it is
 * marked complete, so a process that dies while filling one starts it over.
 */
import { pacer } from "../pacer.js";
import type { StoreSchema } from "../store.js";
import type { SqliteDatabase } from "./database.js";
import { decode } from "./json.js";
import { createDocuments, createIndex, tablesOf, type CollectionTables, type IndexTable } from "./tables.js";
import { Writer } from "./writing.js";

/** Of the file's layout; raised when a later release cannot read an earlier one's tables. */
export const layoutVersion = 1;
const BATCH = 200;

/** @throws DuplicateKeyError when existing documents break a new unique index */
export async function bringToSchema(
  database: SqliteDatabase,
  schema: StoreSchema,
): Promise<ReadonlyMap<string, CollectionTables>> {
  checkVersion(database);
  const collections = Object.entries(schema).map(([name, indexes]) => tablesOf(name, indexes));
  for (const tables of collections) database.exec(createDocuments(tables));
  const complete = completeIndexes(database, collections);
  for (const tables of collections)
    for (const index of tables.indexes)
      if (!complete.has(index.table)) await buildIndex(database, tables, index);
  return new Map(collections.map((tables) => [tables.name, tables]));
}

function checkVersion(database: SqliteDatabase): void {
  database.exec("CREATE TABLE IF NOT EXISTS layout (version INTEGER NOT NULL)");
  database.exec('CREATE TABLE IF NOT EXISTS "indexes" (name TEXT PRIMARY KEY, complete INTEGER NOT NULL)');
  const version = database.all("SELECT version FROM layout")[0]?.[0];
  if (version === undefined) database.run("INSERT INTO layout VALUES (?)", [layoutVersion]);
  else if (version !== layoutVersion) throw wrongLayout(version);
}

export const wrongLayout = (version: unknown): Error =>
  new Error(`the data folder has layout ${Number(version)}, this release reads layout ${layoutVersion}`);

/** Removes what is half built or no longer wanted; returns the tables that can be used as they are. */
function completeIndexes(database: SqliteDatabase, collections: readonly CollectionTables[]): Set<string> {
  const wanted = new Set(collections.flatMap(({ indexes }) => indexes.map(({ table }) => table)));
  const complete = new Set<string>();
  for (const [name, done] of database.all('SELECT name, complete FROM "indexes"')) {
    const table = String(name);
    if (done === 1 && wanted.has(table)) complete.add(table);
    else
      database.transaction(() => {
        database.exec(`DROP TABLE IF EXISTS ${table}`);
        database.run('DELETE FROM "indexes" WHERE name = ?', [table]);
      });
  }
  return complete;
}

async function buildIndex(
  database: SqliteDatabase,
  tables: CollectionTables,
  index: IndexTable,
): Promise<void> {
  database.transaction(() => {
    database.run('INSERT INTO "indexes" VALUES (?, 0)', [index.table]);
    database.exec(createIndex(index));
  });
  const writer = new Writer(database, tables);
  const pace = pacer();
  const select = `SELECT row, doc FROM ${tables.documents} WHERE row > ? ORDER BY row LIMIT ${BATCH}`;
  for (let last = 0, more = true; more;) {
    const rows = database.all(select, [last]);
    database.transaction(() => {
      for (const [row, text] of rows) writer.enter(index, decode(String(text)), Number(row));
    });
    last = Number(rows.at(-1)?.[0] ?? last);
    more = rows.length === BATCH;
    await pace();
  }
  database.run('UPDATE "indexes" SET complete = 1 WHERE name = ?', [index.table]);
}
