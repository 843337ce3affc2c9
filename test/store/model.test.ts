/**
 * Random operations, one after the other, give the same answers on every engine as on a plain list of
 * documents searched and changed by mingo alone, without indexes, pages or plans.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { DuplicateKeyError, type Filter, type StoreSchema, type Update } from "../../src/store/store.js";
import { engines, type OpenedStore } from "../support/stores.js";
import { Model, type Searchable, type Thing } from "./model.js";

const schema: StoreSchema = {
  things: [
    { fields: ["account", "number"], unique: true },
    { fields: ["account", "email"], unique: true, whenExists: "email" },
    { fields: ["account", "name", "number"] },
    { fields: ["account", "tags"], many: "tags", inverted: true },
    { fields: ["links.contact"], many: "links.contact" },
    { fields: ["at"], whenExists: "at" },
  ],
};

const account = fc.constantFrom(1, 2);
const small = fc.integer({ min: -2, max: 4 });
const word = fc.constantFrom("a", "b", "ab", "", "A");
const date = small.map((days) => new Date(Date.UTC(2020, 0, 10 + days)));
const id = fc.integer({ min: 0, max: 9 }).map((number) => `t${number}`);
const links = fc.array(fc.record({ contact: small }), { maxLength: 3 });

const thing: fc.Arbitrary<Thing> = fc.record(
  {
    _id: id,
    account,
    number: small,
    email: word,
    name: word,
    at: date,
    tags: fc.array(word, { maxLength: 3 }),
    links,
  },
  { requiredKeys: ["_id", "account"] },
);

const range = <V extends number | string | Date>(value: fc.Arbitrary<V>): fc.Arbitrary<object> =>
  fc.oneof(
    value.map(($gt) => ({ $gt })),
    value.map(($lte) => ({ $lte })),
    fc.record({ $gte: value, $lt: value }),
  );

const condition: fc.Arbitrary<Filter> = fc.oneof(
  id.map((_id) => ({ _id })),
  account.map((value) => ({ account: value })),
  fc.oneof(small, range(small)).map((number) => ({ number })),
  fc
    .oneof(
      word,
      range(word),
      fc.boolean().map(($exists) => ({ $exists })),
    )
    .map((email) => ({ email })),
  fc
    .oneof(
      word,
      range(word),
      fc.array(word).map(($in) => ({ $in })),
      word.map(($ne) => ({ $ne })),
    )
    .map((name) => ({ name })),
  fc
    .oneof(
      date,
      range(date),
      date.map(($ne) => ({ $ne })),
    )
    .map((at) => ({ at })),
  fc
    .oneof(
      word,
      word.map(($ne) => ({ $ne })),
      fc.array(word).map(($in) => ({ $in })),
    )
    .map((tags) => ({ tags })),
  fc
    .oneof(
      small,
      small.map(($gt) => ({ $gt })),
      fc.array(small).map(($in) => ({ $in })),
    )
    .map((contact) => ({ "links.contact": contact })),
);

const filter: fc.Arbitrary<Filter> = fc.oneof(
  condition,
  fc.array(condition, { minLength: 1, maxLength: 3 }).map(($and) => ({ $and })),
  fc.tuple(account, condition).map(([value, other]) => ({ account: value, $and: [other] })),
  fc.array(condition, { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })),
  fc
    .tuple(condition, fc.array(condition, { minLength: 1, maxLength: 2 }))
    .map(([one, $or]) => ({ $and: [one, { $or }] })),
);

const update: fc.Arbitrary<Update> = fc
  .record(
    {
      $set: fc.oneof(
        word.map((name) => ({ name })),
        word.map((email) => ({ email })),
        date.map((at) => ({ at })),
      ),
      $inc: small.map((number) => ({ number })),
      $unset: fc.constantFrom<Record<string, true>>({ gone: true }, { links: true }),
      $max: small.map((top) => ({ top })),
    },
    { requiredKeys: [] },
  )
  .chain((changes) =>
    fc
      .oneof(
        fc.record({ $push: word.map((tags) => ({ tags })) }),
        fc.record({
          $push: fc.record({ tags: fc.record({ $each: fc.array(word, { maxLength: 2 }), $slice: small }) }),
        }),
        fc.record({ $pull: word.map((tags) => ({ tags })) }),
        fc.record({ $addToSet: word.map((set) => ({ set })) }),
      )
      .map((lists) => ({ ...changes, ...lists })),
  );

type Operation = (target: Searchable) => Promise<unknown>;

const limit = 1000;
const operation: fc.Arbitrary<[text: string, Operation]> = fc.oneof(
  thing.map((document) => named("insertOne", [document], (on) => on.insertOne(document))),
  fc
    .tuple(filter, update)
    .map(([some, change]) =>
      named("updateMany", [some, change], (on) => on.updateMany(some, withoutKeys(change))),
    ),
  fc
    .tuple(id, update)
    .map(([_id, change]) => named("updateOne", [_id, change], (on) => on.updateOne({ _id }, change))),
  fc
    .tuple(id, account, update)
    .map(([_id, value, change]) =>
      named("upsert", [_id, value, change], (on) =>
        on.findOneAndUpdate(
          { _id },
          { ...change, $setOnInsert: { account: value } },
          { returns: "after", upsert: true },
        ),
      ),
    ),
  filter.map((some) => named("deleteMany", [some], (on) => on.deleteMany(some))),
  filter.map((some) => named("count", [some], (on) => on.count(some, { limit }))),
  fc
    .tuple(filter, fc.constantFrom(1 as const, -1 as const))
    .map(([some, direction]) =>
      named("find", [some, direction], (on) => on.find(some, { sort: { _id: direction }, limit })),
    ),
  fc
    .tuple(condition, account)
    .map(([other, value]) =>
      named("find by name", [other, value], (on) =>
        on
          .find({ $and: [{ account: value }, other] }, { sort: { name: 1, number: 1 }, limit })
          .then(byNameAndNumber),
      ),
    ),
);

function named(name: string, parts: readonly unknown[], run: Operation): [string, Operation] {
  return [`${name} ${JSON.stringify(parts)}`, run];
}

/** Changes of unique keys of many documents would leave open which one a duplicate stops at. */
const withoutKeys = (update: Update): Update =>
  Object.fromEntries(
    Object.entries(update).filter(([operator]) => operator !== "$set" && operator !== "$inc"),
  );

/** Documents that are equal in the sorted fields may come in any order. */
const byNameAndNumber = (found: readonly Thing[]): unknown[] =>
  found.map(({ name, number }) => [name, number]);

/** Which of two broken indexes is named is left open. */
const outcome = (call: Promise<unknown>): Promise<unknown> =>
  call.catch((error: unknown) => {
    if (error instanceof DuplicateKeyError) return "duplicate";
    throw error;
  });

describe.each(engines())("random operations on $name", (engine) => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await engine.open(schema, "model");
  });
  afterAll(() => opened.destroy());

  test("give the same answers as on a plain list", async () => {
    const things = opened.store.collection<Thing>("things");
    const runs = fc.asyncProperty(
      fc.array(operation, { minLength: 5, maxLength: 30 }),
      async (operations) => {
        await things.deleteMany({});
        const model = new Model(schema.things ?? []);
        for (const [text, run] of operations)
          expect([text, await outcome(run(things))]).toEqual([text, await outcome(run(model))]);
        expect(await things.find({}, { sort: { _id: 1 }, limit })).toEqual(model.all());
      },
    );
    await fc.assert(runs, { numRuns: engine.name === "embedded" ? 60 : 25, interruptAfterTimeLimit: 20_000 });
  }, 60_000);
});
