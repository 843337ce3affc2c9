/**
 * What an engine implements: the operations of `Collection` with everything already checked and
 * taken apart (`subset.ts` does that for both engines alike).
 */
import type { BulkResult, StoredDocument, Update, UpdateResult } from "./store.js";
import type { CheckedFilter } from "./subset/filters.js";
import type { SortField } from "./subset/options.js";

/** A document inside an engine: plain JSON plus Date. */
export type Document = StoredDocument & Record<string, unknown>;

export interface ReadOptions {
  readonly sort: readonly SortField[];
  readonly limit: number;
  /** Top-level fields including `_id`; undefined means all. */
  readonly fields: readonly string[] | undefined;
}

export interface ChangeOptions {
  readonly upsert: boolean;
}

export type Step =
  | { readonly kind: "insert"; readonly document: Document }
  | {
      readonly kind: "update";
      readonly filter: CheckedFilter;
      readonly update: Update;
      readonly upsert: boolean;
    };

export interface EngineCollection {
  insertOne(document: Document): Promise<void>;
  find(filter: CheckedFilter, options: ReadOptions): Promise<Document[]>;
  updateOne(filter: CheckedFilter, update: Update, options: ChangeOptions): Promise<UpdateResult>;
  updateMany(filter: CheckedFilter, update: Update): Promise<UpdateResult>;
  findOneAndUpdate(
    filter: CheckedFilter,
    update: Update,
    options: ChangeOptions & { readonly returns: "before" | "after"; readonly sort: readonly SortField[] },
  ): Promise<Document | undefined>;
  deleteOne(filter: CheckedFilter): Promise<number>;
  deleteMany(filter: CheckedFilter): Promise<number>;
  count(filter: CheckedFilter, limit: number): Promise<number>;
  bulk(steps: readonly Step[]): Promise<BulkResult>;
  sample(filter: CheckedFilter, size: number, fields: readonly string[] | undefined): Promise<Document[]>;
}
