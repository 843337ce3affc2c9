/**
 * How collections lie in SQLite: a table of documents each, and a table for every index, with a
 * column per field and the row id of the document. Row ids are small integers, ids are text.
 */
import type { IndexDefinition } from "../store.js";
import { createInverted } from "./inverted.js";

export interface IndexTable {
  readonly definition: IndexDefinition;
  /** Quoted, ready for SQL. */
  readonly table: string;
  /** One for each field of the definition, in order; none in an inverted index, whose entries are words. */
  readonly columns: readonly string[];
  /** The column with the document's row id. */
  readonly row: "row" | "rowid";
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
export function indexName(collection: string, definition: IndexDefinition): string {
  const { fields, unique, many, whenExists, inverted } = definition;
  const kind = [
    unique === true ? "unique" : "",
    inverted === true ? "inverted" : "",
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
    primary: { definition: { fields: ["_id"], unique: true }, table: documents, columns: ["id"], row: "row" },
    indexes: indexes.map((definition) => indexTable(definition, quoted(indexName(name, definition)))),
  };
}

function indexTable(definition: IndexDefinition, table: string): IndexTable {
  if (definition.inverted === true) return { definition, table, columns: [], row: "rowid" };
  return { definition, table, columns: definition.fields.map((_, at) => `k${at}`), row: "row" };
}

export const createDocuments = ({ documents }: CollectionTables): string =>
  `CREATE TABLE IF NOT EXISTS ${documents} (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, doc TEXT NOT NULL)`;

/** Columns without a type: SQLite then stores exactly what was bound. */
export function createIndex({ definition, table, columns }: IndexTable): string {
  if (definition.inverted === true) return createInverted(table);
  const key = definition.unique === true ? columns : [...columns, "row"];
  const all = [...columns.map((column) => `${column} NOT NULL`), "row INTEGER NOT NULL"];
  return `CREATE TABLE ${table} (${all.join(", ")}, PRIMARY KEY (${key.join(", ")})) WITHOUT ROWID`;
}
