/**
 * The subset of MongoDB's language that Liaison uses (DESIGN §8), enforced at run time in front of
 * both engines: whatever passes here means the same on both, everything else throws
 * `UnsupportedQueryError`.
 */
import type { Document, EngineCollection, Step } from "./engine.js";
import { pacer } from "./pacer.js";
import type {
  BulkResult,
  BulkStep,
  Collection,
  Filter,
  FindOptions,
  IndexDefinition,
  Projection,
  Sort,
  StoredDocument,
  StoreSchema,
  Update,
  UpdateResult,
} from "./store.js";
import { checkFilter, type CheckedFilter } from "./subset/filters.js";
import { checkLimit, checkProjection, checkSort } from "./subset/options.js";
import { checkUpdate, checkUpsert } from "./subset/updates.js";
import { checkPath, isPlainObject, plainObject, refuse, storable } from "./subset/values.js";

/** Refuses a schema that the engines could not agree on. */
export function checkSchema(schema: StoreSchema): void {
  for (const [name, indexes] of Object.entries(schema)) {
    if (!/^[a-z][A-Za-z]*$/.test(name)) refuse(`schema: ${name} is no name for a collection`);
    for (const index of indexes) checkIndex(name, index);
  }
}

function checkIndex(collection: string, definition: IndexDefinition): void {
  const { fields, many, whenExists, unique, inverted } = definition;
  const where = `schema: index of ${collection}`;
  if (fields.length === 0 || new Set(fields).size < fields.length)
    refuse(`${where}: distinct fields are expected`);
  for (const field of fields) checkPath(field, where);
  if (whenExists !== undefined) checkPath(whenExists, where);
  if (inverted === true && (unique === true || whenExists !== undefined))
    refuse(`${where}: an inverted one is neither unique nor partial`);
  if (many !== undefined && !fields.includes(many)) refuse(`${where}: ${many} is not among its fields`);
}

/** A collection that checks every call and hands it, taken apart, to an engine. */
export class SubsetCollection implements Collection<Document> {
  readonly #engine: EngineCollection;
  readonly #indexes: readonly IndexDefinition[];
  readonly #many: ReadonlySet<string>;

  constructor(engine: EngineCollection, indexes: readonly IndexDefinition[]) {
    this.#engine = engine;
    this.#indexes = indexes;
    this.#many = new Set(indexes.flatMap(({ many }) => (many === undefined ? [] : [many])));
  }

  async insertOne(document: StoredDocument): Promise<void> {
    await this.#engine.insertOne(checkDocument(document));
  }

  async findOne(
    filter: Filter,
    options?: { readonly projection?: Projection },
  ): Promise<Document | undefined> {
    const [first] = await this.find(filter, { ...options, limit: 1 });
    return first;
  }

  async find(filter: Filter, { sort, limit, projection }: FindOptions): Promise<Document[]> {
    const checked = this.#filter(filter);
    return this.#engine.find(checked, {
      sort: checkSort(sort, checked, this.#indexes),
      limit: checkLimit(limit, "limit"),
      fields: checkProjection(projection),
    });
  }

  async updateOne(
    filter: Filter,
    update: Update,
    { upsert = false }: { readonly upsert?: boolean } = {},
  ): Promise<UpdateResult> {
    const step = this.#updateStep(filter, update, upsert);
    return this.#engine.updateOne(step.filter, step.update, { upsert });
  }

  async updateMany(filter: Filter, update: Update): Promise<UpdateResult> {
    return this.#engine.updateMany(this.#filter(filter), checkUpdate(update));
  }

  async findOneAndUpdate(
    filter: Filter,
    update: Update,
    options: { readonly returns: "before" | "after"; readonly upsert?: boolean; readonly sort?: Sort },
  ): Promise<Document | undefined> {
    const { returns, upsert = false, sort } = options;
    const step = this.#updateStep(filter, update, upsert);
    const sorted = checkSort(sort, step.filter, this.#indexes);
    return this.#engine.findOneAndUpdate(step.filter, step.update, { returns, upsert, sort: sorted });
  }

  async deleteOne(filter: Filter): Promise<number> {
    return this.#engine.deleteOne(this.#filter(filter));
  }

  async deleteMany(filter: Filter): Promise<number> {
    return this.#engine.deleteMany(this.#filter(filter));
  }

  async count(filter: Filter, { limit }: { readonly limit: number }): Promise<number> {
    return this.#engine.count(this.#filter(filter), checkLimit(limit, "limit"));
  }

  async bulk(steps: readonly BulkStep<Document>[]): Promise<BulkResult> {
    const checked: Step[] = [];
    const pace = pacer();
    for (const step of steps) {
      checked.push(this.#step(step));
      await pace();
    }
    return checked.length === 0 ? { duplicates: new Map() } : this.#engine.bulk(checked);
  }

  async sample(
    filter: Filter,
    { size, projection }: { readonly size: number; readonly projection?: Projection },
  ): Promise<Document[]> {
    const fields = checkProjection(projection);
    return this.#engine.sample(this.#filter(filter), checkLimit(size, "size"), fields);
  }

  #filter(filter: Filter): CheckedFilter {
    return checkFilter(filter, this.#many);
  }

  #step(step: BulkStep<Document>): Step {
    if ("insertOne" in step) return { kind: "insert", document: checkDocument(step.insertOne) };
    if (!isPlainObject(step.updateOne)) return refuse("bulk: insertOne or updateOne is expected");
    const { filter, update, upsert = false } = step.updateOne;
    return { kind: "update", upsert, ...this.#updateStep(filter, update, upsert) };
  }

  #updateStep(filter: Filter, update: Update, upsert: boolean): { filter: CheckedFilter; update: Update } {
    const checked = { filter: this.#filter(filter), update: checkUpdate(update) };
    if (upsert) checkUpsert(checked.filter, checked.update);
    return checked;
  }
}

/** A copy fit to be stored. */
function checkDocument(document: StoredDocument): Document {
  const { _id, ...rest } = plainObject(document, "document");
  if (typeof _id !== "string" || _id === "") return refuse("document: _id must be a string");
  return { _id, ...plainObject(storable(rest, "document"), "document") };
}
