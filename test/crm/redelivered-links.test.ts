/** A delivery that was given up half-way and is sent again later, after others: its own links are its own. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createLinks, issueId, type Links } from "../../src/crm/links.js";
import { createMerges } from "../../src/crm/merge.js";
import { schema } from "../../src/store/documents.js";
import { engines, type OpenedStore } from "../support/stores.js";
import { facts, fillContacts, source } from "./facts.js";

describe.each(engines())("on the $name engine", (engine) => {
  let opened: OpenedStore;
  let links: Links;
  beforeEach(async () => {
    opened = await engine.open(schema, "redelivered");
    await fillContacts(opened.store);
    links = createLinks(opened.store, () => new Date("2026-03-01T12:00:00Z"));
  });
  afterEach(() => opened.destroy());

  const step = (delivery: string) => ({ actor: 504, delivery, action: 0, name: "add_contacts" });

  test("it is told that it added them, not that they were linked already", async () => {
    await links.change(facts(), { source, add: [1] }, step("d-1"));
    await links.change(facts(), { source, add: [2] }, step("d-2"));
    expect(await links.change(facts(), { source, add: [1] }, step("d-1"))).toEqual({
      added: [1],
      removed: [],
    });
  });

  test("nor does it link again whom somebody has unlinked since", async () => {
    await links.change(facts(), { source, add: [1] }, step("d-1"));
    await links.change(facts(), { source, remove: [1] }, step("d-2"));
    await links.change(facts(), { source, add: [1] }, step("d-1"));
    expect(await links.linked(facts(), source)).toEqual([]);
  });

  test.each([
    ["added", { source, add: [1] }, { source, add: [2] }, { added: [2], removed: [] }],
    ["removed", { source, remove: [1] }, { source, remove: [2] }, { added: [], removed: [2] }],
  ] as const)(
    "it is told what it %s also when that contact was merged meanwhile",
    async (what, first, again, changed) => {
      if (what === "removed") await links.change(facts(), { source, add: [1] }, step("d-0"));
      await links.change(facts(), first, step("d-1"));
      const merges = createMerges(opened.store, () => new Date("2026-03-01T12:00:00Z"));
      const said = { source, step: { ...step("d-m"), name: "merge_contacts" }, issue: issueId(facts()) };
      await merges.merge("contacts", { keep: 2, duplicates: [1] }, said);
      expect(await links.change(facts(), again, step("d-1"))).toEqual(changed);
    },
  );

  test("another delivery hears that they were linked already", async () => {
    await links.change(facts(), { source, add: [1] }, step("d-1"));
    expect(await links.change(facts(), { source, add: [1] }, step("d-2"))).toEqual({
      added: [],
      removed: [],
    });
  });
});
