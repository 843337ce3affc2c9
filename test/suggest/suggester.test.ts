/** Suggestions through their public door: who is found in spite of what, and when silence is right. */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { createContacts } from "../../src/crm/contacts.js";
import { importContacts } from "../../src/records/import.js";
import { schema, type ContactDocument, type Source } from "../../src/store/documents.js";
import { createSuggester, rankContacts, type Suggester } from "../../src/suggest/suggester.js";
import { engines, type OpenedStore } from "../support/stores.js";

const source: Source = { account: 1, group: "" };
const sample = new URL("../../fixtures/contacts.csv", import.meta.url);

const namesOf = (found: readonly ContactDocument[]) =>
  found.map(({ firstName, lastName }) => `${firstName} ${lastName}`);

describe.each(engines())("suggestions on $name", (engine) => {
  let opened: OpenedStore;
  let suggester: Suggester;

  beforeAll(async () => {
    opened = await engine.open(schema, "suggest");
    suggester = createSuggester(opened.store, { now: () => new Date() });
    await importContacts({ store: opened.store, source, input: createReadStream(sample) });
  });

  afterAll(() => opened.destroy());

  const find = async (query: string, limit = 5) => namesOf(await suggester.suggest(source, query, { limit }));

  describe("the first one is", () => {
    test.each([
      ["an address with a letter missing", "jne@acme.com", "Jane Doe"],
      ["an address with two letters swapped", "ajne@acme.com", "Jane Doe"],
      ["an address with two typos", "jnae@acme.con", "Jane Doe"],
      ["another domain", "lukasz.wisniewski@gmail.com", "Łukasz Wiśniewski"],
      ["an address out of a mail program", '"Jane Doe" <jane@acme.co>', "Jane Doe"],
      ["an address in capitals", "BOB@ACME.CO", "Bob Stone"],
      ["a typo in the name", "jane deo", "Jane Doe"],
      ["last name first", "stone, bob", "Bob Stone"],
      ["an initial", "j doe", "Jane Doe"],
      ["ue for ü, as Germans type it", "oeztuerk ada", "Ada Öztürk"],
      ["a missing accent", "oeztürk ada", "Ada Öztürk"],
      ["accents left out", "lukasz wisniewski", "Łukasz Wiśniewski"],
      ["ø and æ", "bjorn saether", "Bjørn Sæther"],
      ["the beginning of the first name", "agn", "Agnieszka Kowalska"],
      ["the beginning of the last name", "einars", "Þóra Einarsdóttir"],
      ["the beginning of an address", "thor", "Þóra Einarsdóttir"],
      ["kanji without a space", "山田太郎", "太郎 山田"],
      ["kanji with a typo", "山田太朗", "太郎 山田"],
      ["a family name in hangul", "김민", "민수 김"],
      ["Cyrillic", "соколов дмитрии", "Дмитрий Соколов"],
      ["a name without an address", "kim larson", "Kim Larsen"],
    ])("%s: %s", async (_, query, expected) => expect((await find(query))[0]).toBe(expected));
  });

  test("the contacts of an organization are found by its name, or nearly", async () => {
    const acme = ["Bob Stone", "Jane Doe", "Janet Dorn", "Jonas Doermann"];
    expect((await find("acme")).sort()).toEqual(acme);
    expect((await find("ACME GmbX")).sort()).toEqual(acme);
    expect(await find("アンブレラ")).toHaveLength(3);
    expect(await find("acme", 2)).toHaveLength(2);
  });

  test("people come before colleagues of a company that is called alike", async () => {
    await createContacts(opened.store).create(source, { firstName: "Tyrell", lastName: "Sund" });
    expect((await find("tyrell"))[0]).toBe("Tyrell Sund");
    expect(await find("tyrell")).toContain("Ingrid Ødegård");
  });

  describe("nobody is named for", () => {
    test.each([
      "",
      " ",
      "@",
      ",",
      "***",
      "\u202e",
      "zzzzzz",
      "42",
      "qwertz uiop",
      "nobody.at.all@nowhere.test",
      "💥",
      "\ud842",
    ])("%j", async (query) => expect(await find(query)).toEqual([]));
  });

  test("active ones come first, inactive ones on request not at all", async () => {
    const all = await suggester.suggest(source, "acme", { limit: 9 });
    expect(all.map(({ state }) => state)).toEqual(["active", "active", "active", "inactive"]);
    const active = await suggester.suggest(source, "j.doermann@acme.co", { limit: 9, state: "active" });
    expect(namesOf(active)).not.toContain("Jonas Doermann");
    expect(await find("j.doermann@acme.co")).toContain("Jonas Doermann");
  });

  test.each<Source>([
    { account: 1, group: "labs" },
    { account: 2, group: "" },
  ])("nobody of another group: %j", async (other) => {
    for (const query of ["jane", "jne@acme.com", "acme"]) {
      expect(await suggester.suggest(other, query, { limit: 5 })).toEqual([]);
    }
  });

  test("a contact that was created or renamed just now is found", async () => {
    const contacts = createContacts(opened.store);
    const made = await contacts.create(source, {
      firstName: "Xaver",
      lastName: "Quandt",
      email: "xq@hooli.example",
    });
    expect(await find("xavre quandt")).toEqual(["Xaver Quandt"]);
    await contacts.update(source, made.type === "created" ? made.contact.number : 0, { lastName: "Wimmer" });
    expect(await find("xaver wimer")).toEqual(["Xaver Wimmer"]);
  });

  test("a hostile query is answered in time", async () => {
    const before = Date.now();
    for (const query of [
      "a.".repeat(30_000),
      "@".repeat(60_000),
      "jane ".repeat(10_000),
      "ä".repeat(60_000),
    ]) {
      await find(query);
    }
    expect(Date.now() - before).toBeLessThan(2_000);
  });

  test("a given list is ranked alone", async () => {
    const list = await createContacts(opened.store).page(source, { after: 0, limit: 4 });
    expect(namesOf(rankContacts("janet", list, 5))[0]).toBe("Janet Dorn");
    expect(namesOf(rankContacts("jane", list, 1))).toHaveLength(1);
    expect(rankContacts("ada", list, 5)).toEqual([]);
  });
});

test("contacts that were imported after the first question are found at once", async () => {
  const [engine] = engines();
  const opened = await engine?.open(schema, "grown");
  if (!opened) throw new Error("no engine");
  try {
    const suggester = createSuggester(opened.store, { now: () => new Date() });
    expect(await suggester.suggest(source, "jane", { limit: 3 })).toEqual([]);
    const others = Array.from({ length: 250 }, (_, i) => `Ann,Other,other${i}@mass.example`);
    const csv = ["first_name,last_name,email", ...others, "Jane,Doe,jane@acme.com"].join("\n");
    await importContacts({ store: opened.store, source, input: Readable.from([csv]) });
    expect(namesOf(await suggester.suggest(source, "jane deo", { limit: 3 }))).toEqual(["Jane Doe"]);
  } finally {
    await opened.destroy();
  }
});

describe("a source too large to be counted as a whole", () => {
  test("is answered from a first sample, then from a full one, and never read as a whole", async () => {
    const [engine] = engines();
    const opened = await engine?.open(schema, "sampled");
    if (!opened) throw new Error("no engine");
    try {
      const spell = (n: number) => String(n).replace(/\d/g, (digit) => "abcdefghij".charAt(Number(digit)));
      const people = Array.from(
        { length: 1_300 },
        (_, i) => `${spell(i % 50)}nna,${spell(i)}son,${spell(i)}@mass.example`,
      );
      const input = Readable.from([["first_name,last_name,email", ...people].join("\n")]);
      await importContacts({ store: opened.store, source, input });
      const sampling = createSuggester(opened.store, { now: () => new Date() });
      for (let round = 0; round < 3; round++) {
        const found = await sampling.suggest(source, "hnan bcahson", { limit: 3 });
        expect(namesOf(found)).toContain("hnna bcahson");
        await setTimeout(100);
      }
    } finally {
      await opened.destroy();
    }
  }, 30_000);
});
