/** Tick boxes: which are ticked, what a tick leaves alike, and where results go. */
import { describe, expect, test } from "@jest/globals";
import { contactsOfDeed, type DeedResult } from "../../src/commands/deed.js";
import type { Outcome } from "../../src/commands/outcome.js";
import { boxesOf, digestWithoutTicks, tickedIn, withResults } from "../../src/replies/boxes.js";
import { did, problem, refused, reply } from "./content.js";

const offer = (
  type: "unknown" | "ambiguous" | "choose",
  box: "add" | "remove",
  contacts: readonly number[],
): Outcome => {
  const candidates = contacts.map((contact) => ({ contact }));
  switch (type) {
    case "unknown":
      return { type, argument: 1, box, candidates };
    case "ambiguous":
      return { type, argument: 1, box, candidates, more: true };
    case "choose":
      return { type, box, candidates, more: false };
  }
};

const sections = [
  problem("Something does not fit.", 1),
  did("add_contacts", [{ type: "added", contact: 1 }, offer("unknown", "add", [2, 4])], 2),
  refused("edit_contact", "developer", "source", 3),
  did("contacts", [{ type: "linked", contacts: [1, 2] }], 4),
  did("remove_contacts", [offer("ambiguous", "remove", [3]), offer("choose", "remove", [1, 4])], 5),
];

const tick = (body: string, ...numbers: readonly number[]): string => {
  let box = -1;
  return body.replace(/^- \[[ x]\]/gm, (found) => (numbers.includes((box += 1)) ? "- [x]" : found));
};

describe("the order of boxes", () => {
  test("is the order in which they are shown", () => {
    const shown = [...reply(sections).matchAll(/^- \[ \] .*\(contact (\d+)/gm)].map(([, number]) =>
      Number(number),
    );
    expect(shown).toEqual([2, 4, 3, 1, 4]);
    expect(boxesOf(sections)).toEqual([
      { deed: { do: "link", contact: 2 } },
      { deed: { do: "link", contact: 4 } },
      { deed: { do: "unlink", contact: 3 } },
      { deed: { do: "unlink", contact: 1 } },
      { deed: { do: "unlink", contact: 4 } },
    ]);
  });

  test("is the same where a line holds boxes of several kinds", () => {
    const mixed = [
      did("add_contacts", [
        offer("choose", "add", [1]),
        offer("unknown", "add", [2]),
        offer("ambiguous", "add", [3]),
      ]),
    ];
    const shown = [...reply(mixed).matchAll(/^- \[ \] .*\(contact (\d+)/gm)].map(([, number]) =>
      Number(number),
    );
    expect(shown).toEqual(boxesOf(mixed).flatMap(({ deed }) => contactsOfDeed(deed)));
  });

  test("lists of contacts have no boxes", () => {
    expect(tickedIn(reply([did("contacts", [{ type: "linked", contacts: [1, 2] }])]))).toEqual([]);
    expect(boxesOf([did("find_contacts", [{ type: "matches", contacts: [1], more: false }])])).toEqual([]);
  });
});

describe("ticks are read", () => {
  test.each<[string, string, readonly number[]]>([
    ["none", "- [ ] a\n- [ ] b", []],
    ["the second", "- [ ] a\n- [x] b", [1]],
    ["a big x", "- [X] a\n- [ ] b", [0]],
    ["all, over several lists", "- [x] a\n\ntext\n\n- [x] b\n- [x] c", [0, 1, 2]],
    ["after CRLF", "text\r\n\r\n- [ ] a\r\n- [x] b\r\n", [1]],
    ["not without a space", "- [x]a\n- [x] b", [0]],
    ["not inside a line", "see - [x] a\n- [ ] b", []],
    ["not indented", "  - [x] a\n- [x] b", [0]],
    ["not another bullet", "* [x] a\n+ [x] b\n1. [x] c", []],
    ["not another mark", "- [y] a\n- [] b\n- [xx] c", []],
    ["nothing", "", []],
  ])("%s", (_, text, numbers) => {
    expect(tickedIn(text)).toEqual(numbers);
  });
});

describe("the digest of a reply", () => {
  const body = reply(sections);
  const results = new Map<number, DeedResult>([
    [0, "added"],
    [2, "gone"],
  ]);

  test.each([
    ["a tick", tick(body, 1)],
    ["all ticks", tick(body, 0, 1, 2, 3, 4)],
    ["a big x", body.replace("- [ ]", "- [X]")],
    ["CRLF", body.replaceAll("\n", "\r\n")],
    ["white space at the end", `${body}\n \n`],
    ["results behind boxes", reply(withResults(sections, results))],
    ["a tick on a page that was opened before", tick(body, 3)],
  ])("is not changed by %s", (_, changed) => {
    expect(changed).not.toBe(body);
    expect(digestWithoutTicks(changed)).toBe(digestWithoutTicks(body));
  });

  test.each<DeedResult>([
    "added",
    "already_linked",
    "removed",
    "not_linked",
    "inactive",
    "gone",
    "done",
    "already_done",
    "refused",
  ])("is not changed by the result %s", (result) => {
    const shown = reply(withResults(sections, new Map([[0, result]])));
    expect(shown).not.toBe(body);
    expect(digestWithoutTicks(shown)).toBe(digestWithoutTicks(body));
  });

  test.each([
    ["another number behind a box", body.replace("contact 2", "contact 9")],
    ["another name behind a box", body.replace("Bob", "Rob")],
    ["a box more", body.replace("- [ ]", "- [x] Mallory (contact 66)\n- [ ]")],
    ["a box less", body.replace(/^- \[ \] .*\n/m, "")],
    ["boxes in another order", body.replace(/^(- \[ \] .*)\n(- \[ \] .*)$/m, "$2\n$1")],
    ["words around", body.replace("Tick to link", "Tick to hug")],
    ["a heading", body.replace("Line 5", "Line 6")],
    ["words in front", `Hi!\n${body}`],
    ["words after it", `${body}\nHi!`],
    ["another marker", body.replace("1:2:3:4", "1:2:3:5")],
    ["a result of somebody's own", tick(body, 0).replace(/^(- \[x\] .*)$/m, "$1: paid")],
    ["a result twice", tick(body, 0).replace(/^(- \[x\] .*)$/m, "$1: linked: linked")],
    ["nothing left", ""],
  ])("is changed by %s", (_, changed) => {
    expect(changed).not.toBe(body);
    expect(digestWithoutTicks(changed)).not.toBe(digestWithoutTicks(body));
  });
});

describe("quoted fragments", () => {
  const quoted = reply(sections, { excerpts: new Map([["key 1", "/add_contcats ``` x\n^"]]) });

  test("are gone after a tick, which the digest forgives", () => {
    expect(quoted).toContain("````text\n/add_contcats ``` x\n^\n````");
    expect(digestWithoutTicks(quoted)).toBe(digestWithoutTicks(reply(sections)));
    expect(digestWithoutTicks(tick(quoted, 1))).toBe(digestWithoutTicks(reply(sections)));
  });

  test.each([
    ["a fence that is not closed", quoted.replace("\n````\n", "\n")],
    ["a fence closed by a shorter one", quoted.replace("\n````\n", "\n```\n")],
    ["a fence of another kind", quoted.replace("````text", "````js")],
    ["words behind the fence", quoted.replace("\n````\n", "\n````\nMallory was here.\n")],
  ])("but not %s", (_, changed) => {
    expect(changed).not.toBe(quoted);
    expect(digestWithoutTicks(changed)).not.toBe(digestWithoutTicks(quoted));
  });

  test("hide no boxes of ours and bring none of their own", () => {
    const text = "- [ ] a\n\n```text\n- [x] b\n```\n\n- [x] c\n```text\n- [x] d";
    expect(tickedIn(text)).toEqual([1, 2]);
  });

  test.each([
    ["empty lines", "\n".repeat(65_535) + "x"],
    ["fences that open", "```text\n".repeat(8_192)],
    ["fences that open and close", "```text\n```\n".repeat(5_461)],
    ["backticks", "`".repeat(65_536)],
    ["spaces", " ".repeat(65_535) + "x"],
    ["boxes", "- [x] a\n".repeat(8_192)],
  ])("64 KB of %s cost next to nothing", (_, text) => {
    const started = performance.now();
    tickedIn(text);
    digestWithoutTicks(text);
    expect(performance.now() - started).toBeLessThan(300);
  });
});

describe("results", () => {
  test("stand behind their boxes, by number over all sections", () => {
    const done = withResults(
      sections,
      new Map<number, DeedResult>([
        [1, "added"],
        [2, "not_linked"],
        [4, "removed"],
      ]),
    );
    expect(boxesOf(done).map(({ deed, result }) => [...contactsOfDeed(deed), result])).toEqual([
      [2, undefined],
      [4, "added"],
      [3, "not_linked"],
      [1, undefined],
      [4, "removed"],
    ]);
    expect(tickedIn(reply(done))).toEqual([1, 2, 4]);
  });

  test("of a later tick leave earlier ones alone", () => {
    const first = withResults(sections, new Map<number, DeedResult>([[0, "added"]]));
    const second = withResults(first, new Map<number, DeedResult>([[3, "removed"]]));
    expect(boxesOf(second).map(({ result }) => result)).toEqual([
      "added",
      undefined,
      undefined,
      "removed",
      undefined,
    ]);
  });

  test.each<[string, ReadonlyMap<number, DeedResult>]>([
    ["no results", new Map()],
    ["a result for a box that is not there", new Map([[5, "added"]])],
    ["a negative number", new Map([[-1, "added"]])],
  ])("%s change nothing", (_, results) => {
    expect(withResults(sections, results)).toEqual(sections);
  });
});
