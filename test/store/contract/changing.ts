/** The contract of changes to documents: update operators, upserts, findOneAndUpdate, deletions. */
import { describe, expect, test } from "@jest/globals";

import { DuplicateKeyError, UnsupportedQueryError, type Update } from "../../../src/store/store.js";
import type { Engine } from "../../support/stores.js";
import { day, ids, people, withPeople, type Person } from "./people.js";

const [ann] = people;

/** Each applied to ann; what is expected is the whole document but for what ann has anyway. */
const updates: readonly [name: string, update: Update, expected: object, modified?: number][] = [
  ["$set", { $set: { name: "anna", vip: false } }, { name: "anna", vip: false }],
  ["$set of a date", { $set: { born: day(9) } }, { born: day(9) }],
  ["$set of an object", { $set: { address: { zip: 1 } } }, { address: { zip: 1 } }],
  ["$set inside an object", { $set: { "address.zip": 1 } }, { address: { city: "Bern", zip: 1 } }],
  ["$set that makes its parents", { $set: { "a.b.c": 1 } }, { a: { b: { c: 1 } } }],
  ["$set of what is there", { $set: { name: "ann", tags: ["a", "b"], born: day(1) } }, {}, 0],
  ["$set of undefined, which is dropped", { $set: { name: undefined, age: 31 } }, { age: 31 }],
  ["$set of nothing but undefined", { $set: { name: undefined } }, {}, 0],
  ["$unset", { $unset: { vip: true, "address.zip": true } }, { vip: undefined, address: { city: "Bern" } }],
  ["$unset of what is not there", { $unset: { nothing: true, "address.nothing.below": true } }, {}, 0],
  ["$inc", { $inc: { age: -5 } }, { age: 25 }],
  ["$inc of what is not there", { $inc: { visits: 2, "count.all": 1 } }, { visits: 2, count: { all: 1 } }],
  ["$inc by nothing", { $inc: { age: 0 } }, {}, 0],
  ["$min", { $min: { age: 20, born: day(5) } }, { age: 20 }],
  ["$min of what is not there", { $min: { low: 1 } }, { low: 1 }],
  ["$max", { $max: { age: 20, born: day(5) } }, { born: day(5) }],
  ["$max that changes nothing", { $max: { age: 30 } }, {}, 0],
  ["$addToSet of what is there", { $addToSet: { tags: "a" } }, {}, 0],
  ["$addToSet", { $addToSet: { tags: "c" } }, { tags: ["a", "b", "c"] }],
  ["$addToSet of several", { $addToSet: { tags: { $each: ["b", "c", "c"] } } }, { tags: ["a", "b", "c"] }],
  ["$addToSet of a new list", { $addToSet: { days: { $each: [day(1), day(1)] } } }, { days: [day(1)] }],
  [
    "$addToSet of an object",
    { $addToSet: { links: { $each: [{ contact: 1 }, { contact: 3 }] } } },
    { links: [{ contact: 1 }, { contact: 2, note: "second" }, { contact: 3 }] },
  ],
  ["$push", { $push: { tags: "a" } }, { tags: ["a", "b", "a"] }],
  ["$push of several", { $push: { tags: { $each: ["c", "d"] } } }, { tags: ["a", "b", "c", "d"] }],
  ["$push that keeps the last", { $push: { tags: { $each: ["c"], $slice: -2 } } }, { tags: ["b", "c"] }],
  ["$push that keeps the first", { $push: { tags: { $each: ["c"], $slice: 1 } } }, { tags: ["a"] }],
  ["$push that keeps none", { $push: { tags: { $each: ["c"], $slice: 0 } } }, { tags: [] }],
  ["$push to a new list", { $push: { log: { $each: [1, 2, 3], $slice: -2 } } }, { log: [2, 3] }],
  ["$push of an object", { $push: { log: { at: day(1) } } }, { log: [{ at: day(1) }] }],
  ["$pull of a scalar", { $pull: { tags: "a" } }, { tags: ["b"] }],
  ["$pull of what is not there", { $pull: { tags: "x", nothing: 1 } }, {}, 0],
  ["$pull by a field", { $pull: { links: { contact: 1 } } }, { links: [{ contact: 2, note: "second" }] }],
  ["$pull by several fields", { $pull: { links: { contact: 2, note: "first" } } }, {}, 0],
  ["$pull by $in", { $pull: { links: { contact: { $in: [1, 2, 3] } } } }, { links: [] }],
  ["$setOnInsert on a document that is there", { $setOnInsert: { age: 1 }, $set: { vip: true } }, {}, 0],
  [
    "several operators at once",
    { $set: { name: "a" }, $unset: { vip: true }, $inc: { age: 1 }, $push: { tags: "c" }, $max: { n: 1 } },
    { name: "a", vip: undefined, age: 31, tags: ["a", "b", "c"], n: 1 },
  ],
];

/** What MongoDB's server refuses because of what is in the document. */
const misfits: readonly [name: string, update: Update][] = [
  ["$inc of text", { $inc: { name: 1 } }],
  ["$push to a scalar", { $push: { name: "a" } }],
  ["$addToSet to a scalar", { $addToSet: { age: 1 } }],
  ["$pull from a scalar", { $pull: { name: "a" } }],
  ["$set through text", { $set: { "name.first": "a" } }],
  ["$set through an array", { $set: { "links.contact": 1 } }],
];

export function changingContract(engine: Engine): void {
  describe("changing", () => {
    const fixture = withPeople(engine, "changing");
    const person = (_id: string): Promise<Person | undefined> => fixture().people.findOne({ _id });

    test.each(updates)("%s", async (_name, update, changes, modified = 1) => {
      const result = await fixture().people.updateOne({ _id: "ann" }, update);
      expect(result).toEqual({ matched: 1, modified, upserted: false });
      expect(await person("ann")).toEqual({ ...ann, ...changes });
      expect(await person("bob")).toEqual(people[1]);
    });

    test.each(misfits)("refuses %s and changes nothing", async (_name, update) => {
      const both = { ...update, $max: { age: 99 } };
      await expect(fixture().people.updateOne({ _id: "ann" }, both)).rejects.toThrow(UnsupportedQueryError);
      expect(await person("ann")).toEqual(ann);
    });

    test("updateOne of no match changes nothing", async () => {
      const result = await fixture().people.updateOne({ _id: "nobody" }, { $set: { age: 1 } });
      expect(result).toEqual({ matched: 0, modified: 0, upserted: false });
      expect(await fixture().people.count({}, { limit: 100 })).toBe(people.length);
    });

    test("updateMany updates every match, also when that moves it along the index it was found by", async () => {
      const result = await fixture().people.updateMany(
        { account: 1, age: { $gte: 30 } },
        { $inc: { age: 100 } },
      );
      expect(result).toEqual({ matched: 3, modified: 3, upserted: false });
      const found = await fixture().people.find(
        { account: 1 },
        { sort: { age: 1 }, limit: 9, projection: ["age"] },
      );
      expect(found.map(({ age }) => age)).toEqual([-1, 130, 140, 140.5]);
    });

    test("an upsert inserts the filter's equalities, $setOnInsert and the update", async () => {
      const result = await fixture().people.updateOne(
        { _id: "new", account: 5, "address.city": "Ulm", age: { $gt: 1 }, vip: { $exists: false } },
        {
          $set: { name: "new" },
          $setOnInsert: { number: 1, born: day(1) },
          $inc: { visits: 1 },
          $addToSet: { tags: "t" },
        },
        { upsert: true },
      );
      expect(result).toEqual({ matched: 0, modified: 0, upserted: true });
      const base = { _id: "new", account: 5, address: { city: "Ulm" }, name: "new", number: 1, born: day(1) };
      expect(await person("new")).toEqual({ ...base, visits: 1, tags: ["t"] });
    });

    test("an upsert by another key takes its _id from $setOnInsert", async () => {
      const filter = { account: 5, email: "x@acme.com" };
      const update = { $setOnInsert: { _id: "five" }, $set: { age: 1 } };
      expect((await fixture().people.updateOne(filter, update, { upsert: true })).upserted).toBe(true);
      expect((await fixture().people.updateOne(filter, update, { upsert: true })).upserted).toBe(false);
      expect(await person("five")).toEqual({ _id: "five", account: 5, email: "x@acme.com", age: 1 });
    });

    test("an upsert of a match updates it", async () => {
      const update = { $set: { age: 41 }, $setOnInsert: { name: "never" } };
      const result = await fixture().people.updateOne({ _id: "bob" }, update, { upsert: true });
      expect(result).toEqual({ matched: 1, modified: 1, upserted: false });
      expect(await person("bob")).toEqual({ ...people[1], age: 41 });
    });

    test("an upsert whose condition fails on a document that is there is a duplicate", async () => {
      const upsert = fixture().people.updateOne(
        { _id: "bob", age: 1 },
        { $set: { vip: true } },
        { upsert: true },
      );
      await expect(upsert).rejects.toEqual(new DuplicateKeyError(["_id"]));
      expect(await person("bob")).toEqual(people[1]);
    });

    test("findOneAndUpdate returns the document before or after", async () => {
      const before = await fixture().people.findOneAndUpdate(
        { _id: "bob" },
        { $inc: { age: 1 } },
        { returns: "before" },
      );
      const after = await fixture().people.findOneAndUpdate(
        { _id: "bob" },
        { $inc: { age: 1 } },
        { returns: "after" },
      );
      expect([before?.age, after?.age]).toEqual([40, 42]);
    });

    test("findOneAndUpdate takes the first in the order of its sort", async () => {
      const take = (): Promise<Person | undefined> =>
        fixture().people.findOneAndUpdate(
          { account: 1, age: { $gte: 0 } },
          { $set: { age: -9 } },
          { returns: "before", sort: { age: -1 } },
        );
      expect([(await take())?._id, (await take())?._id, (await take())?._id, await take()]).toEqual([
        "cyd",
        "bob",
        "ann",
        undefined,
      ]);
    });

    test("findOneAndUpdate upserts: nothing before, the new document after", async () => {
      const step = (number: number, returns: "before" | "after"): Promise<Person | undefined> =>
        fixture().people.findOneAndUpdate(
          { _id: `n${number}`, number },
          { $inc: { age: 1 } },
          { returns, upsert: true },
        );
      expect([await step(1, "before"), await step(1, "after"), await step(2, "after")]).toEqual([
        undefined,
        { _id: "n1", number: 1, age: 2 },
        { _id: "n2", number: 2, age: 1 },
      ]);
    });

    test("deleteOne and deleteMany say how many, and nothing is found any more", async () => {
      expect(await fixture().people.deleteOne({ account: 1, email: "bob@acme.com" })).toBe(1);
      expect(await fixture().people.deleteOne({ _id: "bob" })).toBe(0);
      expect(await fixture().people.deleteMany({ account: 1, tags: { $in: ["a", "b"] } })).toBe(1);
      expect(ids(await fixture().people.find({ account: 1 }, { sort: { number: 1 }, limit: 9 }))).toBe(
        "cyd dan",
      );
      expect(await fixture().people.deleteMany({})).toBe(3);
    });
  });
}
