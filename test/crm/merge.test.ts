/** Merging records: what moves, what is filled, what wins, and that a kill at any write does not matter. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createLinks } from "../../src/crm/links.js";
import { schema, type IssueDocument, type Link } from "../../src/store/documents.js";
import { engines, type OpenedStore } from "../support/stores.js";
import {
  addressBook,
  fillWithDuplicates,
  issue,
  now,
  said,
  source,
  type AddressBook,
} from "./address-book.js";

describe.each(engines())("merging on $name", (engine) => {
  let opened: OpenedStore;
  let book: AddressBook;

  beforeEach(async () => {
    opened = await engine.open(schema, "merge");
    book = addressBook(opened.store);
    await fillWithDuplicates(book);
  });
  afterEach(() => opened.destroy());

  const merge = (keep: number, duplicates: readonly number[], delivery = "d") =>
    book.merges.merge("contacts", { keep, duplicates }, said(delivery, "merge_contacts"));
  const contact = async (number: number) => (await book.contacts.byNumbers(source, [number])).get(number);

  test("links move, are not doubled, and stay on other contacts", async () => {
    await book.link(issue(1), [2]);
    await book.link(issue(2), [1, 2, 3]);
    await book.link(issue(3), [3]);
    expect(await merge(1, [2])).toEqual({
      type: "done",
      receipt: { issues: 2, employed: 0, fields: ["email", "organization"] },
    });
    expect(await Promise.all([1, 2, 3].map((n) => book.linked(issue(n))))).toEqual([[1], [1, 3], [3]]);
    expect(await contact(2)).toBeUndefined();
  });

  test("only empty fields are filled, the first duplicate first, and the address stays findable", async () => {
    await merge(1, [2, 3]);
    expect(await contact(1)).toMatchObject({
      phone: "1",
      email: "Jane@acme.example",
      emailKey: "jane@acme.example",
      organization: 2,
      mergedFrom: [2, 3],
    });
    const found = await book.contacts.resolve(source, [
      { value: "JANE@acme.example" },
      { value: "j@acme.example" },
    ]);
    expect(found.map((one) => (one.type === "found" ? one.contact.number : one.type))).toEqual([
      1,
      "unknown",
    ]);
  });

  test("an address that the kept one has is kept", async () => {
    await merge(3, [2]);
    expect(await contact(3)).toMatchObject({ email: "j@acme.example", phone: "2" });
    const freed = await book.contacts.create(source, {
      firstName: "A",
      lastName: "B",
      email: "jane@acme.example",
    });
    expect(freed.type).toBe("created");
  });

  test("the number of a duplicate names its successor, also of a successor that was merged in turn", async () => {
    await merge(2, [3], "first");
    await merge(1, [2], "second");
    const found = await book.contacts.resolve(source, [{ value: "2" }, { value: "#3" }, { value: "9" }]);
    expect(found.map((one) => (one.type === "found" ? one.contact.number : one.type))).toEqual([
      1,
      1,
      "unknown",
    ]);
    const elsewhere = await book.contacts.resolve({ account: 1, group: "labs" }, [{ value: "2" }]);
    expect(elsewhere).toEqual([{ type: "unknown" }]);
  });

  test("remarks of both links are kept", async () => {
    await book.link(issue(1), [1, 2]);
    await remark(1, { note: "renewal at risk" });
    await remark(2, { note: "calls daily", important: true });
    await merge(1, [2]);
    const [document] = await book.allIssues();
    expect(document?.links).toMatchObject([
      { contact: 1, note: "renewal at risk; calls daily", important: true },
    ]);
  });

  async function remark(number: number, remarks: Pick<Link, "note" | "important">): Promise<void> {
    const [document] = await book.allIssues();
    const links = document?.links.map((link) => (link.contact === number ? { ...link, ...remarks } : link));
    await opened.store
      .collection<IssueDocument>("issues")
      .updateOne({ _id: document?._id ?? "" }, { $set: { links } });
  }

  test("history is told of the one that stays, and one event tells of the merge", async () => {
    await book.link(issue(1), [2]);
    await merge(1, [2]);
    const events = await book.allEvents();
    expect(events.find(({ action }) => action === "add_contacts")?.contacts).toEqual([2, 1]);
    expect(events.filter(({ action }) => action === "merge_contacts")).toMatchObject([
      { contacts: [1, 2], issues: 1, fields: ["email", "organization"] },
    ]);
  });

  test.each<[string, number, number[], string]>([
    ["a duplicate that is not there", 1, [9], "gone"],
    ["one to keep that is not there", 9, [1, 2], "gone"],
    ["a contact and itself", 1, [1], "gone"],
  ])("%s: nothing happens, and the audit trail tells of nothing", async (_, keep, duplicates, type) => {
    expect(await merge(keep, duplicates)).toEqual({ type });
    expect(await book.allContacts()).toHaveLength(3);
    expect(await book.allEvents()).toEqual([]);
  });

  test("a retry tells the same again, a second merge that it was done", async () => {
    await book.link(issue(1), [2]);
    const first = await merge(1, [2]);
    expect(await merge(1, [2])).toEqual(first);
    expect(await merge(1, [2], "another")).toEqual({ type: "already_done" });
    expect(await book.allEvents()).toHaveLength(2);
  });

  test("contacts of another group or account are out of reach", async () => {
    await book.contacts.create({ account: 1, group: "sales" }, { firstName: "Other", lastName: "Group" });
    expect(await merge(1, [4])).toEqual({ type: "gone" });
    expect(await merge(4, [1])).toEqual({ type: "gone" });
  });

  test("links on issues of accounts that share the source move, their own contact of that number stays", async () => {
    await book.knowAccount(2);
    await book.link(issue(1, 2), [2]);
    const own = { account: 2, group: "" };
    const step = { actor: 1, delivery: "own", action: 0, name: "add_contacts" };
    await book.contacts.create(own, { firstName: "A", lastName: "A" });
    await book.contacts.create(own, { firstName: "B", lastName: "B" });
    await createLinks(opened.store, now).change(issue(2, 2), { source: own, add: [2] }, step);
    await merge(1, [2]);
    expect([await book.linked(issue(1, 2)), await book.linked(issue(2, 2))]).toEqual([[1], [2]]);
  });

  test("250 issues move", async () => {
    const facts = (n: number): IssueDocument => ({
      _id: `1:7:${n}`,
      ...issue(n),
      links: [{ contact: 2, ...source, by: 1, at: now() }],
      version: 1,
      updatedAt: now(),
    });
    const steps = Array.from({ length: 250 }, (_, n) => ({ insertOne: facts(n + 1) }));
    await opened.store.collection<IssueDocument>("issues").bulk(steps);
    expect(await merge(1, [2])).toMatchObject({ receipt: { issues: 250 } });
    const linked = (await book.allIssues()).flatMap(({ links }) => links.map(({ contact: one }) => one));
    expect(linked).toEqual(Array<number>(250).fill(1));
  });

  test("organizations: contacts, fields and domains go to the one that stays", async () => {
    await book.organizations.update(source, 1, { domains: ["acme.test"], description: "Ours" });
    const merged = await book.merges.merge("organizations", { keep: 1, duplicates: [2] }, said("o"));
    expect(merged).toEqual({
      type: "done",
      receipt: { issues: 0, employed: 1, fields: ["defaultRate", "domains"] },
    });
    expect(await contact(2)).toMatchObject({ organization: 1 });
    expect(await book.organizations.resolve(source, "2")).toMatchObject({
      number: 1,
      name: "Acme",
      defaultRate: 120,
      description: "Ours",
      domains: ["acme.test", "acme.example"],
    });
    expect(await book.organizations.create(source, { name: "ACME GmbH" })).toMatchObject({ type: "created" });
  });

  test("ten domains are kept, more are left out", async () => {
    const ten = Array.from({ length: 10 }, (_, n) => `d${n}.example`);
    await book.organizations.update(source, 1, { domains: ten });
    const merged = await book.merges.merge("organizations", { keep: 1, duplicates: [2] }, said("o"));
    expect(merged).toMatchObject({ receipt: { fields: ["defaultRate", "description"] } });
    expect((await book.organizations.resolve(source, "1"))?.domains).toEqual(ten);
  });
});
