/** The exact words of every outcome, in each detail a reader may see. */
import { describe, expect, test } from "@jest/globals";
import type { Outcome } from "../../src/commands/outcome.js";
import type { Reveal } from "../../src/replies/privacy.js";
import { did, labels, told } from "./content.js";

const lines = (...all: readonly string[]): string => all.join("\n");

/** One quick action's reply. */
const said = (action: string, outcomes: readonly Outcome[], reveal: Reveal = "names"): string =>
  told([did(action, outcomes)], { labels: labels(reveal) });

const added = (contact: number): Outcome => ({ type: "added", contact });

describe("a contact is named", () => {
  test.each<[Reveal, number, string]>([
    ["handles", 1, "contact 1"],
    ["handles", 3, "contact 3"],
    ["names", 1, "Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH)"],
    ["names", 3, "Maria Ruiz (contact 3, Stark, inactive)"],
    ["names", 4, "José O'Neil-Paz (contact 4)"],
    ["names", 99, "contact 99"],
    ["emails", 1, "Jane Doe (contact 1, `jane@acme.com`, Acme GmbH)"],
    ["emails", 2, "Bob Stone (contact 2, `bob@acme.com`)"],
    ["emails", 99, "contact 99"],
  ])("with %s: contact %d", (reveal, contact, label) => {
    expect(said("add_contacts", [added(contact)], reveal)).toBe(`Linked ${label}.`);
  });

  test("by its handle, when nothing of its name can be seen", () => {
    const ghost = { number: 5, firstName: "\u200b", lastName: "\u202e", state: "active" as const };
    const directory = new Map([[5, ghost]]);
    expect(
      told([did("add_contacts", [added(5)])], {
        labels: { reveal: "names", directory, organizations: new Map() },
      }),
    ).toBe("Linked contact 5.");
  });
});

describe("outcomes that name contacts", () => {
  test.each<[string, readonly Outcome[], string]>([
    ["added", [added(1)], "Linked Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH)."],
    [
      "two added",
      [added(2), added(4)],
      "Linked Bob Stone (contact 2, `b•••@acme.com`) and José O'Neil-Paz (contact 4).",
    ],
    ["three added", [added(7), added(8), added(9)], "Linked contact 7, contact 8 and contact 9."],
    [
      "already linked",
      [{ type: "already_linked", contact: 4 }],
      "Already linked: José O'Neil-Paz (contact 4).",
    ],
    ["removed", [{ type: "removed", contact: 4 }], "Unlinked José O'Neil-Paz (contact 4)."],
    [
      "not linked",
      [{ type: "not_linked", contact: 4 }],
      "Not linked to this issue, so there was nothing to remove: José O'Neil-Paz (contact 4).",
    ],
    [
      "inactive",
      [{ type: "inactive", contact: 3 }],
      "Not linked, because only active contacts can be: Maria Ruiz (contact 3, Stark, inactive).",
    ],
    [
      "several kinds",
      [added(7), { type: "inactive", contact: 3 }, added(8), { type: "already_linked", contact: 9 }],
      lines(
        "Linked contact 7 and contact 8.",
        "",
        "Not linked, because only active contacts can be: Maria Ruiz (contact 3, Stark, inactive).",
        "",
        "Already linked: contact 9.",
      ),
    ],
  ])("%s", (_, outcomes, expected) => {
    expect(said("add_contacts", outcomes)).toBe(expected);
  });

  test("in a crowd are counted after the first fifty", () => {
    const crowd = Array.from({ length: 52 }, (_, n): Outcome => ({ type: "removed", contact: 101 + n }));
    const reply = said("remove_contacts", crowd);
    expect(reply).toMatch(/^Unlinked contact 101, contact 102, .*, contact 150 and 2 more\.$/);
  });
});

test.each<[number, string]>([
  [2, "Arguments 1 and 2 name no contact."],
  [10, "Arguments 1, 2, 3, 4, 5, 6, 7, 8, 9 and 10 name no contact."],
  [300, "Arguments 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and others name no contact."],
])("%d arguments that are no contacts are told together, last", (count, sentence) => {
  const misfits = Array.from({ length: count }, (_, n): Outcome => ({
    type: "not_a_contact",
    argument: n + 1,
  }));
  expect(said("add_contacts", [...misfits, added(7)])).toBe(
    lines(
      "Linked contact 7.",
      "",
      `${sentence} Write an e-mail address, \`[contact:42]\` or \`[contact:First Last]\`.`,
    ),
  );
});

describe("lines that cannot be carried out", () => {
  test.each<[string, string, Outcome, string]>([
    [
      "an argument that is no contact",
      "add_contacts",
      { type: "not_a_contact", argument: 3 },
      "Argument 3 names no contact. Write an e-mail address, `[contact:42]` or `[contact:First Last]`.",
    ],
    [
      "arguments where none belong",
      "contacts",
      { type: "unexpected_arguments" },
      "`/contacts` takes nothing after its name. Type it alone on its line.",
    ],
    [
      "nobody named",
      "remove_contacts",
      { type: "no_reference" },
      "Say who is meant: an e-mail address, `[contact:42]` or `[contact:First Last]` after `/remove_contacts`.",
    ],
    [
      "nothing to look for",
      "find_contacts",
      { type: "no_text" },
      "Say what to look for after `/find_contacts`: a name, an address or an organization, or a part of one.",
    ],
    [
      "too many",
      "add_contacts",
      { type: "too_many", given: 7, limit: 6 },
      "Nothing was linked: this line names 7 contacts, and one line can add at most 6. Spread them over several lines.",
    ],
  ])("%s", (_, action, outcome, expected) => {
    expect(said(action, [outcome])).toBe(expected);
  });
});

describe("answers", () => {
  test.each<[string, Outcome, Reveal, string]>([
    [
      "an issue without contacts",
      { type: "linked", contacts: [] },
      "names",
      "No contacts are linked to this issue.",
    ],
    [
      "an issue with one",
      { type: "linked", contacts: [4] },
      "names",
      lines("1 contact linked to this issue:", "", "- José O'Neil-Paz (contact 4)"),
    ],
    [
      "an issue with two, in public",
      { type: "linked", contacts: [4, 1] },
      "handles",
      lines("2 contacts linked to this issue:", "", "- contact 4", "- contact 1"),
    ],
    [
      "a search that finds nobody",
      { type: "matches", contacts: [], more: false },
      "names",
      "No contact comes near that. Try another part of the name, the address or the organization.",
    ],
    [
      "a search that finds one",
      { type: "matches", contacts: [1], more: false },
      "emails",
      lines("1 contact found:", "", "- Jane Doe (contact 1, `jane@acme.com`, Acme GmbH)"),
    ],
    [
      "a search that finds many",
      { type: "matches", contacts: [2, 3], more: true },
      "names",
      lines(
        "2 contacts found:",
        "",
        "- Bob Stone (contact 2, `b•••@acme.com`)",
        "- Maria Ruiz (contact 3, Stark, inactive)",
        "",
        "There are more. Add a word to narrow them down.",
      ),
    ],
    [
      "help",
      { type: "help", names: ["contacts", "edit_contact"] },
      "names",
      lines(
        "<details><summary>What you can type here</summary>",
        "",
        "| quick action | role | does |",
        "|---|---|---|",
        "| `/contacts` | planner | Lists the contacts of this issue |",
        '| `/edit_contact REF field:value …` | developer | Changes fields of a contact; `field:""` clears one |',
        "",
        "</details>",
      ),
    ],
  ])("%s", (_, outcome, reveal, expected) => {
    expect(said("contacts", [outcome], reveal)).toBe(expected);
  });

  test("long lists are cut and counted", () => {
    const contacts = Array.from({ length: 70 }, (_, n) => n + 101);
    const list = said("contacts", [{ type: "linked", contacts }]).split("\n");
    expect(list.slice(0, 3)).toEqual(["70 contacts linked to this issue:", "", "- contact 101"]);
    expect(list.slice(-2)).toEqual(["- contact 150", "- 20 more"]);
  });
});
