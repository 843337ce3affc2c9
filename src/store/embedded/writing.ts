/**
 * Writing documents together with their index entries. Every function here expects to be inside a
 * transaction (or a savepoint) that is rolled back when it throws.
 */
import type { Document } from "../engine.js";
import { DuplicateKeyError } from "../store.js";
import { isConstraintError, type Parameter, type SqliteDatabase } from "./database.js";
import { WaitingEntries } from "./entries.js";
import { insertWords, removeWords, wordsOf } from "./inverted.js";
import { encode } from "./json.js";
import { entriesOf, toKey, type Entry } from "./keys.js";
import type { CollectionTables, IndexTable } from "./tables.js";

/** Rows in one INSERT; a power of two. */
const MAX_ROWS = 32;

export class Writer {
  readonly #database: SqliteDatabase;
  readonly #tables: CollectionTables;
  readonly #uniqueIndexes: readonly IndexTable[];
  readonly #otherIndexes: readonly IndexTable[];
  readonly #invertedIndexes: readonly IndexTable[];

  constructor(database: SqliteDatabase, tables: CollectionTables) {
    this.#database = database;
    this.#tables = tables;
    this.#uniqueIndexes = tables.indexes.filter(({ definition }) => definition.unique === true);
    this.#otherIndexes = tables.indexes.filter(
      ({ definition }) => definition.unique !== true && definition.inverted !== true,
    );
    this.#invertedIndexes = tables.indexes.filter(({ definition }) => definition.inverted === true);
  }

  /** @throws DuplicateKeyError */
  insert(document: Document): void {
    const row = this.insertUnique(document);
    for (const index of [...this.#otherIndexes, ...this.#invertedIndexes]) this.enter(index, document, row);
  }

  /**
   * A document and its entries in unique indexes; the others are to follow (`enterLater`).
   * @returns its row
   * @throws DuplicateKeyError
   */
  insertUnique(document: Document): number {
    const sql = `INSERT INTO ${this.#tables.documents} (id, doc) VALUES (?, ?)`;
    const { row } = this.#unique(["_id"], sql, [toKey(document._id), encode(document)]);
    for (const index of this.#uniqueIndexes)
      this.#addEntries(index, entriesOf(document, index.definition), row);
    return row;
  }

  /**
   * As `insertUnique`, many in few statements. What SQLite refuses does not tell which of them it was.
   * @returns the row of the first; the others follow it without a gap
   */
  insertTogether(documents: readonly Document[]): number {
    const { documents: table } = this.#tables;
    const [last] = this.#database.all(`SELECT coalesce(max(row), 0) FROM ${table}`);
    const first = Number(last?.[0]) + 1;
    for (const [at, part] of inPowersOfTwo(documents)) {
      const places = part.map(() => "(?, ?, ?)").join(", ");
      const parameters = part.flatMap((document, offset): Parameter[] => [
        BigInt(first + at + offset),
        toKey(document._id),
        encode(document),
      ]);
      this.#database.run(`INSERT INTO ${table} (row, id, doc) VALUES ${places}`, parameters);
    }
    const entries = new WaitingEntries(this.#database);
    this.#enterInto(this.#uniqueIndexes, documents, first, entries);
    for (const write of entries.take()) write();
    return first;
  }

  /** The entries that `insertUnique` and `insertTogether` leave out. */
  enterLater(documents: readonly Document[], firstRow: number, waiting: WaitingEntries): void {
    this.#enterInto(this.#otherIndexes, documents, firstRow, waiting);
    for (const index of this.#invertedIndexes)
      for (const [at, document] of documents.entries())
        waiting.addWords(index, wordsOf(document, index.definition), firstRow + at);
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

  #enterInto(
    indexes: readonly IndexTable[],
    documents: readonly Document[],
    firstRow: number,
    waiting: WaitingEntries,
  ): void {
    for (const index of indexes)
      for (const [at, document] of documents.entries()) {
        for (const entry of entriesOf(document, index.definition))
          if (!waiting.add(index, entry, firstRow + at)) this.#addEntries(index, [entry], firstRow + at);
      }
  }

  /** @throws DuplicateKeyError */
  #addEntries({ definition, table, columns }: IndexTable, entries: readonly Entry[], row: number): void {
    const places = `(${[...columns, "row"].map(() => "?").join(", ")})`;
    for (const [, part] of inPowersOfTwo(entries)) {
      const sql = `INSERT INTO ${table} VALUES ${part.map(() => places).join(", ")}`;
      this.#unique(
        definition.fields,
        sql,
        part.flatMap((entry) => [...entry, row]),
      );
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

/**
 * Rows for one statement each, with the place of the first: many at a time, because a call of SQLite
 * costs more than a row; in powers of two, so that few different statements are ever prepared.
 */
function* inPowersOfTwo<T>(rows: readonly T[]): Generator<readonly [number, readonly T[]], void, undefined> {
  for (let at = 0, size = MAX_ROWS; at < rows.length; at += size) {
    while (size > rows.length - at) size /= 2;
    yield [at, rows.slice(at, at + size)];
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
