/** The contract of reading: what every filter finds, in which order, and how much of it. */
import { describe, expect, test } from "@jest/globals";

import type { Filter, FindOptions } from "../../../src/store/store.js";
import type { Engine } from "../../support/stores.js";
import { day, ids, people, withPeople } from "./people.js";

const finds: readonly [name: string, filter: Filter, expected: string][] = [
  ["everything", {}, "ann bob cyd dan eve"],
  ["equality by id", { _id: "bob" }, "bob"],
  ["equality by unique index", { account: 1, email: "ann@acme.com" }, "ann"],
  ["equality by the start of an index", { account: 2 }, "eve"],
  ["equality without an index", { vip: true }, "ann"],
  ["equality with false, which a missing field is not", { vip: false }, "bob"],
  ["equality of dates", { account: 1, born: day(3) }, "cyd"],
  ["a number is no date", { account: 1, born: day(3).getTime() }, ""],
  ["a number is no boolean", { vip: 1 }, ""],
  ["text is no number", { account: 1, number: "1" }, ""],
  ["equality in an array", { account: 1, tags: "b" }, "ann bob"],
  ["equality through an array of objects", { account: 1, "links.contact": 2 }, "ann dan"],
  ["equality in an object", { "address.city": "Bern" }, "ann"],
  ["text that looks like SQL", { _id: "' OR 1=1 --" }, ""],
  ["$in by id, with a repeat", { _id: { $in: ["ann", "eve", "ann", "nobody"] } }, "ann eve"],
  ["$in by index", { account: { $in: [1, 2] }, email: { $in: ["ann@acme.com"] } }, "ann eve"],
  ["$in of an array field finds each once", { account: 1, tags: { $in: ["a", "b"] } }, "ann bob"],
  ["$in through an array of objects", { "links.contact": { $in: [1, 9] } }, "ann"],
  ["$in of dates", { account: 1, born: { $in: [day(1), day(9)] } }, "ann"],
  ["$in of nothing", { account: 1, name: { $in: [] } }, ""],
  ["$gt", { account: 1, age: { $gt: 40 } }, "cyd"],
  ["$gte", { account: 1, age: { $gte: 40 } }, "bob cyd"],
  ["$lt, without the missing", { account: { $lte: 2 }, age: { $lt: 30 } }, "dan"],
  ["$lte", { account: 1, age: { $lte: 30 } }, "ann dan"],
  ["both bounds", { account: 1, age: { $gt: -1, $lt: 40 } }, "ann"],
  ["a range of dates", { account: 1, born: { $gte: day(2), $lt: day(4) } }, "cyd"],
  ["a range of dates, open above", { account: 1, born: { $gt: day(1) } }, "cyd"],
  ["a range of text holds no numbers", { account: 1, age: { $gte: "" } }, ""],
  ["a range of numbers holds no text", { account: 1, name: { $gte: 0 } }, ""],
  ["a prefix", { account: 1, name: { $gte: "b", $lt: "b\u{10ffff}" } }, "bob"],
  ["text above another, by code point", { account: { $in: [1, 2] }, name: { $gt: "\uffff" } }, "eve"],
  ["text below another, by code point", { name: { $gt: "z", $lt: "\uffff" } }, "dan"],
  ["one bound on an array field", { account: 1, tags: { $gt: "a" } }, "ann bob"],
  ["$ne finds the missing too", { account: 1, email: { $ne: "ann@acme.com" } }, "bob cyd dan"],
  ["$ne of an array means no element", { account: 1, tags: { $ne: "a" } }, "bob cyd dan"],
  ["$exists", { account: 1, email: { $exists: true } }, "ann bob"],
  ["$exists false", { account: 1, email: { $exists: false } }, "cyd dan"],
  ["$exists of an empty array", { account: 1, tags: { $exists: true } }, "ann bob cyd"],
  ["$exists in an empty array of objects", { account: 1, "links.contact": { $exists: true } }, "ann dan"],
  ["$exists false in an array of objects", { account: 1, "links.note": { $exists: false } }, "bob cyd dan"],
  ["several operators on one field", { account: 1, age: { $gte: 40, $ne: 40 } }, "cyd"],
  ["$in with $ne", { account: 1, name: { $in: ["ann", "bob"], $ne: "ann" } }, "bob"],
  ["$and", { $and: [{ account: 1 }, { age: { $gt: 0 } }, { age: { $lt: 40 } }] }, "ann"],
  ["$and of two elements of one array", { account: 1, $and: [{ tags: "a" }, { tags: "b" }] }, "ann"],
  ["$and that contradicts itself", { account: 1, $and: [{ account: 2 }] }, ""],
  ["$or of indexed parts", { $or: [{ account: 2, number: 1 }, { _id: "bob" }] }, "bob eve"],
  ["$or finds what both parts match once", { account: 1, $or: [{ name: "ann" }, { age: 30 }] }, "ann"],
  ["$or of unindexed parts", { $or: [{ vip: true }, { "address.zip": 1 }] }, "ann"],
  ["$or inside $and", { $and: [{ account: 1 }, { $or: [{ number: 1 }, { number: 4 }] }] }, "ann dan"],
  ["$and inside $or", { $or: [{ $and: [{ vip: false }, { age: 40 }] }, { _id: "eve" }] }, "bob eve"],
  ["two $or", { $and: [{ $or: [{ age: 30 }, { age: 40 }] }, { $or: [{ vip: false }, { age: -1 }] }] }, "bob"],
];

const sorts: readonly [name: string, filter: Filter, options: FindOptions, expected: string][] = [
  ["by id", {}, { sort: { _id: 1 }, limit: 9 }, "ann bob cyd dan eve"],
  ["by id, backwards", {}, { sort: { _id: -1 }, limit: 2 }, "eve dan"],
  ["by the whole index", {}, { sort: { account: 1, number: 1 }, limit: 9 }, "ann bob cyd dan eve"],
  ["by the whole index, backwards", {}, { sort: { account: -1, number: -1 }, limit: 2 }, "eve dan"],
  ["after a pinned field", { account: 1 }, { sort: { age: 1 }, limit: 9 }, "dan ann bob cyd"],
  ["after a pinned field, backwards", { account: 1 }, { sort: { age: -1 }, limit: 2 }, "cyd bob"],
  ["with the pinned field named", { account: 1 }, { sort: { account: 1, age: 1 }, limit: 1 }, "dan"],
  ["after two pinned fields", { account: 1, age: 40 }, { sort: { name: 1 }, limit: 9 }, "bob"],
  ["with a range", { account: 1, age: { $gt: 0 } }, { sort: { age: -1 }, limit: 2 }, "cyd bob"],
  ["by text, by code point", { account: { $in: [1, 2] } }, { sort: { name: -1 }, limit: 2 }, "eve dan"],
  ["missing fields first", { account: { $in: [1, 2] } }, { sort: { age: 1 }, limit: 2 }, "eve dan"],
  [
    "missing fields last, backwards",
    { account: { $in: [1, 2] } },
    { sort: { age: -1 }, limit: 4 },
    "cyd bob ann dan",
  ],
  [
    "along a partial index",
    { account: 1, born: { $exists: true } },
    { sort: { born: -1 }, limit: 9 },
    "cyd ann",
  ],
  ["with a condition off the index", { account: 1, vip: false }, { sort: { age: 1 }, limit: 9 }, "bob"],
  [
    "with $or off the index",
    { account: 1, $or: [{ vip: true }, { number: 4 }] },
    { sort: { age: 1 }, limit: 9 },
    "dan ann",
  ],
];

export function readingContract(engine: Engine): void {
  describe("reading", () => {
    const fixture = withPeople(engine, "reading", "once");

    test.each(finds)("finds %s", async (_name, filter, expected) => {
      const found = await fixture().people.find(filter, { limit: 100 });
      expect(ids(found).split(" ").sort().join(" ")).toBe(expected);
    });

    test.each(sorts)("sorts %s", async (_name, filter, options, expected) => {
      expect(ids(await fixture().people.find(filter, options))).toBe(expected);
    });

    test("returns documents as they were stored, dates included", async () => {
      expect(await fixture().people.findOne({ _id: "ann" })).toEqual(people[0]);
    });

    test("gives every caller a copy of their own", async () => {
      const first = await fixture().people.findOne({ _id: "ann" });
      Object.assign(first?.links?.[0] ?? {}, { contact: 99 });
      expect(await fixture().people.findOne({ _id: "ann" })).toEqual(people[0]);
    });

    test("keeps text with NUL, quotes, emoji and what looks like a date", async () => {
      const odd = { _id: "a\0b", account: 3, name: '\0"\\ud800 {"$date":1} 😀', email: "\u0001", number: 7 };
      await fixture().people.insertOne(odd);
      await fixture().people.insertOne({ ...odd, _id: "a\0c", email: "\0", number: 8 });
      expect(await fixture().people.findOne({ _id: "a\0b" })).toEqual(odd);
      expect(ids(await fixture().people.find({ account: 3, email: "\0" }, { limit: 9 }))).toBe("a\0c");
    });

    test("makes lone surrogates replacement characters, in documents and in filters", async () => {
      await fixture().people.insertOne({ _id: "odd", account: 3, name: "a\ud800" });
      const [found] = await fixture().people.find({ account: 3, name: "a\udfff" }, { limit: 9 });
      expect(found?.name).toBe("a\ufffd");
    });

    test("projects to the named fields and _id, leaving out what is missing", async () => {
      const found = await fixture().people.find(
        { account: 2 },
        { limit: 1, projection: ["name", "vip", "born"] },
      );
      expect(found).toEqual([{ _id: "eve", name: "😀eve", born: day(2) }]);
      expect(await fixture().people.findOne({ _id: "eve" }, { projection: [] })).toEqual({ _id: "eve" });
    });

    test("stops at the limit", async () => {
      expect(await fixture().people.find({ account: 1 }, { limit: 2 })).toHaveLength(2);
    });

    test("counts up to the limit", async () => {
      expect(await fixture().people.count({ account: 1 }, { limit: 100 })).toBe(4);
      expect(await fixture().people.count({ account: 1 }, { limit: 3 })).toBe(3);
      expect(await fixture().people.count({ account: 9 }, { limit: 3 })).toBe(0);
      expect(await fixture().people.count({ tags: { $in: ["a", "b"] } }, { limit: 100 })).toBe(3);
    });

    test("finds nothing as undefined", async () => {
      expect(await fixture().people.findOne({ _id: "nobody" })).toBeUndefined();
    });

    test("samples at random: as many as asked for, each at most once, each now and then", async () => {
      const many = Array.from({ length: 60 }, (_, at) => ({ _id: `s${at}`, account: 7, number: at }));
      await fixture().people.bulk(many.map((insertOne) => ({ insertOne })));
      const seen = new Set<string>();
      for (let round = 0; round < 40; round++) {
        const sample = await fixture().people.sample({ account: 7 }, { size: 12, projection: ["number"] });
        expect(new Set(sample.map(({ _id }) => _id)).size).toBe(12);
        expect(sample.every((document) => Object.keys(document).length === 2)).toBe(true);
        for (const { _id } of sample) seen.add(_id);
      }
      expect(seen.size).toBeGreaterThan(55); // each of 60 is missed with probability 0.8^40
    });

    test("samples all there are when there are fewer", async () => {
      const sample = await fixture().people.sample({ account: 1 }, { size: 100 });
      expect(ids(sample).split(" ").sort().join(" ")).toBe("ann bob cyd dan");
    });
  });
}
