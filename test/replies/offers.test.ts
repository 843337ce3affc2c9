/** The exact words under references that are not clear: near matches, lists to choose from, ticks. */
import { describe, expect, test } from "@jest/globals";
import type { Outcome } from "../../src/commands/outcome.js";
import type { Reveal } from "../../src/replies/privacy.js";
import { did, labels, told } from "./content.js";

const lines = (...all: readonly string[]): string => all.join("\n");

/** One quick action's reply. */
const said = (action: string, outcomes: readonly Outcome[], reveal: Reveal = "names"): string =>
  told([did(action, outcomes)], { labels: labels(reveal) });

describe("references that name nobody", () => {
  const unknown = (box: "add" | "remove", ...contacts: readonly number[]): Outcome => ({
    type: "unknown",
    argument: 2,
    box,
    candidates: contacts.map((contact) => ({ contact })),
  });

  test.each<[string, Outcome, Reveal, string]>([
    [
      "to add, with near matches",
      unknown("add", 1, 4),
      "names",
      lines(
        "Argument 2 matches no contact. Did you mean one of these? Tick to link:",
        "",
        "- [ ] Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH)",
        "- [ ] José O'Neil-Paz (contact 4)",
      ),
    ],
    [
      "to add, with near matches and whole addresses",
      unknown("add", 2),
      "emails",
      lines(
        "Argument 2 matches no contact. Did you mean one of these? Tick to link:",
        "",
        "- [ ] Bob Stone (contact 2, `bob@acme.com`)",
      ),
    ],
    [
      "to add",
      unknown("add"),
      "names",
      "Argument 2 matches no contact. Check its spelling, or look with `/find_contacts`.",
    ],
    [
      "to add, where no names are shown",
      unknown("add"),
      "handles",
      "Argument 2 matches no contact. Check its spelling; near matches are not shown here.",
    ],
    [
      "to remove, with near matches",
      unknown("remove", 4),
      "names",
      lines(
        "Argument 2 matches no contact, neither on this issue nor elsewhere. Did you mean one of these? Tick to unlink:",
        "",
        "- [ ] José O'Neil-Paz (contact 4)",
      ),
    ],
    [
      "to remove",
      unknown("remove"),
      "names",
      "Argument 2 matches no contact, neither on this issue nor elsewhere. Check its spelling, or see who is linked with `/contacts`.",
    ],
    [
      "to remove, where no names are shown",
      unknown("remove"),
      "handles",
      "Argument 2 matches no contact, neither on this issue nor elsewhere. Check its spelling; near matches are not shown here.",
    ],
  ])("%s", (_, outcome, reveal, expected) => {
    expect(said("add_contacts", [outcome], reveal)).toBe(expected);
  });
});

describe("references that name several, and open ones", () => {
  const ambiguous = (box: "add" | "remove", more: boolean, ...contacts: readonly number[]): Outcome => ({
    type: "ambiguous",
    argument: 1,
    box,
    more,
    candidates: contacts.map((contact) => ({ contact })),
  });
  const choose = (box: "add" | "remove", more: boolean, ...contacts: readonly number[]): Outcome => ({
    type: "choose",
    box,
    more,
    candidates: contacts.map((contact) => ({ contact })),
  });

  test.each<[string, Outcome, string]>([
    [
      "several",
      ambiguous("add", false, 7, 8),
      lines(
        "Argument 1 fits several contacts. Tick the one you mean, or name it by number or address.",
        "",
        "- [ ] contact 7",
        "- [ ] contact 8",
      ),
    ],
    [
      "several, and more than are listed",
      ambiguous("remove", true, 7),
      lines(
        "Argument 1 fits several contacts. Tick the one you mean, or name it by number or address. There are more: name another by number or address.",
        "",
        "- [ ] contact 7",
      ),
    ],
    [
      "several, none of them listed",
      ambiguous("add", true),
      "Argument 1 fits several contacts. Name the one you mean by number or address, as in `[contact:42]`.",
    ],
    [
      "several, all inactive",
      ambiguous("add", false),
      "Argument 1 fits several contacts, but none of them is active, and only active contacts can be linked.",
    ],
    [
      "several, none on this issue",
      ambiguous("remove", false),
      "Argument 1 fits several contacts, but none of them is linked to this issue, so there was nothing to remove.",
    ],
    ["a list to link", choose("add", false, 7), lines("Tick a contact to link.", "", "- [ ] contact 7")],
    [
      "a long list to unlink",
      choose("remove", true, 7, 8),
      lines(
        "Tick a contact to unlink. There are more: type a part of the name.",
        "",
        "- [ ] contact 7",
        "- [ ] contact 8",
      ),
    ],
    [
      "a list that is not shown",
      choose("add", true),
      "There are contacts to choose from, but they are not listed here. Name one by number or address.",
    ],
    [
      "an empty list to link",
      choose("add", false),
      "There is no active contact to choose here that is not linked already.",
    ],
    ["an empty list to unlink", choose("remove", false), "There is no linked contact to choose here."],
  ])("%s", (_, outcome, expected) => {
    expect(said("add_contacts", [outcome])).toBe(expected);
  });
});

test("what was ticked says what came of it", () => {
  const outcome: Outcome = {
    type: "unknown",
    argument: 1,
    box: "add",
    candidates: [
      { contact: 1, result: "added" },
      { contact: 7, result: "already_linked" },
      { contact: 8, result: "removed" },
      { contact: 9, result: "not_linked" },
      { contact: 3, result: "inactive" },
      { contact: 10, result: "gone" },
      { contact: 11 },
    ],
  };
  expect(said("add_contacts", [outcome])).toBe(
    lines(
      "Argument 1 matches no contact. Did you mean one of these? Tick to link:",
      "",
      "- [x] Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH): linked",
      "- [x] contact 7: was linked already",
      "- [x] contact 8: unlinked",
      "- [x] contact 9: was not linked",
      "- [x] Maria Ruiz (contact 3, Stark, inactive): inactive contacts cannot be linked",
      "- [x] contact 10: is no longer among the records used here",
      "- [ ] contact 11",
    ),
  );
});
