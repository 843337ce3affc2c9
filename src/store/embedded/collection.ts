/**
 * A collection of the embedded engine. What changes one document happens without a pause inside one
 * transaction; what may touch many goes in parts, so that other work is not held up, and checks each
 * document again when its turn comes (MongoDB's many-document calls are not atomic either).
 */
import type { ChangeOptions, Document, EngineCollection, ReadOptions, Step } from "../engine.js";
import { pacer, slice } from "../pacer.js";
import type { BulkResult, Update, UpdateResult } from "../store.js";
import type { CheckedFilter } from "../subset/filters.js";
import type { SortField } from "../subset/options.js";
import { writeInBulk } from "./bulk.js";
import type { SqliteDatabase } from "./database.js";
import { matcher } from "./matching.js";
import { Reader, type Found } from "./reading.js";
import { sampleDocuments } from "./sampling.js";
import type { CollectionTables } from "./tables.js";
import { updated, upserted } from "./updating.js";
import { Writer } from "./writing.js";

interface Change {
  readonly before: Document | undefined;
  readonly after: Document | undefined;
  readonly modified: boolean;
}

export class EmbeddedCollection implements EngineCollection {
  readonly #database: SqliteDatabase;
  readonly #tables: CollectionTables;
  readonly #reader: Reader;
  readonly #writer: Writer;

  constructor(database: SqliteDatabase, tables: CollectionTables) {
    this.#database = database;
    this.#tables = tables;
    this.#reader = new Reader(database, tables);
    this.#writer = new Writer(database, tables);
  }

  insertOne(document: Document): Promise<void> {
    return this.#atomically(() => this.#writer.insert(document));
  }

  async find(filter: CheckedFilter, { sort, limit, fields }: ReadOptions): Promise<Document[]> {
    const found: Document[] = [];
    const pace = pacer();
    for (const page of this.#reader.pages(filter, sort, limit)) {
      for (const { document } of page.slice(0, limit - found.length)) found.push(only(document, fields));
      if (found.length >= limit) break;
      await pace();
    }
    await this.#database.settled();
    return found;
  }

  updateOne(filter: CheckedFilter, update: Update, { upsert }: ChangeOptions): Promise<UpdateResult> {
    return this.#atomically(() => toResult(this.#change(filter, update, upsert, [])));
  }

  async updateMany(filter: CheckedFilter, update: Update): Promise<UpdateResult> {
    let modified = 0;
    const matched = await this.#eachMatch(filter, ({ row, document }) => {
      if (this.#writer.replace(row, document, updated(document, update))) modified++;
    });
    return { matched, modified, upserted: false };
  }

  findOneAndUpdate(
    filter: CheckedFilter,
    update: Update,
    options: ChangeOptions & { readonly returns: "before" | "after"; readonly sort: readonly SortField[] },
  ): Promise<Document | undefined> {
    const { upsert, sort, returns } = options;
    return this.#atomically(() => this.#change(filter, update, upsert, sort)[returns]);
  }

  deleteOne(filter: CheckedFilter): Promise<number> {
    return this.#atomically(() => {
      const found = this.#reader.first(filter);
      if (found !== undefined) this.#writer.remove(found.row, found.document);
      return found === undefined ? 0 : 1;
    });
  }

  async deleteMany(filter: CheckedFilter): Promise<number> {
    return this.#eachMatch(filter, ({ row, document }) => this.#writer.remove(row, document));
  }

  async count(filter: CheckedFilter, limit: number): Promise<number> {
    let count = 0;
    const pace = pacer();
    for (const page of this.#reader.pages(filter, [], limit)) {
      count += page.length;
      if (count >= limit) break;
      await pace();
    }
    await this.#database.settled();
    return Math.min(count, limit);
  }

  bulk(steps: readonly Step[]): Promise<BulkResult> {
    return writeInBulk(this.#database, this.#writer, steps, ({ filter, update, upsert }) => {
      this.#change(filter, update, upsert, []);
    });
  }

  async sample(
    filter: CheckedFilter,
    size: number,
    fields: readonly string[] | undefined,
  ): Promise<Document[]> {
    const chosen = await sampleDocuments(this.#database, this.#tables, this.#reader, filter, size);
    await this.#database.settled();
    return chosen.map((document) => only(document, fields));
  }

  /** All or nothing, without a pause; what it throws becomes the rejection. */
  #atomically<R>(work: () => R): Promise<R> {
    return this.#database.write(work);
  }

  #change(filter: CheckedFilter, update: Update, upsert: boolean, sort: readonly SortField[]): Change {
    const found = this.#reader.first(filter, sort);
    if (found !== undefined) {
      const after = updated(found.document, update);
      return {
        before: found.document,
        after,
        modified: this.#writer.replace(found.row, found.document, after),
      };
    }
    if (!upsert) return { before: undefined, after: undefined, modified: false };
    const after = upserted(filter, update);
    this.#writer.insert(after);
    return { before: undefined, after, modified: false };
  }

  /** Finds the matches first, so that changing them cannot move them along the index under the walk. */
  async #eachMatch(filter: CheckedFilter, change: (found: Found) => void): Promise<number> {
    const rows: number[] = [];
    const pace = pacer();
    for (const page of this.#reader.pages(filter)) {
      rows.push(...page.map(({ row }) => row));
      await pace();
    }
    const matches = matcher(filter);
    let matched = 0;
    const left = rows.values(); // each part goes on where the last one ended
    for (let next = left.next(); !next.done;) {
      await this.#atomically(() => {
        for (const isOver = slice(); !next.done && !isOver(); next = left.next()) {
          const document = this.#reader.atRow(next.value);
          if (document === undefined || !matches(document)) continue;
          change({ row: next.value, document });
          matched++;
        }
      });
      await pace();
    }
    return matched;
  }
}

const toResult = ({ before, after, modified }: Change): UpdateResult => ({
  matched: before === undefined ? 0 : 1,
  modified: modified ? 1 : 0,
  upserted: before === undefined && after !== undefined,
});

function only(document: Document, fields: readonly string[] | undefined): Document {
  if (fields === undefined) return document;
  const kept: Record<string, unknown> = {};
  for (const field of fields) if (Object.hasOwn(document, field)) kept[field] = document[field];
  return { ...kept, _id: document._id };
}
