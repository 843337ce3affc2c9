/** Wishes: an organization's name that stands behind a box is kept no longer than it may be. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { schema } from "../../src/store/documents.js";
import { engines, type OpenedStore } from "../support/stores.js";
import { addressBook, said, source, type AddressBook } from "./address-book.js";

describe.each(engines())("wishes on $name", (engine) => {
  let opened: OpenedStore;
  let book: AddressBook;
  let wish: string;

  beforeEach(async () => {
    opened = await engine.open(schema, "wishes");
    book = addressBook(opened.store);
    for (const firstName of ["Jane", "Bob"])
      await book.contacts.create(source, { firstName, lastName: "Doe" });
    await book.organizations.create(source, { name: "Acme" });
    wish = await book.wishes.make(1, "Zweck & Söhne", said("d"));
  });
  afterEach(() => opened.destroy());

  const found = async () => (await book.wishes.byIds(source, [wish])).get(wish);
  const create = () => book.organizations.create(source, { name: "zweck & sohne" });
  const erase = (kind: "contacts" | "organizations", number: number) =>
    book.erasures.erase(kind, number, said(`erase ${kind} ${number}`));
  const everything = async () => {
    const kept = Object.keys(schema).map((name) => opened.store.collection(name).find({}, { limit: 1000 }));
    return JSON.stringify(await Promise.all(kept));
  };

  test("one that is not fulfilled keeps its name, one a step", async () => {
    expect(await book.wishes.make(1, "Zweck & Söhne", said("d"))).toBe(wish);
    expect(await found()).toMatchObject({ contact: 1, name: "Zweck & Söhne" });
    expect(await book.allWishes()).toHaveLength(1);
  });

  test("one that is fulfilled goes by number", async () => {
    await book.wishes.fulfil(wish, 1);
    expect(await found()).toEqual({ _id: wish, ...source, contact: 1, organization: 1 });
  });

  test.each<[string, () => Promise<unknown>, number | undefined]>([
    ["erased", () => erase("organizations", 2), undefined],
    ["renamed", () => book.organizations.update(source, 2, { name: "Other" }), 2],
    [
      "merged",
      () =>
        book.merges.merge("organizations", { keep: 1, duplicates: [2] }, said("m", "merge_organizations")),
      1,
    ],
  ])("when the organization of its name is %s, nothing keeps that name", async (_, deed, organization) => {
    await create();
    await deed();
    expect(await everything()).not.toMatch(/zweck/i);
    expect(await found()).toEqual({
      _id: wish,
      ...source,
      contact: 1,
      ...(organization !== undefined && { organization }),
    });
  });

  test("one that is renamed and then erased leaves no name of either time", async () => {
    await create();
    await book.organizations.update(source, 2, { name: "Later Ltd" });
    await book.wishes.make(2, "later ltd", said("another"));
    await erase("organizations", 2);
    expect(await everything()).not.toMatch(/zweck|later ltd/i);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["another organization is erased", () => erase("organizations", 1)],
    ["another contact is erased", () => erase("contacts", 2)],
    [
      "an organization is changed, not its name",
      () => book.organizations.update(source, 1, { description: "x" }),
    ],
  ])("stays as it is when %s", async (_, deed) => {
    const before = await found();
    await deed();
    expect(await found()).toEqual(before);
  });

  test("of another group with the same name stays", async () => {
    const elsewhere = { ...said("e"), source: { account: 1, group: "sales" } };
    const other = await book.wishes.make(1, "Acme", elsewhere);
    await erase("organizations", 1);
    expect((await book.wishes.byIds(elsewhere.source, [other])).get(other)).toMatchObject({ name: "Acme" });
    expect(await book.wishes.byIds(source, [other])).toEqual(new Map());
  });

  test("goes with the contact it was made for, also by way of a merge", async () => {
    await book.merges.merge("contacts", { keep: 2, duplicates: [1] }, said("m", "merge_contacts"));
    expect(await found()).toMatchObject({ contact: 2, name: "Zweck & Söhne" });
    await erase("contacts", 2);
    expect(await book.allWishes()).toEqual([]);
  });
});
