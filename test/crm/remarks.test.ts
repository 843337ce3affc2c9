/** Remarks on links: written with the links, once, whatever is retried or comes in between. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createLinks, type LinkChange, type Links } from "../../src/crm/links.js";
import { schema, type IssueDocument } from "../../src/store/documents.js";
import { engines, type OpenedStore } from "../support/stores.js";
import { facts, fillContacts, source, steps } from "./facts.js";

describe.each(engines())("on the $name engine", (engine) => {
  let opened: OpenedStore;
  let links: Links;
  beforeEach(async () => {
    opened = await engine.open(schema, "remarks");
    await fillContacts(opened.store);
    links = createLinks(opened.store, () => new Date("2026-01-01T00:00:00Z"));
  });
  afterEach(() => opened.destroy());

  const next = steps("remarks");
  const change = (more: Omit<LinkChange, "source">, step = next()) =>
    links.change(facts(), { source, ...more }, step);
  const remarks = async () => Object.fromEntries(await links.remarks(facts(), source));
  const issue = () => opened.store.collection<IssueDocument>("issues").findOne({ account: source.account });

  test("come with new links and change those of old ones, and only the named ones", async () => {
    await change({ add: [1, 2], remark: { contacts: [1], note: "a", important: true } });
    expect(await remarks()).toEqual({ 1: { note: "a", important: true } });
    expect(await change({ add: [1, 3], remark: { contacts: [1, 3], note: "b" } })).toEqual({
      added: [3],
      removed: [],
      noted: [1],
    });
    expect(await remarks()).toEqual({ 1: { note: "b", important: true }, 3: { note: "b" } });
  });

  test.each<[string, LinkChange["remark"], object]>([
    ["an empty note clears it", { contacts: [1], note: "" }, { 1: { important: true } }],
    ["important: no clears that", { contacts: [1], important: false }, { 1: { note: "a" } }],
    ["both", { contacts: [1], note: "", important: false }, {}],
  ])("%s", async (_name, remark, expected) => {
    await change({ add: [1], remark: { contacts: [1], note: "a", important: true } });
    expect(await change(remark ? { remark } : {})).toMatchObject({ noted: [1] });
    expect(await remarks()).toEqual(expected);
  });

  test.each<[string, LinkChange["remark"]]>([
    ["the same once more", { contacts: [1], note: "a" }],
    ["of somebody who is not linked", { contacts: [2], note: "b" }],
    ["nothing said", { contacts: [1] }],
  ])("changes nothing, writes nothing: %s", async (_name, remark) => {
    await change({ add: [1], remark: { contacts: [1], note: "a" } });
    const before = await issue();
    expect(await change(remark ? { remark } : {})).toEqual({ added: [], removed: [] });
    expect(await issue()).toEqual(before);
  });

  test("a retried step says what its first try did, and does nothing", async () => {
    await change({ add: [1], remark: { contacts: [1], note: "a" } });
    const step = next();
    const wanted = { add: [1, 2], remark: { contacts: [1, 2], note: "b" } };
    const first = await change(wanted, step);
    const after = await issue();
    expect(first).toEqual({ added: [2], removed: [], noted: [1] });
    expect(await change(wanted, step)).toEqual(first);
    expect(await issue()).toEqual(after);
  });

  test("go with the link", async () => {
    await change({ add: [1], remark: { contacts: [1], note: "a" } });
    await change({ remove: [1] });
    await change({ add: [1] });
    expect(await remarks()).toEqual({});
  });

  test("two at once: neither is lost", async () => {
    await change({ add: [1, 2] });
    await Promise.all([
      change({ remark: { contacts: [1], note: "a" } }),
      change({ remark: { contacts: [2], note: "b" } }),
      change({ add: [3] }),
    ]);
    expect(await remarks()).toEqual({ 1: { note: "a" }, 2: { note: "b" } });
    expect(await links.linked(facts(), source)).toHaveLength(3);
  });
});
