/** /remove_contacts: the issue's own contacts first, and what is not linked is no error. */
import { describe, expect, test } from "@jest/globals";
import type { Outcome } from "../../src/commands/outcome.js";
import { contact, source, stage, type Stage } from "./stage.js";

const unknown = (argument: number, ...contacts: readonly number[]): Outcome => ({
  type: "unknown",
  argument,
  box: "remove",
  candidates: contacts.map((number) => ({ contact: number })),
});

const removals = ({ asked }: Stage) =>
  asked.flatMap((one) => (one[0] === "change" ? [one[1]] : [])).filter(({ remove }) => remove);

describe("each reference has its outcome", () => {
  test.each<[string, string, readonly Outcome[], readonly number[]]>([
    ["by number", "[contact:1]", [{ type: "removed", contact: 1 }], [2, 3, 4]],
    ["by address, in any case", "JANE@Acme.com", [{ type: "removed", contact: 1 }], [2, 3, 4]],
    ["by name, in either order", '[contact:"Doe, Jane"]', [{ type: "removed", contact: 1 }], [2, 3, 4]],
    ["inactive", "[contact:3]", [{ type: "removed", contact: 3 }], [1, 2, 4]],
    [
      "a name that others have who are not here",
      "[contact:Ann Lee]",
      [{ type: "removed", contact: 4 }],
      [1, 2, 3],
    ],
    [
      "the same person by number and by address",
      "[contact:1] jane@acme.com",
      [{ type: "removed", contact: 1 }],
      [2, 3, 4],
    ],
    ["not linked", "[contact:11]", [{ type: "not_linked", contact: 11 }], [1, 2, 3, 4]],
    ["not linked, twice", "[contact:9] sam@acme.com", [{ type: "not_linked", contact: 9 }], [1, 2, 3, 4]],
    ["unknown", "no@where.org", [unknown(1)], [1, 2, 3, 4]],
    ["unknown, but like one here", "[contact:Jan Dow]", [unknown(1, 1)], [1, 2, 3, 4]],
    ["unknown, and like nobody here", "[contact:Zo]", [unknown(1)], [1, 2, 3, 4]],
    [
      "a name of several who are all not here",
      "[contact:Sam Moe]",
      [{ type: "ambiguous", argument: 1, box: "remove", candidates: [], more: false }],
      [1, 2, 3, 4],
    ],
    [
      "one unknown beside others",
      "[contact:1] no@where.org [contact:11] [contact:2]",
      [
        { type: "removed", contact: 1 },
        unknown(2),
        { type: "not_linked", contact: 11 },
        { type: "removed", contact: 2 },
      ],
      [3, 4],
    ],
    [
      "words, fields and organizations",
      'please "Jane Doe" phone:1 [organization:Acme] [contact:1]',
      [
        { type: "removed", contact: 1 },
        { type: "not_a_contact", argument: 1 },
        { type: "not_a_contact", argument: 2 },
        { type: "not_a_contact", argument: 3 },
        { type: "not_a_contact", argument: 4 },
      ],
      [2, 3, 4],
    ],
    ["nothing", "", [{ type: "no_reference" }], [1, 2, 3, 4]],
  ])("%s", async (_, given, outcomes, left) => {
    const here = stage([1, 2, 3, 4]);
    expect(await here.run(`/remove_contacts ${given}`)).toEqual(outcomes);
    expect(here.linked()).toEqual(left);
  });

  test("a name that several here have offers those, inactive ones too", async () => {
    expect(await stage([4, 5, 6]).run("/remove_contacts [contact:Ann Lee]")).toEqual([
      {
        type: "ambiguous",
        argument: 1,
        box: "remove",
        candidates: [{ contact: 4 }, { contact: 5 }, { contact: 6 }],
        more: false,
      },
    ]);
  });

  test("there is no limit on how many", async () => {
    const many = Array.from({ length: 9 }, (_, n) => contact(n + 1, `First${n} Last${n}`));
    const here = stage(
      many.map(({ number }) => number),
      many,
    );
    const line = `/remove_contacts ${many.map(({ number }) => `[contact:${number}]`).join(" ")}`;
    expect(await here.run(line)).toEqual(many.map(({ number }) => ({ type: "removed", contact: number })));
    expect(here.linked()).toEqual([]);
  });
});

test("near matches are looked for under the first six unknown references", async () => {
  const line = `/remove_contacts ${Array.from({ length: 8 }, (_, n) => `[contact:Jan ${n}]`).join(" ")}`;
  const outcomes = await stage([1]).run(line);
  expect(outcomes).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => (n <= 6 ? unknown(n, 1) : unknown(n))));
});

describe("an open reference", () => {
  const choose = (more: boolean, ...contacts: readonly number[]): Outcome => ({
    type: "choose",
    box: "remove",
    more,
    candidates: contacts.map((number) => ({ contact: number })),
  });

  test.each<[string, readonly number[], string, number, readonly Outcome[]]>([
    ["lists the issue's own, inactive ones too", [1, 3], "[contact:", 5, [choose(false, 1, 3)]],
    ["lists no more than suggestions", [1, 2, 4], "[contact:", 2, [choose(true, 1, 4)]],
    ["lists nobody where none may be shown", [1, 2], "[contact:", 0, [choose(true)]],
    ["lists those like its text", [1, 2, 4], "[contact:an", 5, [choose(false, 4)]],
    ["has nobody to list", [], "[contact:", 5, [choose(false)]],
    [
      "after a reference lists who is there besides",
      [1, 2],
      "[contact:1] [contact:bo",
      5,
      [{ type: "removed", contact: 1 }, choose(false, 2)],
    ],
  ])("%s", async (_, linked, given, suggestions, outcomes) => {
    expect(await stage(linked).run(`/remove_contacts ${given}`, { suggestions })).toEqual(outcomes);
  });
});

describe("what it asks for", () => {
  test("is the contact source only for those who are not here", async () => {
    const here = stage([1]);
    await here.run("/remove_contacts [contact:1] bob@acme.com");
    expect(here.asked.filter(([what]) => what === "resolve")).toEqual([["resolve", ["bob@acme.com"]]]);
  });

  test("is one write for a whole line", async () => {
    const here = stage([1, 2]);
    await here.run("/remove_contacts [contact:1] bob@acme.com [contact:11] [contact:99]");
    expect(removals(here)).toEqual([{ source, remove: [1, 2, 11] }]);
  });

  test.each(["[contact:99]", "[contact:Ann Lee]", "please", "[contact:"])(
    "is no write for %s",
    async (given) => {
      const here = stage([1]);
      await here.run(`/remove_contacts ${given}`);
      expect(removals(here)).toEqual([]);
    },
  );
});

describe("a step that is repeated", () => {
  test.each<[string, readonly number[], string]>([
    ["by number", [1, 2], "[contact:1] [contact:11]"],
    ["by a name that is clear only on this issue", [4], "[contact:Ann Lee]"],
    ["of everybody", [1, 2], "[contact:1] [contact:2] no@where.org"],
  ])("says what it did the first time: %s", async (_, linked, given) => {
    const here = stage(linked);
    const first = await here.run(`/remove_contacts ${given}`);
    expect(first[0]?.type).toBe("removed");
    expect(await here.run(`/remove_contacts ${given}`)).toEqual(first);
  });

  test("does not bring back who was linked again since", async () => {
    const here = stage([1]);
    await here.run("/remove_contacts [contact:1]");
    await here.run("/add_contacts [contact:1]", {
      step: { actor: 1, delivery: "d-2", action: 0, name: "add_contacts" },
    });
    expect(await here.run("/remove_contacts [contact:1]")).toEqual([{ type: "removed", contact: 1 }]);
    expect(here.linked()).toEqual([1]);
  });
});
