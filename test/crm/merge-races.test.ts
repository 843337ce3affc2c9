/** Merging while others change the same records, and while the process is killed: nobody and nothing is lost. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { schema } from "../../src/store/documents.js";
import { failingStore, Killed } from "../support/failing-store.js";
import { engines, type OpenedStore } from "../support/stores.js";
import { addressBook, fillWithDuplicates, issue, said, source, type AddressBook } from "./address-book.js";

describe.each(engines())("merging in a crowd on $name", (engine) => {
  let opened: OpenedStore;
  let book: AddressBook;

  beforeEach(async () => {
    opened = await engine.open(schema, "merge_races");
    book = addressBook(opened.store);
    await fillWithDuplicates(book);
  });
  afterEach(() => opened.destroy());

  const merge = (keep: number, duplicates: readonly number[], delivery = "d") =>
    book.merges.merge("contacts", { keep, duplicates }, said(delivery, "merge_contacts"));
  const contact = async (number: number) => (await book.contacts.byNumbers(source, [number])).get(number);

  test("two merges that cross each other lose nobody", async () => {
    await book.link(issue(1), [1]);
    await book.link(issue(2), [2]);
    await Promise.all([merge(1, [2], "here"), merge(2, [1], "there")]);
    const left = await book.allContacts();
    expect(left).toHaveLength(2);
    const numbers = left.map(({ number }) => number);
    for (const n of [1, 2]) {
      const linked = await book.linked(issue(n));
      expect(linked).toHaveLength(1);
      expect(numbers).toContain(linked[0]);
    }
    expect(left.some(({ email }) => email === "Jane@acme.example")).toBe(true);
  });

  test("whoever links, unlinks or edits a duplicate meanwhile ends on the one that stays", async () => {
    const busy = Array.from({ length: 12 }, (_, n) =>
      n % 4 === 3
        ? book.contacts.update(source, 2, { description: `edit ${n}` })
        : book.link(issue(n), n % 2 === 0 ? [2] : [2, 3]),
    );
    await Promise.all([...busy.slice(0, 6), merge(1, [2]), ...busy.slice(6)]);
    for (const { number, links } of await book.allIssues()) {
      const linked = links.map(({ contact: one }) => one).sort();
      expect([number, linked]).toEqual([number, number % 2 === 0 ? [1] : [1, 3]]);
    }
    expect(await contact(2)).toBeUndefined();
  });

  test("a contact that gets the leaving organization meanwhile ends in the one that stays", async () => {
    const joining = Array.from({ length: 8 }, (_, n) =>
      book.contacts.create(source, { firstName: `N${n}`, lastName: "X", organization: 2 }),
    );
    await Promise.all([
      ...joining,
      book.merges.merge("organizations", { keep: 1, duplicates: [2] }, said("o")),
      book.contacts.update(source, 1, { organization: 2 }),
    ]);
    const employers = (await book.allContacts()).map(({ organization }) => organization ?? 0);
    expect(employers.filter((number) => number === 2)).toEqual([]);
  });

  test("killed at any write, before or after it, a retry ends as if nothing had happened", async () => {
    const failing = failingStore(opened.store);
    const mortal = addressBook(failing.store);
    let kills = 0;
    for (const moment of ["before", "after"] as const) {
      for (let write = 1, alive = false; !alive; write++) {
        const [keep, duplicate] = await twins(`${moment}${write}`);
        const again = () =>
          mortal.merges.merge("contacts", { keep, duplicates: [duplicate] }, said(`${moment} ${write}`));
        failing.killAt(write, moment);
        const first = await again().catch((error: unknown) => error);
        failing.revive();
        alive = !(first instanceof Killed);
        if (!alive) kills++;
        expect(await again()).toEqual({
          type: "done",
          receipt: { issues: 2, employed: 0, fields: ["email"] },
        });
        expect(await contact(keep)).toMatchObject({
          email: `${moment}${write}@b.example`,
          mergedFrom: [duplicate],
        });
        expect(await contact(duplicate)).toBeUndefined();
        for (const n of [11, 12]) expect(await book.linked(issue(n))).not.toContain(duplicate);
      }
    }
    expect(kills).toBeGreaterThan(12);
  });

  /** One without and one with an address, the second linked to two issues. */
  async function twins(word: string): Promise<readonly [number, number]> {
    const made = [
      await book.contacts.create(source, { firstName: "Keep", lastName: word }),
      await book.contacts.create(source, { firstName: "Dup", lastName: word, email: `${word}@b.example` }),
    ].map((created) => (created.type === "created" ? created.contact.number : 0));
    const [keep = 0, duplicate = 0] = made;
    await book.link(issue(11), [duplicate]);
    await book.link(issue(12), [keep, duplicate]);
    return [keep, duplicate];
  }
});
