/** The simplest collection that could be: a list, mingo, and a look at every document for each duplicate. */
import { Query } from "mingo";
import { update as applyModifier, type Modifier } from "mingo/updater";
import { isEqual } from "mingo/util";

import {
  DuplicateKeyError,
  type Collection,
  type Filter,
  type FindOptions,
  type IndexDefinition,
  type StoredDocument,
  type Update,
  type UpdateResult,
} from "../../src/store/store.js";

export interface Thing extends StoredDocument {
  readonly account: number;
  readonly number?: number;
  readonly email?: string;
  readonly name?: string;
  readonly at?: Date;
  readonly tags?: readonly string[];
  readonly links?: readonly { readonly contact: number }[];
}

const copy = (thing: Thing): Thing => {
  const { at, ...rest } = thing;
  return { ...(JSON.parse(JSON.stringify(rest)) as Thing), ...(at && { at: new Date(at) }) };
};

/** What of a collection the model has, too. */
export type Searchable = Pick<
  Collection<Thing>,
  "insertOne" | "find" | "count" | "deleteMany" | "updateOne" | "updateMany" | "findOneAndUpdate"
>;

export class Model implements Searchable {
  #things: Thing[] = [];
  readonly #unique: readonly IndexDefinition[];

  constructor(indexes: readonly IndexDefinition[]) {
    this.#unique = [{ fields: ["_id"] }, ...indexes.filter(({ unique }) => unique)];
  }

  all(): Thing[] {
    return this.#things.map(copy).sort((left, right) => (left._id < right._id ? -1 : 1));
  }

  insertOne(thing: Thing): Promise<void> {
    return attempt(() => {
      this.#check(thing);
      this.#things.push(copy(thing));
    });
  }

  find(filter: Filter, { sort = {} }: FindOptions): Promise<Thing[]> {
    return attempt(() => new Query(filter).find<Thing>(this.all()).sort(sort).all());
  }

  count(filter: Filter): Promise<number> {
    return attempt(() => this.#matches(filter).length);
  }

  deleteMany(filter: Filter): Promise<number> {
    return attempt(() => {
      const gone = new Set(this.#matches(filter));
      this.#things = this.#things.filter((thing) => !gone.has(thing));
      return gone.size;
    });
  }

  updateOne(filter: Filter, update: Update): Promise<UpdateResult> {
    return this.updateMany(filter, update);
  }

  updateMany(filter: Filter, update: Update): Promise<UpdateResult> {
    return attempt(() => {
      const found = this.#matches(filter);
      const modified = found.filter((thing) => this.#update(thing, update));
      return { matched: found.length, modified: modified.length, upserted: false };
    });
  }

  findOneAndUpdate({ _id }: { _id: string }, update: Update): Promise<Thing | undefined> {
    return attempt(() => {
      const [found] = this.#matches({ _id });
      if (found !== undefined) this.#update(found, update);
      else {
        const $set = { ...update.$set, ...update.$setOnInsert };
        const fresh = changed({ _id, account: 0 }, { ...update, $set });
        this.#check(fresh);
        this.#things.push(fresh);
      }
      return this.all().find((thing) => thing._id === _id);
    });
  }

  #matches(filter: Filter): Thing[] {
    return this.#things.filter((thing) => new Query(filter).test({ ...thing }));
  }

  /** @returns whether it changed */
  #update(thing: Thing, update: Update): boolean {
    const after = changed(thing, update);
    if (isEqual(after, thing)) return false;
    this.#check(after, thing);
    this.#things[this.#things.indexOf(thing)] = after;
    return true;
  }

  #check(thing: Thing, before?: Thing): void {
    const others = this.#things.filter((other) => other !== before);
    for (const { fields, whenExists } of this.#unique) {
      const isIndexed = (other: Thing): boolean => whenExists === undefined || whenExists in other;
      const isTwin = (other: Thing): boolean =>
        isIndexed(other) && keyOf(other, fields) === keyOf(thing, fields);
      if (isIndexed(thing) && others.some(isTwin)) throw new DuplicateKeyError(fields);
    }
  }
}

const keyOf = (thing: Thing, fields: readonly string[]): string =>
  JSON.stringify(fields.map((field) => Object.entries(thing).find(([name]) => name === field)));

/** mingo ignores `$slice` on a list that is not there yet, so the list is put there first. */
function changed(thing: Thing, update: Update): Thing {
  const { $set, $unset, $inc, $max, $push, $pull, $addToSet } = update;
  const used = Object.entries({ $set, $unset, $inc, $max, $push, $pull, $addToSet }).filter(
    ([, changes]) => changes,
  );
  const after: Record<string, unknown> = { ...($push && { tags: [] }), ...copy(thing) };
  applyModifier(after, Object.fromEntries(used) as Modifier<Record<string, unknown>>);
  return after as unknown as Thing;
}

const attempt = <R>(work: () => R): Promise<R> =>
  new Promise((resolve) => {
    resolve(work());
  });
