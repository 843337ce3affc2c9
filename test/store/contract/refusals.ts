/** The contract of refusals: what is outside the subset throws on both engines, before it changes anything. */
import { describe, expect, test } from "@jest/globals";

import {
  StoreUnavailableError,
  UnsupportedQueryError,
  type BulkStep,
  type Filter,
  type FindOptions,
  type Update,
} from "../../../src/store/store.js";
import type { Engine } from "../../support/stores.js";
import { people, withPeople, type Person } from "./people.js";

/** JSON.parse makes what an attacker's request body makes: plain objects with any own keys. */
const json = (text: string): unknown => JSON.parse(text) as unknown;

class Sneaky {
  toBSON(): unknown {
    return { $ne: "" };
  }
}

const filters: readonly [name: string, filter: unknown][] = [
  ["null", { email: null }],
  ["undefined", { email: undefined }],
  ["a list as a value", { email: ["a"] }],
  ["an object as a value", { email: { a: 1 } }],
  ["an empty object as a value", { email: {} }],
  ["NaN", { age: Number.NaN }],
  ["an endless number", { age: { $gt: Number.POSITIVE_INFINITY } }],
  ["an invalid date", { born: new Date(Number.NaN) }],
  ["a bigint", { age: 1n }],
  ["a regular expression", { email: /a/ }],
  ["$regex", { email: { $regex: "a" } }],
  ["$where", { $where: "true" }],
  ["$expr", { $expr: { $eq: [1, 1] } }],
  ["$nor", { $nor: [{ account: 1 }] }],
  ["$not", { age: { $not: { $gt: 1 } } }],
  ["$eq, which is never needed", { age: { $eq: 1 } }],
  ["$nin", { age: { $nin: [1] } }],
  ["$elemMatch", { links: { $elemMatch: { contact: 1 } } }],
  ["$type", { age: { $type: "number" } }],
  ["an operator next to a key", { age: { $gt: 1, b: 1 } }],
  ["an operator in $gt", { age: { $gt: { $ne: 1 } } }],
  ["an operator in $ne", { age: { $ne: json('{"$gt":""}') } }],
  ["null in $in", { age: { $in: [1, null] } }],
  ["an operator in $in", { email: { $in: [{ $ne: "" }] } }],
  ["a hole in $in", { age: { $in: Array(1) } }],
  ["$in of no list", { email: { $in: "ann@acme.com" } }],
  ["$in of too many", { age: { $in: Array(10_001).fill(1) } }],
  ["$exists of no boolean", { email: { $exists: 1 } }],
  ["a class with toBSON", { email: new Sneaky() }],
  ["a range of booleans", { vip: { $gt: false } }],
  ["bounds of two types", { age: { $gt: 1, $lt: "a" } }],
  ["two lower bounds", { age: { $gt: 1, $gte: 1 } }],
  ["both bounds on an array field", { tags: { $gte: "a", $lt: "b" } }],
  ["$or of nothing", { $or: [] }],
  ["$or of no list", { $or: { account: 1 } }],
  ["$or of scalars", { $or: ["account"] }],
  ["$and of nothing", { $and: [] }],
  ["no object", "account"],
  ["no filter", undefined],
  ["__proto__", json('{"__proto__": 1}')],
  ["__proto__ in a path", { "address.__proto__.x": 1 }],
  ["constructor in a path", { "constructor.name": "Object" }],
  ["prototype in a path", { "a.prototype": 1 }],
  ["an empty path segment", { "address.": 1 }],
  ["a position in an array", { "tags.0": "a" }],
  ["an operator in a path", { "address.$gt": 1 }],
  ["NUL in a path", { "a\0b": 1 }],
];

const updates: readonly [name: string, update: unknown][] = [
  ["a bare replacement", { name: "x" }],
  ["a replacement next to an operator", { $set: { age: 1 }, name: "x" }],
  ["nothing", {}],
  ["a pipeline", [{ $set: { age: 1 } }]],
  ["$rename", { $rename: { name: "age" } }],
  ["$where", { $where: "1" }],
  ["null", { $set: { age: null } }],
  ["null in an object", { $set: { address: { city: null } } }],
  ["undefined in a list", { $set: { tags: [undefined] } }],
  ["an operator in a value", { $set: { name: { $gt: "" } } }],
  ["an operator deep in a value", { $set: { links: [{ contact: { $ne: 1 } }] } }],
  ["a dotted key in a value", { $set: { address: { "a.b": 1 } } }],
  ["a list in a list", { $set: { tags: [["a"]] } }],
  ["a function", { $set: { name: () => "x" } }],
  ["a class", { $set: { name: new Sneaky() } }],
  ["a map", { $set: { name: new Map() } }],
  ["a circle", { $set: { name: circle() } }],
  ["__proto__ in a value", { $set: { address: json('{"__proto__": {"x": 1}}') } }],
  ["__proto__ in a path", { $set: { "__proto__.polluted": 1 } }],
  ["constructor in a path", { $set: { "constructor.prototype.polluted": 1 } }],
  ["a positional path", { $set: { "tags.$": "x" } }],
  ["a position in an array", { $set: { "tags.0": "x" } }],
  ["another _id", { $set: { _id: "x" } }],
  ["one path twice", { $set: { age: 1 }, $inc: { age: 1 } }],
  ["a path and its part", { $set: { address: {} }, $unset: { "address.city": true } }],
  ["$inc of text", { $inc: { age: "1" } }],
  ["$inc of undefined", { $inc: { age: undefined } }],
  ["$unset of anything but true", { $unset: { age: 1 } }],
  ["$min of a list", { $min: { age: [1] } }],
  ["$push with $sort", { $push: { tags: { $each: ["c"], $sort: 1 } } }],
  ["$push of each of no list", { $push: { tags: { $each: "c" } } }],
  ["$push with half a $slice", { $push: { tags: { $each: ["c"], $slice: 1.5 } } }],
  ["$addToSet with $slice", { $addToSet: { tags: { $each: ["c"], $slice: 1 } } }],
  ["$pull with an operator", { $pull: { tags: { $gt: "" } } }],
  ["$pull with an operator on a field", { $pull: { links: { contact: { $gt: 0 } } } }],
  ["$pull of everything", { $pull: { links: {} } }],
];

function circle(): object {
  const round: Record<string, unknown> = {};
  round.self = round;
  return round;
}

const options: readonly [name: string, options: unknown, filter?: Filter][] = [
  ["no limit", {}],
  ["limit 0", { limit: 0 }],
  ["a negative limit", { limit: -1 }],
  ["half a limit", { limit: 1.5 }],
  ["limit 100,001", { limit: 100_001 }],
  ["a sort without an index", { limit: 1, sort: { vip: 1 } }],
  ["a sort that skips a field", { limit: 1, sort: { number: 1 } }],
  ["a sort in another order", { limit: 1, sort: { number: 1, account: 1 } }],
  ["a sort in two directions", { limit: 1, sort: { account: 1, number: -1 } }],
  ["a sort on an array field", { limit: 1, sort: { tags: 1 } }, { account: 1 }],
  ["a sort along a partial index that may miss some", { limit: 1, sort: { born: 1 } }, { account: 1 }],
  ["an empty sort", { limit: 1, sort: {} }],
  ["a sort by text", { limit: 1, sort: { account: "asc" } }],
  ["a projection that excludes", { limit: 1, projection: { name: 0 } }],
  ["a projection into objects", { limit: 1, projection: ["address.city"] }],
  ["a projection with an operator", { limit: 1, projection: ["$where"] }],
];

const upserts: readonly [name: string, filter: Filter, update: Update][] = [
  ["without an _id", { account: 1 }, { $set: { age: 1 } }],
  ["with an _id from both sides", { _id: "x" }, { $setOnInsert: { _id: "x" } }],
  ["with an _id that is no text", { _id: 1 }, { $set: { age: 1 } }],
  ["with $or", { _id: "x", $or: [{ age: 1 }] }, { $set: { age: 1 } }],
  ["with $in", { _id: "x", age: { $in: [1] } }, { $set: { age: 1 } }],
  ["with one field twice", { _id: "x", $and: [{ age: 1 }, { age: 2 }] }, { $set: { vip: true } }],
];

const documents: readonly [name: string, document: unknown][] = [
  ["without _id", { account: 1 }],
  ["with an _id that is no text", { _id: 1, account: 1 }],
  ["with an empty _id", { _id: "", account: 1 }],
  ["with null", { _id: "x", account: 1, name: null }],
  ["with $ in a key", { _id: "x", account: 1, $set: 1 }],
  ["with a dot in a key", { _id: "x", account: 1, "address.city": "Bern" }],
  ["with __proto__", json('{"_id": "x", "account": 1, "__proto__": {"polluted": 1}}')],
  ["with constructor", json('{"_id": "x", "account": 1, "constructor": 1}')],
  ["with an infinite number", { _id: "x", account: Number.NEGATIVE_INFINITY }],
  ["with a buffer", { _id: "x", account: 1, name: Buffer.from("a") }],
];

export function refusalContract(engine: Engine): void {
  describe("refusals", () => {
    const fixture = withPeople(engine, "refusals", "once");
    const untouched = async (): Promise<void> =>
      expect(await fixture().people.find({}, { sort: { _id: 1 }, limit: 9 })).toEqual(people);

    test.each(filters)("a filter with %s", async (_name, filter) => {
      const { people: collection } = fixture();
      const bad = filter as Filter;
      await expect(collection.find(bad, { limit: 1 })).rejects.toThrow(UnsupportedQueryError);
      await expect(collection.deleteMany(bad)).rejects.toThrow(UnsupportedQueryError);
      await expect(collection.updateOne(bad, { $set: { age: 1 } })).rejects.toThrow(UnsupportedQueryError);
      await untouched();
    });

    test.each(updates)("an update with %s", async (_name, update) => {
      const bad = update as Update;
      const steps: BulkStep<Person>[] = [{ updateOne: { filter: { _id: "ann" }, update: bad } }];
      await expect(fixture().people.updateOne({ _id: "ann" }, bad)).rejects.toThrow(UnsupportedQueryError);
      await expect(fixture().people.bulk(steps)).rejects.toThrow(UnsupportedQueryError);
      await untouched();
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    });

    test.each(options)("a find with %s", async (_name, option, filter = {}) => {
      const found = fixture().people.find(filter, option as FindOptions);
      await expect(found).rejects.toThrow(UnsupportedQueryError);
    });

    test.each(upserts)("an upsert %s", async (_name, filter, update) => {
      const upsert = fixture().people.updateOne(filter, update, { upsert: true });
      await expect(upsert).rejects.toThrow(UnsupportedQueryError);
      await untouched();
    });

    test.each(documents)("a document %s", async (_name, document) => {
      await expect(fixture().people.insertOne(document as Person)).rejects.toThrow(UnsupportedQueryError);
      await untouched();
    });

    test("no message repeats a value: it may be a customer's address", async () => {
      const secret = { email: { $gt: { jane: "jane@acme.com" } } } as unknown as Filter;
      await expect(fixture().people.find(secret, { limit: 1 })).rejects.toThrow(/^(?!.*jane).*$/);
    });

    test("a collection that the schema does not have", () => {
      expect(() => fixture().opened.store.collection("strangers")).toThrow(UnsupportedQueryError);
      expect(() => fixture().opened.store.collection("constructor")).toThrow(UnsupportedQueryError);
    });
  });

  describe("closing", () => {
    const fixture = withPeople(engine, "closing");

    test("answers a ping while open; afterwards everything is unavailable", async () => {
      const { store } = fixture().opened;
      await store.ping();
      await store.close();
      await store.close();
      await expect(store.ping()).rejects.toThrow(StoreUnavailableError);
      await expect(fixture().people.findOne({ _id: "ann" })).rejects.toThrow(StoreUnavailableError);
      await fixture().opened.reopen();
    });
  });
}
