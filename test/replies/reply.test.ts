/** Whole replies: several sections, refusals, problems, config trouble, failures, and their length. */
import { describe, expect, test } from "@jest/globals";
import { maxReply, type ReplyContent } from "../../src/replies/reply.js";
import type { Section } from "../../src/replies/section.js";
import { did, failed, labels, marker, noTrouble, problem, refused, reply, told } from "./content.js";

const lines = (...all: readonly string[]): string => all.join("\n");

const linked = (line = 1): Section => did("add_contacts", [{ type: "added", contact: 4 }], line);
const nobody = (line = 1): Section => did("contacts", [{ type: "linked", contacts: [] }], line);

describe("several sections", () => {
  test("each stand under their line", () => {
    expect(told([linked(2), nobody(5)])).toBe(
      lines(
        "**Line 2**, `/add_contacts`:",
        "",
        "Linked José O'Neil-Paz (contact 4).",
        "",
        "**Line 5**, `/contacts`:",
        "",
        "No contacts are linked to this issue.",
      ),
    );
  });

  test("one whose line is gone says so", () => {
    expect(told([linked(0), nobody(1)])).toBe(
      lines(
        "**Before the edit**, `/add_contacts`:",
        "",
        "Linked José O'Neil-Paz (contact 4).",
        "",
        "**Line 1**, `/contacts`:",
        "",
        "No contacts are linked to this issue.",
      ),
    );
  });

  test("lists keep an empty line around them", () => {
    const list = did("contacts", [{ type: "linked", contacts: [7, 8] }], 1);
    expect(told([list, nobody(2)])).toBe(
      lines(
        "**Line 1**, `/contacts`:",
        "",
        "2 contacts linked to this issue:",
        "",
        "- contact 7",
        "- contact 8",
        "",
        "**Line 2**, `/contacts`:",
        "",
        "No contacts are linked to this issue.",
      ),
    );
  });

  test("the hidden marker is the last line", () => {
    expect(reply([linked()])).toBe(`Linked José O'Neil-Paz (contact 4).\n\n${marker}`);
  });
});

describe("refusals", () => {
  test.each<[string, readonly Section[], string]>([
    [
      "on the repository",
      [refused("add_contacts", "planner", "repository")],
      "`/add_contacts` needs the planner role on this repository (Triage on GitHub). Nothing was changed.",
    ],
    [
      "in the group of the contacts",
      [refused("contacts", "planner", "source")],
      "`/contacts` needs the planner role in the contact source. Nothing was changed.",
    ],
    [
      "a higher role",
      [refused("create_contact", "developer", "repository")],
      "`/create_contact` needs the developer role on this repository (Write on GitHub). Nothing was changed.",
    ],
    [
      "several of one kind in one sentence, each named once",
      [
        refused("add_contacts", "planner", "source", 1),
        refused("contacts", "planner", "source", 2),
        refused("add_contacts", "planner", "source", 3),
      ],
      "`/add_contacts` and `/contacts` need the planner role in the contact source. Nothing was changed.",
    ],
    [
      "beside something that was done",
      [refused("edit_contact", "developer", "source", 1), linked(2)],
      lines(
        "Linked José O'Neil-Paz (contact 4).",
        "",
        "`/edit_contact` needs the developer role in the contact source. It was not carried out.",
      ),
    ],
    [
      "several beside something that was done",
      [
        refused("edit_contact", "developer", "source", 1),
        refused("create_contact", "developer", "source", 2),
        linked(3),
      ],
      lines(
        "Linked José O'Neil-Paz (contact 4).",
        "",
        "`/edit_contact` and `/create_contact` need the developer role in the contact source. They were not carried out.",
      ),
    ],
  ])("%s", (_, sections, expected) => {
    expect(told(sections)).toBe(expected);
  });

  test("name nobody, whatever is known", () => {
    const all = told([refused("add_contacts", "planner", "repository")], { labels: labels("emails") });
    expect(all).not.toMatch(/Jane|acme|contact \d/);
  });
});

describe("problems", () => {
  const nearMiss = problem("There is no quick action of this name. Did you mean /add_contacts?", 3);

  test.each<[string, Section, Partial<ReplyContent>, string]>([
    [
      "with the fragment, addresses blotted out",
      nearMiss,
      { excerpts: new Map([["key 3", "/add_contcats jane@acme.com\n^"]]) },
      lines(
        "**Line 3** was not carried out. There is no quick action of this name. Did you mean /add\\_contacts?",
        "",
        "```text",
        "/add_contcats •••••••••••••",
        "^",
        "```",
      ),
    ],
    [
      "with a fragment full of fences",
      nearMiss,
      { excerpts: new Map([["key 3", "/add_contcats ```\n^"]]) },
      lines(
        "**Line 3** was not carried out. There is no quick action of this name. Did you mean /add\\_contacts?",
        "",
        "````text",
        "/add_contcats ```",
        "^",
        "````",
      ),
    ],
    [
      "without a fragment at hand",
      nearMiss,
      {},
      "**Line 3** was not carried out. There is no quick action of this name. Did you mean /add\\_contacts?",
    ],
    [
      "with an example",
      problem("Put a ] at its end, as in [contact:jane@example.com] or [organization:Acme].", 1),
      { excerpts: new Map([["key 1", ""]]) },
      "**Line 1** was not carried out. Put a \\] at its end, as in `[contact:jane@example.com]` or `[organization:Acme]`.",
    ],
  ])("%s", (_, section, more, expected) => {
    expect(told([section], more)).toBe(expected);
  });
});

describe("the rest", () => {
  test("a failure says one fixed sentence with the delivery", () => {
    expect(told([failed])).toBe(
      "Something went wrong on our side, and your quick actions may not have been carried out in full. " +
        "See with `/contacts` who is linked, and try the rest again in a new comment. " +
        "Whoever runs Liaison here finds the details under delivery `d-1`.",
    );
  });

  test.each([
    [
      "address",
      "The comment with these quick actions was deleted, because it showed an e-mail address in public.",
    ],
    [
      "setting",
      "The comment with these quick actions was deleted: this repository is set up to keep no such comments.",
    ],
  ] as const)("a comment deleted for its %s is named last", (commentDeleted, expected) => {
    const config = { ...noTrouble, sourceNotShared: true };
    expect(told([linked()], { config, commentDeleted }).split("\n\n").at(-1)).toBe(expected);
  });
});

describe("a reply that is too long", () => {
  const longList = (line: number): Section => problem("x".repeat(9_000), line);
  const cut = (parts: string) =>
    `This reply was too long for one comment, so its last ${parts} left out. \`/contacts\` lists who is linked to this issue now.`;

  test.each([
    [7, undefined],
    [8, cut("part is")],
    [10, cut("3 parts are")],
  ])("of %d long parts", (count, note) => {
    const sections = Array.from({ length: count }, (_, n) => longList(n + 1));
    const body = reply(sections, { commentDeleted: "address" });
    expect(body.length).toBeLessThanOrEqual(maxReply);
    expect(body.match(/\*\*Line \d+\*\*/g)).toHaveLength(7);
    expect(body.split("\n\n").slice(7)).toEqual([
      ...(note === undefined ? [] : [note]),
      "The comment with these quick actions was deleted, because it showed an e-mail address in public.",
      marker,
    ]);
  });

  test("says so, even if not one part fits", () => {
    const body = reply([problem("x".repeat(70_000))]);
    expect(body).toBe(`${cut("part is")}\n\n${marker}`);
  });
});
