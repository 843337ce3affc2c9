/** Contacts through their public door, on every engine: references, uniqueness, the walls between groups. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { createContacts, type Contacts } from "../../src/crm/contacts.js";
import { createOrganizations } from "../../src/crm/organizations.js";
import type { ContactInput } from "../../src/crm/fields.js";
import { schema, type ContactDocument, type Source } from "../../src/store/documents.js";
import { engines, type OpenedStore } from "../support/stores.js";

const source: Source = { account: 1, group: "" };
const people: ContactInput[] = [
  { firstName: "Jane", lastName: "Doe", email: "Jane@acme.com" },
  { firstName: "Bob", lastName: "Stone", email: "bob@acme.com" },
  { firstName: "Maria", lastName: "Schneider", state: "inactive" },
  { firstName: "Maria", lastName: "Schneider", email: "maria@stark.example" },
  { firstName: "太郎", lastName: "山田" },
  { firstName: "Doe", lastName: "John" },
  { firstName: "John", lastName: "Doe" },
  { firstName: "José", lastName: "García Márquez", state: "inactive" },
];

describe.each(engines())("contacts on $name", (engine) => {
  let opened: OpenedStore;
  let contacts: Contacts;

  beforeAll(async () => {
    opened = await engine.open(schema, "contacts");
    contacts = createContacts(opened.store, () => new Date("2026-01-01T00:00:00Z"));
    for (const person of people)
      expect(await contacts.create(source, person)).toMatchObject({ type: "created" });
  });

  afterAll(() => opened.destroy());

  const numbersOf = (found: readonly ContactDocument[]) => found.map(({ number }) => number);

  describe("a reference names", () => {
    test.each<[string, string | number[]]>([
      ["1", [1]],
      ["#2", [2]],
      ["jane@acme.com", [1]],
      ["JANE@ACME.COM ", [1]],
      ["Jane Doe", [1]],
      ["doe,  JANE", [1]],
      ["Doe Jane", [1]],
      ["山田太郎", [5]],
      ["山田　太郎", [5]],
      ["jose garcia marquez", [8]],
      ["John Doe", [7]], // not the person whose names are the other way round
      ["Doe, John", [7]],
      ["Maria Schneider", "ambiguous 4,3"], // active first
      ["99", "unknown"],
      ["0", "unknown"],
      ["99999999999999999999", "unknown"],
      ["Jane", "unknown"],
      ["Jane D", "unknown"],
      ["jane@acme.co", "unknown"],
      ["@", "unknown"],
      ["", "unknown"],
      [",", "unknown"],
      ["***", "unknown"],
    ])("%j: %j", async (value, expected) => {
      const [resolution] = await contacts.resolve(source, [{ value }]);
      const seen =
        resolution?.type === "found"
          ? [resolution.contact.number]
          : resolution?.type === "ambiguous"
            ? `ambiguous ${numbersOf(resolution.candidates).join()}`
            : resolution?.type;
      expect(seen).toEqual(expected);
    });

    test("each its own, in the order given, repetitions too", async () => {
      const values = ["2", "nobody@acme.com", "Jane Doe", "bob@acme.com", "2"];
      const resolved = await contacts.resolve(
        source,
        values.map((value) => ({ value })),
      );
      const seen = resolved.map((one) => (one.type === "found" ? one.contact.number : one.type));
      expect(seen).toEqual([2, "unknown", 1, 2, 2]);
    });
  });

  describe("another group", () => {
    test.each<Source>([
      { account: 1, group: "labs" },
      { account: 2, group: "" },
    ])("reaches nobody: %j", async (other) => {
      const values = ["1", "jane@acme.com", "Jane Doe"].map((value) => ({ value }));
      expect(await contacts.resolve(other, values)).toEqual(values.map(() => ({ type: "unknown" })));
      expect(await contacts.byNumbers(other, [1])).toEqual(new Map());
      expect(await contacts.list(other, { limit: 10 })).toEqual([]);
      expect(await contacts.update(other, 1, { firstName: "X" })).toEqual({ type: "unknown" });
    });

    test("may have the same address, and numbers go on through the account", async () => {
      const labs = { account: 1, group: "labs" };
      const made = await contacts.create(labs, { firstName: "J", lastName: "D", email: "jane@acme.com" });
      expect(made).toMatchObject({ type: "created", contact: { _id: "1:9", number: 9, group: "labs" } });
    });
  });

  describe("is refused", () => {
    test("an address that somebody has, in any case, by data", async () => {
      const refused = await contacts.create(source, {
        firstName: "A",
        lastName: "B",
        email: "JANE@acme.COM",
      });
      expect(refused).toMatchObject({ type: "email_taken", by: { number: 1 } });
      expect(await contacts.update(source, 2, { email: "jane@acme.com" })).toMatchObject({
        type: "email_taken",
        by: { number: 1 },
      });
    });

    test("an organization of another group", async () => {
      const organizations = createOrganizations(opened.store);
      const made = await organizations.create({ account: 1, group: "labs" }, { name: "Labs Ltd" });
      expect(made).toMatchObject({ type: "created" });
      const refused = await contacts.update(source, 1, { organization: 1 });
      expect(refused).toMatchObject({
        type: "unfit",
        problems: [{ field: "organization", code: "unknown" }],
      });
    });

    test("of twenty contacts with one address at once all but one", async () => {
      const input = { firstName: "R", lastName: "R", email: "race@acme.com" };
      const made = await Promise.all(Array.from({ length: 20 }, () => contacts.create(source, input)));
      expect(made.filter(({ type }) => type === "created")).toHaveLength(1);
      expect(made.filter(({ type }) => type === "email_taken")).toHaveLength(19);
    });
  });

  describe("an edit", () => {
    test("renews everything that is derived, and clears", async () => {
      const made = await contacts.create(source, {
        firstName: "Old",
        lastName: "Name",
        email: "old@acme.com",
        phone: "1",
      });
      const number = made.type === "created" ? made.contact.number : 0;
      expect(await contacts.update(source, number, { lastName: "Noun", email: "", phone: "" })).toMatchObject(
        { type: "updated" },
      );
      const after = (await contacts.byNumbers(source, [number])).get(number);
      expect(after).toMatchObject({ nameKey: "old noun", reversedNameKey: "noun old" });
      expect(after).not.toHaveProperty("email");
      expect(after).not.toHaveProperty("emailKey");
      expect(after).not.toHaveProperty("phone");
      expect(after?.keys).toContain("lnounold");
      expect(after?.keys.filter((key) => key.includes("@"))).toEqual([]);
      expect(await contacts.byEmails(source, ["old@acme.com"])).toEqual(new Map());
    });

    test("that changes nothing writes nothing", async () => {
      const before = (await contacts.byNumbers(source, [2])).get(2);
      expect(await contacts.update(source, 2, { email: " bob@acme.com" })).toEqual({
        type: "unchanged",
        contact: before,
      });
    });

    test("by several people at once loses none of their fields", async () => {
      const edits: ContactInput[] = [
        { firstName: "Robert" },
        { lastName: "Stein" },
        { phone: "7" },
        { description: "x" },
      ];
      await Promise.all(edits.map((edit) => contacts.update(source, 2, edit)));
      const after = (await contacts.byNumbers(source, [2])).get(2);
      expect(after).toMatchObject({
        firstName: "Robert",
        lastName: "Stein",
        phone: "7",
        description: "x",
        nameKey: "robert stein",
      });
    });
  });

  test("lists go by last name or by number, and counts by state", async () => {
    const named = await contacts.list(source, { state: "inactive", limit: 1 });
    expect(named.map(({ lastName }) => lastName)).toEqual(["García Márquez"]);
    expect(numbersOf(await contacts.page(source, { after: 1, limit: 2 }))).toEqual([2, 3]);
    const { all, active, inactive } = await contacts.counts(source);
    expect({ inactive, sum: active + inactive }).toEqual({ inactive: 2, sum: all });
  });

  test("at most ten candidates are named, however many namesakes there are", async () => {
    const crowd = { account: 3, group: "" };
    for (let i = 0; i < 12; i++)
      await contacts.create(crowd, {
        firstName: "John",
        lastName: "Smith",
        state: i < 11 ? "inactive" : "active",
      });
    const [resolution] = await contacts.resolve(crowd, [{ value: "john smith" }]);
    expect(resolution).toMatchObject({
      type: "ambiguous",
      candidates: { length: 10, 0: { state: "active" } },
    });
  });
});
