/** The contract of bulk writes of hundreds of steps: each is independent of the others, wherever it stands. */
import { describe, expect, test } from "@jest/globals";

import type { BulkStep } from "../../../src/store/store.js";
import type { Engine } from "../../support/stores.js";
import { ids, withPeople, type Person } from "./people.js";

const COUNT = 250;

/** People of an account of their own, with an address for every second one. */
const crowd = (): Person[] =>
  Array.from({ length: COUNT }, (_, at) => ({
    _id: `p${at}`,
    account: 7,
    number: at,
    name: `n${at % 10}`,
    tags: [`t${at}`, "all"],
    ...(at % 2 === 0 && { email: `p${at}@acme.com` }),
  }));

const insert = (insertOne: Person): BulkStep<Person> => ({ insertOne });
const rename = (number: number, name: string): BulkStep<Person> => ({
  updateOne: { filter: { account: 7, number }, update: { $set: { name } } },
});

export function bulkContract(engine: Engine): void {
  describe("bulk writes of hundreds", () => {
    const fixture = withPeople(engine, "bulk");
    const ofCrowd = () =>
      fixture().people.find({ account: 7 }, { sort: { account: 1, number: 1 }, limit: 1000 });

    const withoutNumber = (person: Person): Person =>
      Object.fromEntries(Object.entries(person).filter(([field]) => field !== "number")) as unknown as Person;

    test.each<
      readonly [
        name: string,
        at: readonly number[],
        change: (person: Person) => Person,
        refused: readonly number[],
        fields: string,
      ]
    >([
      ["no key is taken", [], (person) => person, [], ""],
      ["the first has a taken id", [0], (person) => ({ ...person, _id: "ann" }), [0], "_id"],
      ["the last has a taken id", [249], (person) => ({ ...person, _id: "ann" }), [249], "_id"],
      ["several have one id", [99, 100, 200], (person) => ({ ...person, _id: "p3" }), [99, 100, 200], "_id"],
      [
        "some have a number of one before",
        [50, 150],
        (person) => ({ ...person, number: 3 }),
        [50, 150],
        "account,number",
      ],
      [
        "some have an address of one before",
        [5, 151],
        (person) => ({ ...person, email: "p0@acme.com" }),
        [5, 151],
        "account,email",
      ],
      ["one has no number", [120], withoutNumber, [], ""],
      ["several have no number", [119, 120, 220], withoutNumber, [120, 220], "account,number"],
    ])("%s", async (_, at, change, refused, fields) => {
      const given = crowd().map((person, place) => (at.includes(place) ? change(person) : person));
      const { duplicates } = await fixture().people.bulk(given.map(insert));
      expect([...duplicates].map(([place, error]) => [place, error.fields.join()])).toEqual(
        refused.map((place) => [place, fields]),
      );
      const byId = (a: Person, b: Person) => (a._id < b._id ? -1 : 1);
      const kept = given.filter((_person, place) => !refused.includes(place));
      expect([...(await ofCrowd())].sort(byId)).toEqual(kept.sort(byId));
    });

    test("every index finds what was written, and nothing of what was refused", async () => {
      const given = crowd();
      const twice = given.map((person, at) =>
        at === 130 ? { ...person, number: 129, tags: ["lost"] } : person,
      );
      await fixture().people.bulk(twice.map(insert));
      const { people } = fixture();
      for (const at of [0, 99, 100, 129, 131, 249])
        expect(ids(await people.find({ account: 7, tags: `t${at}` }, { limit: 9 }))).toBe(`p${at}`);
      expect(await people.find({ account: 7, tags: { $in: ["lost", "t130"] } }, { limit: 9 })).toEqual([]);
      expect(await people.find({ account: 7, name: "n0" }, { limit: 99 })).toHaveLength(COUNT / 10 - 1);
      expect(await people.find({ account: 7, email: "p130@acme.com" }, { limit: 9 })).toEqual([]);
      expect(await people.count({ account: 7, tags: "all" }, { limit: 1000 })).toBe(COUNT - 1);
    });

    // Unordered by contract: MongoDB is given all inserts before the updates. The embedded engine keeps order.
    if (engine.name === "embedded")
      test("an update among inserts sees those before it and not those after it", async () => {
        const steps = crowd().map(insert);
        steps.splice(150, 0, rename(149, "before"), rename(150, "after"));
        steps.splice(20, 0, {
          updateOne: { filter: { account: 7, tags: "t19" }, update: { $set: { tags: [] } } },
        });
        expect((await fixture().people.bulk(steps)).duplicates.size).toBe(0);
        const found = await ofCrowd();
        expect([found[149]?.name, found[150]?.name, found[19]?.tags]).toEqual(["before", "n0", []]);
        expect(await fixture().people.find({ account: 7, tags: "t19" }, { limit: 9 })).toEqual([]);
      });

    test("what lacks a field is found beside what has it", async () => {
      await fixture().people.bulk([...crowd().slice(0, 6).map(insert), insert({ _id: "x", account: 7 })]);
      const without = await fixture().people.find(
        { account: 7, number: { $exists: false }, email: { $exists: false } },
        { limit: 9 },
      );
      expect(ids(without)).toBe("x");
      const unnamed = await fixture().people.find({ account: 7, name: { $exists: false } }, { limit: 9 });
      expect(ids(unnamed)).toBe("x");
    });
  });
}
