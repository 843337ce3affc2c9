/** The audit trail: written once a step, found again on a retry, and read by contact. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createAudit, type Audit } from "../../src/crm/audit.js";
import { createLinks } from "../../src/crm/links.js";
import { schema } from "../../src/store/documents.js";
import { engines, type OpenedStore } from "../support/stores.js";
import { facts, fillContacts, source } from "./facts.js";

describe.each(engines())("on the $name engine", (engine) => {
  let opened: OpenedStore;
  let audit: Audit;
  let minute = 0;
  const now = () => new Date(Date.UTC(2026, 2, 1, 12, (minute += 1)));
  beforeEach(async () => {
    opened = await engine.open(schema, "audit");
    audit = createAudit(opened.store, now);
    minute = 0;
  });
  afterEach(() => opened.destroy());

  const step = (change: { delivery?: string; action?: number; name?: string } = {}) => ({
    actor: 504,
    delivery: "d-1",
    action: 0,
    name: "create_contact",
    ...change,
  });
  const historyOf = async (contact: number, limit = 20) =>
    (await audit.historyOf(source, contact, limit)).map(({ action }) => action);

  test("a retry gets what the first try wrote, whatever it brings itself", async () => {
    const first = await audit.begin(step(), { source, contacts: [42], fields: ["email"] });
    const again = await audit.begin(step(), { source, contacts: [43], fields: ["phone"] });
    expect(again).toEqual(first);
    expect(await historyOf(43)).toEqual([]);
  });

  test.each([
    ["another delivery", { delivery: "d-2" }],
    ["another quick action of the delivery", { action: 1 }],
    ["another deed of the same number", { name: "erase_contact" }],
  ])("%s is an event of its own", async (_, change) => {
    const first = await audit.begin(step(), { source, contacts: [42] });
    const second = await audit.begin(step(change), { source, contacts: [43] });
    expect([first.contacts, second.contacts]).toEqual([[42], [43]]);
  });

  test("an event that was withdrawn leaves nothing, and can be begun afresh", async () => {
    const event = await audit.begin(step(), { source, contacts: [42] });
    await audit.withdraw(event);
    await audit.withdraw(event);
    expect(await historyOf(42)).toEqual([]);
    expect((await audit.begin(step(), { source, contacts: [43] })).contacts).toEqual([43]);
  });

  test("a history is newest first, cut at its limit, and only of that contact and account", async () => {
    await audit.begin(step({ action: 0, name: "create_contact" }), { source, contacts: [42] });
    await audit.begin(step({ action: 1, name: "edit_contact" }), { source, contacts: [42, 43] });
    await audit.begin(step({ action: 2, name: "add_contacts" }), { source, added: [42] });
    await audit.begin(step({ action: 3, name: "remove_contacts" }), { source, removed: [43] });
    await audit.begin(step({ action: 4 }), { source: { account: 1002, group: "sales" }, contacts: [42] });
    expect(await historyOf(42)).toEqual(["add_contacts", "edit_contact", "create_contact"]);
    expect(await historyOf(42, 2)).toEqual(["add_contacts", "edit_contact"]);
  });

  test("a change of links is in the history of everybody it concerned, once, with its issue", async () => {
    await fillContacts(opened.store);
    const links = createLinks(opened.store, now);
    const change = { source, add: [1, 2] };
    await links.change(facts(), change, step({ name: "add_contacts" }));
    await links.change(facts(), change, step({ name: "add_contacts" }));
    await links.change(facts(), change, step({ delivery: "d-2", name: "add_contacts" }));
    const told = await audit.historyOf(source, 2, 20);
    expect(told).toMatchObject([
      { actor: 504, issue: "1001:2001:1", added: [1, 2], removed: [], contacts: [1, 2] },
    ]);
  });
});
