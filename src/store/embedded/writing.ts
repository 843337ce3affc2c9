/**
 * Writing documents together with their index entries. Every function here expects to be inside a
 * transaction (or a savepoint) that is rolled back when it throws.
 */
import type { Document } from "../engine.js";
import { DuplicateKeyError } from "../store.js";
import { isConstraintError, type Parameter, type SqliteDatabase } from "./database.js";
import type { WaitingEntries } from "./entries.js";
import { insertWords, removeWords, wordsOf } from "./inverted.js";
import { encode } from "./json.js";
import { entriesOf, toKey, type Entry } from "./keys.js";
import type { CollectionTables, IndexTable } from "./tables.js";

/** Index entries in one INSERT; a power of two. */
const MAX_ROWS = 32;

export class Writer {
  readonly #database: SqliteDatabase;
  readonly #tables: CollectionTables;
  readonly #uniqueIndexes: readonly IndexTable[];
  readonly #otherIndexes: readonly IndexTable[];
  readonly #invertedIndexes: readonly IndexTable[];
  readonly #insertSql: string;

  constructor(database: SqliteDatabase, tables: CollectionTables) {
    this.#database = database;
    this.#tables = tables;
    this.#uniqueIndexes = tables.indexes.filter(({ definition }) => definition.unique === true);
    this.#otherIndexes = tables.indexes.filter(
      ({ definition }) => definition.unique !== true && definition.inverted !== true,
    );
    this.#invertedIndexes = tables.indexes.filter(({ definition }) => definition.inverted === true);
    this.#insertSql = `INSERT INTO ${tables.documents} (id, doc) VALUES (?, ?)`;
  }

  /**
   * @param waiting takes the entries that may be written later (entries.ts); without it all are written now
   * @throws DuplicateKeyError, with nothing left waiting
   */
  insert(document: Document, waiting?: WaitingEntries): void {
    const { row } = this.#unique(["_id"], this.#insertSql, [toKey(document._id), encode(document)]);
    for (const index of this.#uniqueIndexes)
      this.#addEntries(index, entriesOf(document, index.definition), row);
    for (const index of this.#otherIndexes) {
      const entries = entriesOf(document, index.definition);
      this.#addEntries(
        index,
        entries.filter((entry) => waiting?.add(index, entry, row) !== true),
        row,
      );
    }
    for (const index of this.#invertedIndexes) {
      const words = wordsOf(document, index.definition);
      if (waiting === undefined) this.#database.run(insertWords(index.table), [row, words]);
      else waiting.addWords(index, words, row);
    }
  }

  /** Enters a document into one index, whatever its kind. */
  enter(index: IndexTable, document: Document, row: number): void {
    const { definition, table } = index;
    if (definition.inverted === true)
      this.#database.run(insertWords(table), [row, wordsOf(document, definition)]);
    else this.#addEntries(index, entriesOf(document, definition), row);
  }

  /**
   * @returns whether anything changed
   * @throws DuplicateKeyError
   */
  replace(row: number, before: Document, after: Document): boolean {
    const text = encode(after);
    if (text === encode(before)) return false;
    this.#database.run(`UPDATE ${this.#tables.documents} SET doc = ? WHERE row = ?`, [text, row]);
    for (const index of [...this.#uniqueIndexes, ...this.#otherIndexes])
      this.#changeEntries(index, before, after, row);
    for (const index of this.#invertedIndexes) this.#changeWords(index, before, after, row);
    return true;
  }

  remove(row: number, document: Document): void {
    this.#database.run(`DELETE FROM ${this.#tables.documents} WHERE row = ?`, [row]);
    for (const index of [...this.#uniqueIndexes, ...this.#otherIndexes])
      for (const entry of entriesOf(document, index.definition)) this.#removeEntry(index, entry, row);
    for (const { definition, table } of this.#invertedIndexes)
      this.#database.run(removeWords(table), [row, wordsOf(document, definition)]);
  }

  #changeEntries(index: IndexTable, before: Document, after: Document, row: number): void {
    const old = entriesByKey(before, index);
    const current = entriesByKey(after, index);
    for (const [key, entry] of old) if (!current.has(key)) this.#removeEntry(index, entry, row);
    const added = [...current].flatMap(([key, entry]) => (old.has(key) ? [] : [entry]));
    this.#addEntries(index, added, row);
  }

  #changeWords({ definition, table }: IndexTable, before: Document, after: Document, row: number): void {
    const old = wordsOf(before, definition);
    const current = wordsOf(after, definition);
    if (old === current) return;
    this.#database.run(removeWords(table), [row, old]);
    this.#database.run(insertWords(table), [row, current]);
  }

  /**
   * Many at a time, because a call of SQLite costs more than a row; in powers of two, so that few
   * different statements are ever prepared.
   * @throws DuplicateKeyError
   */
  #addEntries({ definition, table, columns }: IndexTable, entries: readonly Entry[], row: number): void {
    const places = `(${[...columns, "row"].map(() => "?").join(", ")})`;
    for (let at = 0, size = MAX_ROWS; at < entries.length; at += size) {
      while (size > entries.length - at) size /= 2;
      const rows = entries.slice(at, at + size);
      const sql = `INSERT INTO ${table} VALUES ${rows.map(() => places).join(", ")}`;
      const parameters = rows.flatMap((entry) => [...entry, row]);
      this.#unique(definition.fields, sql, parameters);
    }
  }

  #removeEntry({ table, columns }: IndexTable, entry: Entry, row: number): void {
    const place = [...columns, "row"].map((column) => `${column} = ?`).join(" AND ");
    this.#database.run(`DELETE FROM ${table} WHERE ${place}`, [...entry, row]);
  }

  #unique(fields: readonly string[], sql: string, parameters: readonly Parameter[]): { row: number } {
    try {
      return this.#database.run(sql, parameters);
    } catch (error) {
      throw isConstraintError(error) ? new DuplicateKeyError(fields) : error;
    }
  }
}

/** Entries under a text that tells them apart: NUL cannot be part of a key. */
const entriesByKey = (document: Document, { definition }: IndexTable): Map<string, Entry> =>
  new Map(
    entriesOf(document, definition).map((entry) => [
      entry.map((key) => `${typeof key}${key}`).join("\0"),
      entry,
    ]),
  );
