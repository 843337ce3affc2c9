/**
 * The interface every engine fulfils: a small, documented subset of MongoDB's language
 * (DESIGN §8). Both engines check each filter, update and option against the subset before they
 * run it and throw `UnsupportedQueryError` on anything else, so that no query works on one only.
 *
 * - Documents are plain JSON plus `Date`. `_id` is a string made by the caller. `undefined` is
 *   dropped on the way in; `null` is neither stored nor queried.
 * - Every write of one document is atomic and durable when its promise resolves.
 * - There are no transactions over several documents: callers make their steps repeatable.
 * - Strings compare by code point. A prefix is a range: `{ $gte: p, $lt: p + "\u{10ffff}" }`.
 * - Keys and path segments hold no `$` and no `.`, are no plain numbers, and name nothing of Object.prototype.
 */

export interface StoredDocument {
  readonly _id: string;
}

export type Scalar = string | number | boolean | Date;

/**
 * Comparison of one field; several operators in one object must all hold. A lower and an upper bound
 * together are refused on a field that an index declares `many`: two elements could meet one each.
 */
export interface FieldFilter {
  $in?: readonly Scalar[];
  $gt?: Scalar;
  $gte?: Scalar;
  $lt?: Scalar;
  $lte?: Scalar;
  $ne?: Scalar;
  $exists?: boolean;
}

/** Field paths may be dotted (`links.contact`) and reach into arrays, as in MongoDB. */
export interface Filter {
  [path: string]: Scalar | FieldFilter | readonly Filter[] | undefined;
  $and?: readonly Filter[];
  $or?: readonly Filter[];
}

/** Update operators; never a bare replacement document. */
export interface Update {
  $set?: Record<string, unknown>;
  $unset?: Record<string, true>;
  $inc?: Record<string, number>;
  $min?: Record<string, Scalar>;
  $max?: Record<string, Scalar>;
  /** A value, or `{ $each: [...] }`. */
  $addToSet?: Record<string, unknown>;
  /** An exact scalar, or a filter on the elements' own fields. */
  $pull?: Record<string, unknown>;
  /** A value, or `{ $each: [...], $slice: n }`. */
  $push?: Record<string, unknown>;
  $setOnInsert?: Record<string, unknown>;
}

export type Sort = Readonly<Record<string, 1 | -1>>;

/** Fields to return, top level, inclusive; `_id` always comes along. */
export type Projection = readonly string[];

export interface FindOptions {
  /** Only on indexed fields, in index order. */
  readonly sort?: Sort;
  /** Always given: nobody reads a whole collection by accident. 1 to 100,000. */
  readonly limit: number;
  readonly projection?: Projection;
}

export interface UpdateResult {
  readonly matched: number;
  readonly modified: number;
  readonly upserted: boolean;
}

/** One step of a bulk write. Steps are independent of each other: one that fails stops no other. */
export type BulkStep<T extends StoredDocument> =
  | { readonly insertOne: T }
  | { readonly updateOne: { readonly filter: Filter; readonly update: Update; readonly upsert?: boolean } };

export interface BulkResult {
  /** Position in the given list -> what went wrong; only duplicate keys are reported here. */
  readonly duplicates: ReadonlyMap<number, DuplicateKeyError>;
}

export interface Collection<T extends StoredDocument> {
  /** @throws DuplicateKeyError */
  insertOne(document: T): Promise<void>;
  findOne(filter: Filter, options?: { readonly projection?: Projection }): Promise<T | undefined>;
  find(filter: Filter, options: FindOptions): Promise<T[]>;
  /**
   * Updates the first match. With `upsert` and no match, inserts a document made of the filter's
   * equalities and the update; a race between two upserts is retried once inside.
   * @throws DuplicateKeyError
   */
  updateOne(filter: Filter, update: Update, options?: { readonly upsert?: boolean }): Promise<UpdateResult>;
  updateMany(filter: Filter, update: Update): Promise<UpdateResult>;
  /** As `updateOne`, and returns the document as it was before or is after; undefined when none matched. */
  findOneAndUpdate(
    filter: Filter,
    update: Update,
    options: { readonly returns: "before" | "after"; readonly upsert?: boolean; readonly sort?: Sort },
  ): Promise<T | undefined>;
  /** @returns how many were deleted */
  deleteOne(filter: Filter): Promise<number>;
  deleteMany(filter: Filter): Promise<number>;
  /** Counts at most `limit` matches. */
  count(filter: Filter, options: { readonly limit: number }): Promise<number>;
  /** Unordered; on the embedded engine one transaction a call, so keep it to about 100 steps. */
  bulk(steps: readonly BulkStep<T>[]): Promise<BulkResult>;
  /** About `size` documents chosen at random among those that match (all, if there are fewer). */
  sample(filter: Filter, options: { readonly size: number; readonly projection?: Projection }): Promise<T[]>;
}

export interface Store {
  readonly engine: "embedded" | "mongodb";
  collection<T extends StoredDocument>(name: string): Collection<T>;
  /** Resolves when the store answers; rejects with `StoreUnavailableError` within 2 s otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface IndexDefinition {
  /** Fields in order; at most one of them may hold an array, and only the one named by `many`. */
  readonly fields: readonly string[];
  /** The one of `fields` that holds an array or lies in one: an index entry for each element. Never sorted on. */
  readonly many?: string;
  readonly unique?: boolean;
  /** Partial: only documents that have this field are in the index (and bound by its uniqueness). */
  readonly whenExists?: string;
  /**
   * Only ever used by equality (or `$in`) of all its fields at once, never for an order: an engine may
   * then keep it in a form that is much cheaper to write. Neither unique nor partial.
   */
  readonly inverted?: boolean;
}

/** Collection name -> its indexes. Engines create what is missing when they open, idempotently. */
export type StoreSchema = Readonly<Record<string, readonly IndexDefinition[]>>;

/** A unique index refused a write. */
export class DuplicateKeyError extends Error {
  override readonly name = "DuplicateKeyError";
  constructor(
    /** The fields of the index that refused, `["_id"]` for the primary key; of several, any one. */
    readonly fields: readonly string[],
  ) {
    super(`duplicate key: ${fields.join(", ")}`);
  }
}

/** A query outside the subset: a mistake in our code, never in a user's input. */
export class UnsupportedQueryError extends Error {
  override readonly name = "UnsupportedQueryError";
}

/** The store does not answer (now); the same call may work later. */
export class StoreUnavailableError extends Error {
  override readonly name: string = "StoreUnavailableError";
}

/** The store is there and does not let us in: nothing works until somebody mends the settings or the server's. */
export class StoreRefusedError extends StoreUnavailableError {
  override readonly name = "StoreRefusedError";
}
