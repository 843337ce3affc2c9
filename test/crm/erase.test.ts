/** Erasing records: what goes, what stays, who may come in between, and that a kill does not matter. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { schema } from "../../src/store/documents.js";
import { createSuggester } from "../../src/suggest/suggester.js";
import { failingStore, Killed } from "../support/failing-store.js";
import { engines, type OpenedStore } from "../support/stores.js";
import { addressBook, issue, now, said, source, type AddressBook } from "./address-book.js";

describe.each(engines())("erasing on $name", (engine) => {
  let opened: OpenedStore;
  let book: AddressBook;

  beforeEach(async () => {
    opened = await engine.open(schema, "erase");
    book = addressBook(opened.store);
    await book.organizations.create(source, { name: "Acme", domains: ["acme.example"] });
    await book.contacts.create(source, {
      firstName: "Zelda",
      lastName: "Quux",
      email: "zelda@acme.example",
      phone: "+49 555 0123",
      description: "Prefers mornings",
      organization: 1,
    });
    await book.contacts.create(source, { firstName: "Bob", lastName: "Stone", organization: 1 });
  });
  afterEach(() => opened.destroy());

  const erase = (number: number, delivery = "d") =>
    book.erasures.erase("contacts", number, said(delivery, "erase_contact"));

  test("the person, their links and what finds them go; numbers and counts stay", async () => {
    await book.link(issue(1), [1]);
    await book.link(issue(2), [1, 2]);
    expect(await erase(1)).toEqual({ type: "done", receipt: { issues: 2, employed: 0, fields: [] } });
    expect([await book.linked(issue(1)), await book.linked(issue(2))]).toEqual([[], [2]]);
    const suggester = createSuggester(opened.store, { now });
    expect(await suggester.suggest(source, "zelda quux", { limit: 5 })).toEqual([]);
    const found = await book.contacts.resolve(source, [{ value: "1" }, { value: "zelda@acme.example" }]);
    expect(found).toEqual([{ type: "unknown" }, { type: "unknown" }]);
    const events = await book.allEvents();
    expect(events.find(({ action }) => action === "erase_contact")).toMatchObject({
      contacts: [1],
      issues: 2,
    });
  });

  test("nothing that says who it was is left in any collection", async () => {
    await book.link(issue(1), [1]);
    await book.contacts.update(source, 1, { description: "Zelda moved" });
    await erase(1);
    for (const name of Object.keys(schema)) {
      const documents = await opened.store.collection(name).find({}, { limit: 1000 });
      expect(JSON.stringify(documents)).not.toMatch(/zelda|quux|0123|mornings/i);
    }
  });

  test("the number is not given out again, the address is free", async () => {
    await erase(1);
    const again = { firstName: "Zelda", lastName: "Quux", email: "Zelda@acme.example" };
    expect(await book.contacts.create(source, again)).toMatchObject({
      type: "created",
      contact: { number: 3, emailKey: "zelda@acme.example" },
    });
  });

  test("a retry tells the same again, another try that there is nobody", async () => {
    await book.link(issue(1), [1]);
    const first = await erase(1);
    expect(await erase(1)).toEqual(first);
    expect(await erase(1, "another")).toEqual({ type: "gone" });
    expect(await book.allEvents()).toHaveLength(2);
  });

  test.each<[string, number]>([
    ["nobody", 9],
    ["a contact of another group", 3],
  ])("%s: nothing is erased", async (_, number) => {
    await book.contacts.create({ account: 1, group: "sales" }, { firstName: "Other", lastName: "Group" });
    expect(await erase(number)).toEqual({ type: "gone" });
    expect(await book.allContacts()).toHaveLength(3);
    expect(await book.allEvents()).toEqual([]);
  });

  test("whoever links the contact meanwhile leaves no link behind", async () => {
    await Promise.all([
      ...[1, 2, 3, 4].map((n) => book.link(issue(n), [1, 2])),
      erase(1),
      ...[5, 6, 7, 8].map((n) => book.link(issue(n), [1, 2])),
    ]);
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) expect(await book.linked(issue(n))).toEqual([2]);
  });

  test("a link that was written just before the process died is put right when its delivery is retried", async () => {
    const failing = failingStore(opened.store);
    failing.killAt(1, "after");
    await expect(addressBook(failing.store).link(issue(1), [1], "slow")).rejects.toThrow(Killed);
    await opened.store.collection("contacts").deleteOne({ _id: "1:1" }); // an erasure that looked before the write
    expect(await book.linked(issue(1))).toEqual([1]);
    await book.link(issue(1), [1], "slow");
    expect(await book.linked(issue(1))).toEqual([]);
  });

  test("erasing and merging the same contact at once ends in one of the two", async () => {
    await book.link(issue(1), [1]);
    await Promise.all([
      erase(1, "erase"),
      book.merges.merge("contacts", { keep: 2, duplicates: [1] }, said("merge", "merge_contacts")),
    ]);
    expect((await book.allContacts()).map(({ number }) => number)).toEqual([2]);
    const [bob] = await book.allContacts();
    expect(await book.linked(issue(1))).toEqual(bob?.mergedFrom === undefined ? [] : [2]);
  });

  test("an organization goes, its contacts stay without one, whoever joins it meanwhile too", async () => {
    const [erased] = await Promise.all([
      book.erasures.erase("organizations", 1, said("o", "erase_organization")),
      book.contacts.create(source, { firstName: "New", lastName: "One", organization: 1 }),
      book.contacts.update(source, 2, { phone: "5" }),
    ]);
    expect(erased).toMatchObject({ type: "done" });
    const contacts = await book.allContacts();
    expect(contacts.map(({ organization }) => organization)).toEqual(contacts.map(() => undefined));
    expect(contacts.find(({ number }) => number === 2)?.phone).toBe("5");
    expect(await book.organizations.resolve(source, "Acme")).toBeUndefined();
  });

  test("killed at any write, before or after it, a retry erases to the end", async () => {
    const failing = failingStore(opened.store);
    const mortal = addressBook(failing.store);
    let kills = 0;
    for (const moment of ["before", "after"] as const) {
      for (let write = 1, alive = false; !alive; write++) {
        const made = await book.contacts.create(source, { firstName: "E", lastName: `${moment}${write}` });
        const number = made.type === "created" ? made.contact.number : 0;
        await book.link(issue(20), [number]);
        await book.wishes.make(number, "Labs", said(`wish ${number}`));
        const again = () =>
          mortal.erasures.erase("contacts", number, said(`${moment} ${write}`, "erase_contact"));
        failing.killAt(write, moment);
        const first = await again().catch((error: unknown) => error);
        failing.revive();
        alive = !(first instanceof Killed);
        if (!alive) kills++;
        expect(await again()).toMatchObject({ type: "done", receipt: { issues: 1 } });
        expect(await book.linked(issue(20))).toEqual([]);
        expect(await book.contacts.byNumbers(source, [number])).toEqual(new Map());
        expect(await book.allWishes()).toEqual([]);
      }
    }
    expect(kills).toBeGreaterThan(9);
  });
});
