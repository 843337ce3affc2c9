/**
 * A collection on MongoDB: calls go to the official driver as they are, after the same checks as on
 * the embedded engine. Upserts that lose a race against another one (code 11000) are tried once more.
 */
import type { AnyBulkWriteOperation, Collection, Filter, UpdateFilter } from "mongodb";

import type { ChangeOptions, Document, EngineCollection, ReadOptions, Step } from "../engine.js";
import { DuplicateKeyError, type BulkResult, type Update, type UpdateResult } from "../store.js";
import type { CheckedFilter } from "../subset/filters.js";
import type { SortField } from "../subset/options.js";
import { toQuery } from "../subset/query.js";
import { duplicatesOf, translated, type IndexFields } from "./errors.js";

export class MongoCollection implements EngineCollection {
  readonly #collection: Collection<Document>;
  readonly #indexes: IndexFields;

  constructor(collection: Collection<Document>, indexes: IndexFields) {
    this.#collection = collection;
    this.#indexes = indexes;
  }

  async insertOne(document: Document): Promise<void> {
    await this.#attempt(() => this.#collection.insertOne(document));
  }

  find(filter: CheckedFilter, { sort, limit, fields }: ReadOptions): Promise<Document[]> {
    const options = { limit, ...(fields && { projection: projected(fields) }), ...sorted(sort) };
    return this.#attempt(() => this.#collection.find<Document>(asFilter(filter), options).toArray());
  }

  async updateOne(filter: CheckedFilter, update: Update, { upsert }: ChangeOptions): Promise<UpdateResult> {
    const change = (): Promise<RawResult> =>
      this.#attempt(() => this.#collection.updateOne(asFilter(filter), asUpdate(update), { upsert }));
    return toResult(await (upsert ? twice(change) : change()));
  }

  async updateMany(filter: CheckedFilter, update: Update): Promise<UpdateResult> {
    return toResult(
      await this.#attempt(() => this.#collection.updateMany(asFilter(filter), asUpdate(update))),
    );
  }

  async findOneAndUpdate(
    filter: CheckedFilter,
    update: Update,
    options: ChangeOptions & { readonly returns: "before" | "after"; readonly sort: readonly SortField[] },
  ): Promise<Document | undefined> {
    const { upsert, returns: returnDocument, sort } = options;
    const change = (): Promise<Document | null> =>
      this.#attempt(() =>
        this.#collection.findOneAndUpdate(asFilter(filter), asUpdate(update), {
          upsert,
          returnDocument,
          ...sorted(sort),
        }),
      );
    return (await (upsert ? twice(change) : change())) ?? undefined;
  }

  async deleteOne(filter: CheckedFilter): Promise<number> {
    return (await this.#attempt(() => this.#collection.deleteOne(asFilter(filter)))).deletedCount;
  }

  async deleteMany(filter: CheckedFilter): Promise<number> {
    return (await this.#attempt(() => this.#collection.deleteMany(asFilter(filter)))).deletedCount;
  }

  count(filter: CheckedFilter, limit: number): Promise<number> {
    return this.#attempt(() => this.#collection.countDocuments(asFilter(filter), { limit }));
  }

  async bulk(steps: readonly Step[]): Promise<BulkResult> {
    const duplicates = await this.#write(steps);
    for (const at of [...duplicates.keys()]) {
      const step = steps[at];
      if (step?.kind !== "update" || !step.upsert) continue;
      const again = (await this.#write([step])).get(0);
      if (again === undefined) duplicates.delete(at);
      else duplicates.set(at, again);
    }
    return { duplicates };
  }

  sample(filter: CheckedFilter, size: number, fields: readonly string[] | undefined): Promise<Document[]> {
    const stages = [
      { $match: toQuery(filter) },
      { $sample: { size } },
      ...(fields ? [{ $project: projected(fields) }] : []),
    ];
    return this.#attempt(() => this.#collection.aggregate<Document>(stages).toArray());
  }

  async #write(steps: readonly Step[]): Promise<Map<number, DuplicateKeyError>> {
    try {
      await this.#collection.bulkWrite(steps.map(toOperation), { ordered: false });
      return new Map();
    } catch (error) {
      const duplicates = duplicatesOf(error, this.#indexes);
      if (duplicates === undefined) throw translated(error, this.#indexes);
      return duplicates;
    }
  }

  async #attempt<R>(call: () => Promise<R>): Promise<R> {
    try {
      return await call();
    } catch (error) {
      throw translated(error, this.#indexes);
    }
  }
}

interface RawResult {
  readonly matchedCount: number;
  readonly modifiedCount: number;
  readonly upsertedCount: number;
}

const toResult = ({ matchedCount, modifiedCount, upsertedCount }: RawResult): UpdateResult => ({
  matched: matchedCount,
  modified: modifiedCount,
  upserted: upsertedCount > 0,
});

/** Two upserts of one key can both find nothing; the loser finds the winner's document the second time. */
async function twice<R>(change: () => Promise<R>): Promise<R> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof DuplicateKeyError) return change();
    throw error;
  }
}

const asFilter = (filter: CheckedFilter): Filter<Document> => toQuery(filter);

const asUpdate = (update: Update): UpdateFilter<Document> => update as UpdateFilter<Document>;

const projected = (fields: readonly string[]): Record<string, 1> =>
  Object.fromEntries(fields.map((field) => [field, 1]));

const sorted = (sort: readonly SortField[]): { sort?: [string, 1 | -1][] } =>
  sort.length === 0 ? {} : { sort: sort.map(({ path, direction }) => [path, direction]) };

function toOperation(step: Step): AnyBulkWriteOperation<Document> {
  if (step.kind === "insert") return { insertOne: { document: step.document } };
  const { filter, update, upsert } = step;
  return { updateOne: { filter: asFilter(filter), update: asUpdate(update), upsert } };
}
