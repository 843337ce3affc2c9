/**
 * How collections lie in SQLite: a table of documents each, and a table for every index, with a
 * column per field and the row id of the document. Row ids are small integers, ids are text.
 */
import type { IndexDefinition } from "../store.js";

export interface IndexTable {
  readonly definition: IndexDefinition;
  /** Quoted, ready for SQL. */
  readonly table: string;
  /** One for each field of the definition, in order. */
  readonly columns: readonly string[];
  /** SQL that adds an entry: its columns, then the row id. */
  readonly insert: string;
}

export interface CollectionTables {
  readonly name: string;
  /** Quoted table of `row`, `id`, `doc`. */
  readonly documents: string;
  /** The document table itself, seen as a unique index on `_id`. */
  readonly primary: IndexTable;
  readonly indexes: readonly IndexTable[];
}

/** The name says all that its content depends on, so a changed definition is another table. */
export function indexName(collection: string, { fields, unique, many, whenExists }: IndexDefinition): string {
  const kind = [
    unique === true ? "unique" : "",
    many === undefined ? "" : `many ${many}`,
    whenExists === undefined ? "" : `when ${whenExists}`,
  ];
  return [`index ${collection}`, fields.join(","), ...kind.filter((part) => part !== "")].join(" ");
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export function tablesOf(name: string, indexes: readonly IndexDefinition[]): CollectionTables {
  const documents = quoted(`documents ${name}`);
  return {
    name,
    documents,
    primary: indexTable({ fields: ["_id"], unique: true }, documents, ["id"]),
    indexes: indexes.map((definition) => {
      const columns = definition.fields.map((_, at) => `k${at}`);
      return indexTable(definition, quoted(indexName(name, definition)), columns);
    }),
  };
}

function indexTable(definition: IndexDefinition, table: string, columns: readonly string[]): IndexTable {
  const places = [...columns, "row"].map(() => "?").join(", ");
  return { definition, table, columns, insert: `INSERT INTO ${table} VALUES (${places})` };
}

export const createDocuments = ({ documents }: CollectionTables): string =>
  `CREATE TABLE IF NOT EXISTS ${documents} (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, doc TEXT NOT NULL)`;

/** Columns without a type: SQLite then stores exactly what was bound. */
export function createIndex({ definition, table, columns }: IndexTable): string {
  const key = definition.unique === true ? columns : [...columns, "row"];
  const all = [...columns.map((column) => `${column} NOT NULL`), "row INTEGER NOT NULL"];
  return `CREATE TABLE ${table} (${all.join(", ")}, PRIMARY KEY (${key.join(", ")})) WITHOUT ROWID`;
}
