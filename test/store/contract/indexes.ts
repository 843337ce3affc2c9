/** The contract of indexes: uniqueness, partial and multikey ones, bulk writes, opening with another schema. */
import { describe, expect, test } from "@jest/globals";

import { DuplicateKeyError, type BulkStep, type StoreSchema } from "../../../src/store/store.js";
import type { Engine } from "../../support/stores.js";
import { ids, people, schema, withPeople, type Person } from "./people.js";

const duplicates: readonly [name: string, document: Person, fields: readonly string[] | undefined][] = [
  ["the same _id", { _id: "ann", account: 9 }, ["_id"]],
  ["the same unique key", { _id: "x", account: 1, number: 2 }, ["account", "number"]],
  ["the same key in another account", { _id: "x", account: 2, number: 2 }, undefined],
  ["the same partial key", { _id: "x", account: 1, number: 9, email: "bob@acme.com" }, ["account", "email"]],
  ["a second one without the partial field", { _id: "x", account: 1, number: 9 }, undefined],
  ["a first one without the unique field", { _id: "x", account: 1 }, undefined],
  ["a number that equals a text", { _id: "x", account: 1, number: 9, email: "1" }, undefined],
];

/** What a query language or a splitter of words would take for something else, and what only looks alike. */
const texts = [
  "",
  " ",
  "two words",
  "two",
  "TWO",
  "A",
  "a b",
  "3/a",
  "/",
  "%41",
  "#3",
  "3",
  '"',
  '" OR "',
  "'",
  "two*",
  "^two",
  "words:two",
  "NOT",
  "-two",
  "a\u0000b",
  "a\u0001b",
  "\n",
  "\u007f",
  "é",
  "e\u0301",
  "山田",
  "\u00a0",
  "😀",
  "x".repeat(3000),
];

export function indexContract(engine: Engine): void {
  describe("indexes", () => {
    const fixture = withPeople(engine, "indexes");

    test.each(duplicates)("inserting %s", async (_name, document, fields) => {
      const insertion = fixture().people.insertOne(document);
      if (fields === undefined) await insertion;
      else await expect(insertion).rejects.toEqual(new DuplicateKeyError(fields));
      const stored = await fixture().people.findOne({ _id: document._id });
      expect(stored).toEqual(
        fields === undefined ? document : people.find(({ _id }) => _id === document._id),
      );
    });

    test("a missing field is a value to a unique index that is not partial", async () => {
      await fixture().people.insertOne({ _id: "x", account: 1 });
      const second = fixture().people.insertOne({ _id: "y", account: 1 });
      await expect(second).rejects.toEqual(new DuplicateKeyError(["account", "number"]));
    });

    test("a duplicate made by an update is refused and leaves both as they were", async () => {
      const update = fixture().people.updateOne(
        { _id: "bob" },
        { $set: { email: "ann@acme.com", age: 1, tags: ["z"] } },
      );
      await expect(update).rejects.toEqual(new DuplicateKeyError(["account", "email"]));
      expect(await fixture().people.findOne({ _id: "bob" })).toEqual(people[1]);
      expect(await fixture().people.find({ account: 1, tags: "z" }, { limit: 9 })).toEqual([]);
    });

    test("a key is free again after a change, an $unset and a deletion", async () => {
      await fixture().people.updateOne({ _id: "ann" }, { $unset: { email: true }, $set: { number: 10 } });
      await fixture().people.updateOne({ _id: "bob" }, { $set: { email: "ann@acme.com", number: 1 } });
      await fixture().people.deleteOne({ _id: "bob" });
      await fixture().people.insertOne({ _id: "fay", account: 1, number: 1, email: "ann@acme.com" });
      expect(ids(await fixture().people.find({ account: 1, email: "ann@acme.com" }, { limit: 9 }))).toBe(
        "fay",
      );
    });

    test("array indexes follow every change of the array", async () => {
      const tagged = async (tag: string): Promise<string> =>
        ids(await fixture().people.find({ account: 1, tags: tag }, { limit: 9 }));
      await fixture().people.updateOne(
        { _id: "ann" },
        { $push: { tags: { $each: ["c", "c"] } }, $unset: { vip: true } },
      );
      await fixture().people.updateOne({ _id: "ann" }, { $pull: { tags: "b" } });
      expect([await tagged("a"), await tagged("b"), await tagged("c")]).toEqual(["ann", "bob", "ann"]);
      await fixture().people.updateOne({ _id: "ann" }, { $pull: { tags: "c" } });
      await fixture().people.updateOne({ _id: "bob" }, { $unset: { tags: true } });
      expect([await tagged("a"), await tagged("b"), await tagged("c")]).toEqual(["ann", "", ""]);
    });

    test("array indexes reach into objects", async () => {
      await fixture().people.updateOne({ _id: "ann" }, { $pull: { links: { contact: 2 } } });
      await fixture().people.updateOne({ _id: "bob" }, { $push: { links: { contact: 7 } } });
      expect(ids(await fixture().people.find({ account: 1, "links.contact": 2 }, { limit: 9 }))).toBe("dan");
      expect(ids(await fixture().people.find({ account: 1, "links.contact": 7 }, { limit: 9 }))).toBe("bob");
    });

    test("a bulk write does all it can and says which steps were duplicates", async () => {
      const steps: BulkStep<Person>[] = [
        { insertOne: { _id: "fay", account: 1, number: 5, tags: ["b"] } },
        { insertOne: { _id: "ann", account: 1, number: 6 } },
        { updateOne: { filter: { _id: "cyd" }, update: { $set: { number: 2 } } } },
        { insertOne: { _id: "gil", account: 1, number: 5 } },
        { updateOne: { filter: { account: 1, number: 4 }, update: { $inc: { age: 1 } } } },
        { updateOne: { filter: { _id: "new", account: 1 }, update: { $set: { number: 8 } }, upsert: true } },
        { updateOne: { filter: { _id: "bob", vip: true }, update: { $set: { age: 1 } }, upsert: true } },
        { updateOne: { filter: { _id: "nobody" }, update: { $set: { age: 1 } } } },
      ];
      const result = await fixture().people.bulk(steps);
      expect([...result.duplicates].map(([at, { fields }]) => [at, fields.join()])).toEqual([
        [1, "_id"],
        [2, "account,number"],
        [3, "account,number"],
        [6, "_id"],
      ]);
      const found = await fixture().people.find({ account: 1 }, { sort: { number: 1 }, limit: 99 });
      expect(ids(found)).toBe("ann bob cyd dan fay new");
      expect(found.find(({ _id }) => _id === "dan")?.age).toBe(0);
      expect(
        ids(await fixture().people.find({ account: 1, tags: "b" }, { limit: 9 })).split(" "),
      ).toHaveLength(3);
    });

    test("texts of an inverted index are told apart, whatever is in them", async () => {
      const all = fixture().people;
      const document = (text: string, at: number): Person => ({
        _id: `t${at}`,
        account: 3,
        number: at,
        tags: [text],
      });
      await all.bulk(texts.map((text, at) => ({ insertOne: document(text, at) })));
      for (const [at, text] of texts.entries()) {
        expect([text, ids(await all.find({ account: 3, tags: text }, { limit: 99 }))]).toEqual([
          text,
          `t${at}`,
        ]);
        expect(await all.find({ account: 1, tags: text }, { limit: 9 })).toEqual([]);
      }
      await all.updateMany({ account: 3 }, { $set: { tags: ["else"] } });
      for (const text of texts) expect(await all.find({ account: 3, tags: text }, { limit: 9 })).toEqual([]);
      expect(await all.find({ account: 3, tags: { $in: ["else", ...texts] } }, { limit: 99 })).toHaveLength(
        texts.length,
      );
      expect(await all.find({ account: 3, tags: { $in: [] } }, { limit: 9 })).toEqual([]);
      expect(await all.deleteMany({ account: 3, tags: "else" })).toBe(texts.length);
      expect(await all.find({ account: 3, tags: "else" }, { limit: 9 })).toEqual([]);
    });

    test("a bulk write of nothing is nothing", async () => {
      expect((await fixture().people.bulk([])).duplicates.size).toBe(0);
    });
  });

  describe("opening", () => {
    const reopening = withPeople(engine, "opening");
    const without: StoreSchema = { people: [{ fields: ["account", "number"], unique: true }], counters: [] };

    test("finds everything again, keys included", async () => {
      const again = (await reopening().opened.reopen()).collection<Person>("people");
      expect(await again.find({}, { sort: { _id: 1 }, limit: 9 })).toEqual(people);
      expect(
        ids(await again.find({ account: 1, tags: "b" }, { sort: { tags: 1 }, limit: 9 }).catch(() => [])),
      ).toBe("");
      await expect(again.insertOne({ _id: "x", account: 1, number: 1 })).rejects.toThrow(DuplicateKeyError);
      await reopening().opened.reopen();
    });

    test("a dropped index binds no more, a new one is filled from what is there", async () => {
      const fewer = (await reopening().opened.reopen(without)).collection<Person>("people");
      await fewer.insertOne({ _id: "twin", account: 1, number: 50, email: "zoe@acme.com", tags: ["b", "z"] });
      await fewer.insertOne({ _id: "twin2", account: 1, number: 51, email: "bob@acme.com" });
      await expect(reopening().opened.reopen(schema)).rejects.toEqual(
        new DuplicateKeyError(["account", "email"]),
      );
      const repaired = (await reopening().opened.reopen(without)).collection<Person>("people");
      await repaired.deleteOne({ _id: "twin2" });
      const all = (await reopening().opened.reopen(schema)).collection<Person>("people");
      expect(ids(await all.find({ account: 1, tags: "z" }, { limit: 9 }))).toBe("twin");
      const twin = all.insertOne({ _id: "y", account: 1, number: 60, email: "zoe@acme.com" });
      await expect(twin).rejects.toEqual(new DuplicateKeyError(["account", "email"]));
    });
  });
}
