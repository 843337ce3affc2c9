/** The contract of many callers at once: uniqueness, counters, upserts and claims hold. */
import { describe, expect, test } from "@jest/globals";

import { DuplicateKeyError, type Collection, type StoredDocument } from "../../../src/store/store.js";
import type { Engine } from "../../support/stores.js";
import { withPeople } from "./people.js";

interface Counter extends StoredDocument {
  readonly last: number;
}

/** Milliseconds: a server on a busy machine may have to sort out many write conflicts. */
const PATIENCE = 60_000;

const times = <R>(count: number, call: (at: number) => Promise<R>): Promise<PromiseSettledResult<R>[]> =>
  Promise.allSettled(Array.from({ length: count }, (_, at) => call(at)));

const ascending = (left = 0, right = 0): number => left - right;

const failures = (results: readonly PromiseSettledResult<unknown>[]): unknown[] =>
  results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));

export function raceContract(engine: Engine): void {
  describe("races", () => {
    const fixture = withPeople(engine, "races");
    const counters = (): Collection<Counter> => fixture().opened.store.collection<Counter>("counters");
    const increment = (_id: string): Promise<Counter | undefined> =>
      counters().findOneAndUpdate({ _id }, { $inc: { last: 1 } }, { returns: "after", upsert: true });

    test(
      "20 inserts of one unique key: one is stored, 19 are duplicates",
      async () => {
        const results = await times(20, (at) =>
          fixture().people.insertOne({ _id: `p${at}`, account: 3, number: at, email: "x@acme.com" }),
        );
        expect(failures(results)).toEqual(Array(19).fill(new DuplicateKeyError(["account", "email"])));
        expect(await fixture().people.count({ account: 3 }, { limit: 99 })).toBe(1);
      },
      PATIENCE,
    );

    test(
      "50 upserts of one key: one document, nobody fails",
      async () => {
        const results = await times(50, (at) =>
          fixture().people.updateOne(
            { account: 3, email: "x@acme.com" },
            { $inc: { age: 1 }, $setOnInsert: { _id: `p${at}`, number: at } },
            { upsert: true },
          ),
        );
        expect(failures(results)).toEqual([]);
        const found = await fixture().people.find({ account: 3 }, { limit: 99 });
        expect(found.map(({ age }) => age)).toEqual([50]);
      },
      PATIENCE,
    );

    test(
      "200 increments add up, and every one gets a number of its own",
      async () => {
        const results = await times(200, () => increment("a"));
        expect(failures(results)).toEqual([]);
        expect((await counters().findOne({ _id: "a" }))?.last).toBe(200);
        const later = await times(50, () => increment("a"));
        const numbers = later.map((result) =>
          result.status === "fulfilled" ? result.value?.last : undefined,
        );
        expect(numbers.sort(ascending)).toEqual(Array.from({ length: 50 }, (_, at) => 201 + at));
      },
      PATIENCE,
    );

    test(
      "50 claims of one document: one winner",
      async () => {
        const results = await times(50, (at) =>
          fixture().people.updateOne({ _id: "ann", claim: { $exists: false } }, { $set: { claim: at } }),
        );
        const won = results.filter((result) => result.status === "fulfilled" && result.value.modified === 1);
        expect(won).toHaveLength(1);
      },
      PATIENCE,
    );

    test(
      "claims by a version: each change is counted once",
      async () => {
        const raise = async (): Promise<void> => {
          for (let tries = 0; tries < 200; tries++) {
            const age = (await fixture().people.findOne({ _id: "bob" }))?.age ?? 0;
            const { modified } = await fixture().people.updateOne(
              { _id: "bob", age },
              { $set: { age: age + 1 } },
            );
            if (modified === 1) return;
          }
          throw new Error("never won");
        };
        expect(failures(await times(10, raise))).toEqual([]);
        expect((await fixture().people.findOne({ _id: "bob" }))?.age).toBe(50);
      },
      PATIENCE,
    );
  });
}
