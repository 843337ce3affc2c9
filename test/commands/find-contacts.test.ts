/** /find_contacts: an exact match first, then active contacts, then the others. */
import { describe, expect, test } from "@jest/globals";
import type { Outcome } from "../../src/commands/outcome.js";
import { contact, stage } from "./stage.js";

const matches = (more: boolean, ...contacts: readonly number[]): readonly Outcome[] => [
  { type: "matches", contacts, more },
];

describe("finds", () => {
  test.each<[string, string, readonly Outcome[]]>([
    ["nobody", "xyzzy", matches(false)],
    ["near matches, active ones first", "ann", matches(false, 4, 5, 6)],
    ["a number", "2", matches(false, 2)],
    ["an address exactly", "bob@acme.com", matches(false, 2)],
    ["a reference", "[contact:bob@acme.com]", matches(false, 2)],
    ["a name exactly, once", "Zoe Fox", matches(false, 11)],
    ["a quoted name", '"Zoe Fox"', matches(false, 11)],
    ["all namesakes first, as they come", "Sam Moe", matches(false, 9, 10)],
    ["an exact match that is inactive before near ones", "[contact:3]", matches(false, 3)],
    ["an open reference's text", "[contact:zo", matches(false, 11)],
  ])("%s", async (_, given, outcomes) => {
    expect(await stage().run(`/find_contacts ${given}`)).toEqual(outcomes);
  });

  test("an exact match that is inactive before active ones", async () => {
    const family = [
      contact(1, "Ann Low"),
      contact(2, "Ann Lee", undefined, "inactive"),
      contact(3, "Ana Lee"),
    ];
    expect(await stage([], family).run("/find_contacts Ann Lee")).toEqual(matches(false, 2, 1, 3));
  });
});

describe("asks for", () => {
  test.each([
    ["words as they stand", "jane  acme", "jane acme"],
    ["quoted text", '"Acme GmbH" jane', "Acme GmbH jane"],
    ["the words of a field", "organization:Acme", "organization Acme"],
  ])("%s", async (_, given, query) => {
    const here = stage();
    await here.run(`/find_contacts ${given}`);
    expect(here.asked).toEqual([
      ["resolve", [query]],
      ["suggest", query, 11, "all"],
    ]);
  });

  test.each(["", '""', '" "', ","])("nothing for %j", async (given) => {
    const here = stage();
    expect(await here.run(`/find_contacts ${given}`)).toEqual([{ type: "no_text" }]);
    expect(here.asked).toEqual([]);
  });
});

describe("shows", () => {
  const crowd = (count: number) => Array.from({ length: count }, (_, n) => contact(n + 1, `Ann A${n}`));

  test.each<[number, number, boolean]>([
    [9, 9, false],
    [10, 10, false],
    [11, 10, true],
    [40, 10, true],
  ])("of %d matches %d", async (count, shown, more) => {
    const [outcome] = await stage([], crowd(count)).run("/find_contacts ann");
    expect(outcome).toMatchObject({ type: "matches", more });
    expect(outcome).toHaveProperty("contacts.length", shown);
  });

  test("names whatever the number of suggestions under a miss", async () => {
    expect(await stage().run("/find_contacts zoe", { suggestions: 0 })).toEqual(matches(false, 11));
  });
});
