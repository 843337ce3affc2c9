/** /add_contacts: who is linked, who is not, and why. */
import { describe, expect, test } from "@jest/globals";
import type { Outcome } from "../../src/commands/outcome.js";
import { contact, people, source, stage, type Stage } from "./stage.js";

const unknown = (argument: number, ...contacts: readonly number[]): Outcome => ({
  type: "unknown",
  argument,
  box: "add",
  candidates: contacts.map((number) => ({ contact: number })),
});

const changes = ({ asked }: Stage) => asked.filter(([what]) => what === "change");

describe("each reference has its outcome", () => {
  test.each<[string, string, readonly Outcome[], readonly number[]]>([
    ["by number", "[contact:1]", [{ type: "added", contact: 1 }], [1]],
    ["by address", "JANE@acme.com", [{ type: "added", contact: 1 }], [1]],
    ["by name", "[contact:Zoe Fox]", [{ type: "added", contact: 11 }], [11]],
    [
      "several",
      "[contact:2], jane@acme.com",
      [
        { type: "added", contact: 2 },
        { type: "added", contact: 1 },
      ],
      [2, 1],
    ],
    ["the same number twice", "[contact:1] [contact:1]", [{ type: "added", contact: 1 }], [1]],
    ["the same number with and without #", "[contact:1] [contact:#1]", [{ type: "added", contact: 1 }], [1]],
    [
      "the same person by number and by address",
      "[contact:1] jane@acme.com",
      [{ type: "added", contact: 1 }],
      [1],
    ],
    [
      "one unknown beside a known one",
      "no@where.org [contact:1]",
      [unknown(1), { type: "added", contact: 1 }],
      [1],
    ],
    ["two unknown", "no@where.org [contact:99]", [unknown(1), unknown(2)], []],
    ["the same unknown address in two cases", "no@where.org NO@where.org", [unknown(1)], []],
    ["an unknown one with near matches", "[contact:Ja Do]", [unknown(1, 1)], []],
    ["inactive", "[contact:3]", [{ type: "inactive", contact: 3 }], []],
    ["inactive twice", "[contact:3] maria@acme.com", [{ type: "inactive", contact: 3 }], []],
    [
      "inactive beside an active one",
      "[contact:3] [contact:1]",
      [
        { type: "inactive", contact: 3 },
        { type: "added", contact: 1 },
      ],
      [1],
    ],
    [
      "a name that two active contacts and an inactive one have",
      "[contact:Ann Lee]",
      [
        {
          type: "ambiguous",
          argument: 1,
          box: "add",
          candidates: [{ contact: 4 }, { contact: 5 }],
          more: false,
        },
      ],
      [],
    ],
    [
      "a name that one active contact and an inactive one have",
      "[contact:Sam Moe]",
      [{ type: "ambiguous", argument: 1, box: "add", candidates: [{ contact: 9 }], more: false }],
      [],
    ],
    [
      "a name that only inactive contacts have",
      "[contact:Kim Park]",
      [{ type: "ambiguous", argument: 1, box: "add", candidates: [], more: false }],
      [],
    ],
    ["a word", "jane", [{ type: "not_a_contact", argument: 1 }], []],
    ["a quoted name", '"Jane Doe"', [{ type: "not_a_contact", argument: 1 }], []],
    [
      "a field it does not have",
      "email:jane@acme.com",
      [
        { type: "unfit_remark", problems: [{ argument: 1, code: "unknown_field" }] },
        { type: "no_reference" },
      ],
      [],
    ],
    ["an organization", "[organization:Acme]", [{ type: "not_a_contact", argument: 1 }], []],
    ["an organization's open reference", "[organization:Ac", [{ type: "not_a_contact", argument: 1 }], []],
    [
      "words beside a reference",
      "please [contact:1] thanks",
      [
        { type: "added", contact: 1 },
        { type: "not_a_contact", argument: 1 },
        { type: "not_a_contact", argument: 3 },
      ],
      [1],
    ],
    ["nothing", "", [{ type: "no_reference" }], []],
    ["a comma", ",", [{ type: "no_reference" }], []],
  ])("%s", async (_, given, outcomes, linked) => {
    const here = stage();
    expect(await here.run(`/add_contacts ${given}`)).toEqual(outcomes);
    expect(here.linked()).toEqual(linked);
  });
});

describe("what is linked already", () => {
  test.each<[string, string, readonly Outcome[]]>([
    ["is no error", "[contact:1]", [{ type: "already_linked", contact: 1 }]],
    ["is told once", "[contact:1] jane@acme.com", [{ type: "already_linked", contact: 1 }]],
    ["stays so when it became inactive", "[contact:3]", [{ type: "already_linked", contact: 3 }]],
    [
      "stands beside what is new and what is inactive",
      "[contact:1] [contact:2] [contact:7]",
      [
        { type: "already_linked", contact: 1 },
        { type: "added", contact: 2 },
        { type: "inactive", contact: 7 },
      ],
    ],
  ])("%s", async (_, given, outcomes) => {
    expect(await stage([1, 3]).run(`/add_contacts ${given}`)).toEqual(outcomes);
  });
});

describe("at most six distinct references", () => {
  const many = Array.from({ length: 8 }, (_, n) =>
    contact(n + 1, `First${n} Last${n}`, `p${n + 1}@acme.com`),
  );
  const numbers = (count: number) => Array.from({ length: count }, (_, n) => `[contact:${n + 1}]`).join(" ");

  test.each<[string, string, number]>([
    ["six", numbers(6), 6],
    ["six and a repetition", `${numbers(6)} [contact:1]`, 6],
    ["six and a repetition of an address", `p7@acme.com ${numbers(5)} P7@ACME.com`, 6],
    ["six and a word", `${numbers(6)} please`, 6],
    ["six and an open reference", `${numbers(6)} [contact:Fi`, 6],
  ])("%s are linked", async (_, given, count) => {
    const here = stage([], many);
    const outcomes = await here.run(`/add_contacts ${given}`);
    expect(outcomes.filter(({ type }) => type === "added")).toHaveLength(count);
    expect(here.linked()).toHaveLength(count);
  });

  test.each<[string, string, number]>([
    ["seven", numbers(7), 7],
    ["eight", numbers(8), 8],
    ["seven of whom one is unknown", `${numbers(6)} [contact:99]`, 7],
    ["seven and an open reference", `${numbers(7)} [contact:`, 7],
    ["seven that two ways of naming make of six people", `${numbers(6)} p1@acme.com`, 7],
  ])("%s: none is linked, nobody is looked up", async (_, given, count) => {
    const here = stage([], many);
    expect(await here.run(`/add_contacts ${given}`)).toEqual([{ type: "too_many", given: count, limit: 6 }]);
    expect(here.asked).toEqual([]);
  });
});

describe("an open reference", () => {
  const choose = (more: boolean, ...contacts: readonly number[]): Outcome => ({
    type: "choose",
    box: "add",
    more,
    candidates: contacts.map((number) => ({ contact: number })),
  });

  test.each<[string, string, number, readonly Outcome[]]>([
    ["lists active contacts that are not linked", "[contact:", 5, [choose(false, 2, 4, 5, 9, 11)]],
    ["lists no more than suggestions", "[contact:", 2, [choose(true, 2, 4)]],
    ["lists nobody where none may be shown", "[contact:", 0, [choose(true)]],
    ["lists those like its text", "[contact:an", 5, [choose(false, 4, 5)]],
    ["lists nobody like nobody", "[contact:xy", 5, [choose(false)]],
    [
      "does not keep the others from being linked",
      "[contact:2] [contact:zo",
      5,
      [{ type: "added", contact: 2 }, choose(false, 11)],
    ],
  ])("%s", async (_, given, suggestions, outcomes) => {
    expect(await stage([1]).run(`/add_contacts ${given}`, { suggestions })).toEqual(outcomes);
  });

  test("links nobody", async () => {
    const here = stage();
    await here.run("/add_contacts [contact:Jane Doe");
    expect(changes(here)).toEqual([]);
  });
});

describe("suggestions", () => {
  test("are asked for among active contacts, as many as wanted", async () => {
    const here = stage();
    await here.run("/add_contacts [contact:An Le]", { suggestions: 1 });
    expect(here.asked).toContainEqual(["suggest", "An Le", 1, "active"]);
  });

  test("0 asks for none, and still says what is unknown and ambiguous", async () => {
    const here = stage();
    expect(await here.run("/add_contacts [contact:An Le] [contact:Ann Lee]", { suggestions: 0 })).toEqual([
      unknown(1),
      { type: "ambiguous", argument: 2, box: "add", candidates: [], more: true },
    ]);
    expect(here.asked.map(([what]) => what)).toEqual(["resolve"]);
  });
});

describe("writes", () => {
  test("are one for a whole line, in its source", async () => {
    const here = stage();
    await here.run("/add_contacts [contact:1] bob@acme.com [contact:3] [contact:99]");
    expect(changes(here)).toEqual([["change", { source, add: [1, 2] }]]);
  });

  test.each(["[contact:99]", "[contact:3]", "[contact:Ann Lee]", "please"])(
    "are none for %s",
    async (given) => {
      const here = stage();
      await here.run(`/add_contacts ${given}`);
      expect(changes(here)).toEqual([]);
    },
  );

  test("of a step that is repeated say what they did the first time", async () => {
    const here = stage([2]);
    const line = "/add_contacts [contact:1] [contact:2] no@where.org";
    const first = await here.run(line);
    expect(first).toEqual([
      { type: "added", contact: 1 },
      { type: "already_linked", contact: 2 },
      unknown(3),
    ]);
    expect(await here.run(line)).toEqual(first);
    expect(here.linked()).toEqual([2, 1]);
  });

  test("of another delivery find it done", async () => {
    const here = stage();
    await here.run("/add_contacts [contact:1]");
    const step = { actor: 100, delivery: "d-2", action: 0, name: "add_contacts" };
    expect(await here.run("/add_contacts [contact:1]", { step })).toEqual([
      { type: "already_linked", contact: 1 },
    ]);
  });

  test("of two quick actions in one delivery are two steps", async () => {
    const here = stage([], people);
    await here.run("/add_contacts [contact:1]");
    const step = { actor: 100, delivery: "d-1", action: 1, name: "add_contacts" };
    expect(await here.run("/add_contacts [contact:2]", { step })).toEqual([{ type: "added", contact: 2 }]);
    expect(here.linked()).toEqual([1, 2]);
  });
});
