/** What the contract's cases work on: a collection with every kind of index, and a few people in it. */
import { afterAll, beforeAll, beforeEach } from "@jest/globals";

import type { Collection, StoredDocument, StoreSchema } from "../../../src/store/store.js";
import type { Engine, OpenedStore } from "../../support/stores.js";

export interface Person extends StoredDocument {
  readonly account: number;
  readonly number?: number;
  readonly email?: string;
  readonly name?: string;
  readonly age?: number;
  readonly vip?: boolean;
  readonly born?: Date;
  readonly tags?: readonly string[];
  readonly links?: readonly { readonly contact: number; readonly note?: string }[];
  readonly address?: { readonly city?: string; readonly zip?: number };
}

export const schema: StoreSchema = {
  people: [
    { fields: ["account", "number"], unique: true },
    { fields: ["account", "email"], unique: true, whenExists: "email" },
    { fields: ["account", "name"] },
    { fields: ["account", "age", "name"] },
    { fields: ["account", "born"], whenExists: "born" },
    { fields: ["account", "tags"], many: "tags", inverted: true },
    { fields: ["account", "links.contact"], many: "links.contact" },
    { fields: ["address.city"] },
  ],
  counters: [],
};

export const day = (date: number): Date => new Date(Date.UTC(2020, 0, date));

export const people: readonly Person[] = [
  {
    _id: "ann",
    account: 1,
    number: 1,
    email: "ann@acme.com",
    name: "ann",
    age: 30,
    vip: true,
    born: day(1),
    tags: ["a", "b"],
    links: [{ contact: 1 }, { contact: 2, note: "second" }],
    address: { city: "Bern", zip: 3000 },
  },
  { _id: "bob", account: 1, number: 2, email: "bob@acme.com", name: "bob", age: 40, vip: false, tags: ["b"] },
  { _id: "cyd", account: 1, number: 3, name: "cyd", age: 40.5, born: day(3), tags: [], links: [] },
  { _id: "dan", account: 1, number: 4, name: "ｄan", age: -1, links: [{ contact: 2 }] },
  { _id: "eve", account: 2, number: 1, email: "ann@acme.com", name: "😀eve", born: day(2), tags: ["a"] },
];

export interface Fixture {
  readonly opened: OpenedStore;
  readonly people: Collection<Person>;
}

/** A store for the describe block around the call, its collection filled with `people` before each case or once. */
export function withPeople(engine: Engine, label: string, filled: "each" | "once" = "each"): () => Fixture {
  let opened: OpenedStore | undefined;
  const fixture = (): Fixture => {
    if (opened === undefined) throw new Error("the store is not open yet");
    return { opened, people: opened.store.collection<Person>("people") };
  };
  beforeAll(async () => {
    opened = await engine.open(schema, label);
  });
  (filled === "each" ? beforeEach : beforeAll)(async () => {
    await fixture().people.deleteMany({});
    await fixture().people.bulk(people.map((insertOne) => ({ insertOne })));
  });
  afterAll(async () => opened?.destroy());
  return fixture;
}

export const ids = (documents: readonly StoredDocument[]): string =>
  documents.map(({ _id }) => _id).join(" ");
