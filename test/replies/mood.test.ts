/** What a reader should feel about a reply: it decides the reaction, and whether a reaction is enough. */
import { describe, expect, test } from "@jest/globals";
import { moodOf, type Mood, type ReplyContent } from "../../src/replies/reply.js";
import type { Section } from "../../src/replies/section.js";
import { did, failed, noTrouble, problem, refused } from "./content.js";

const linked = (line = 1): Section => did("add_contacts", [{ type: "added", contact: 4 }], line);
const nobody = (line = 1): Section => did("contacts", [{ type: "linked", contacts: [] }], line);

describe("the mood", () => {
  const unshared = { ...noTrouble, sourceNotShared: true };
  test.each<[string, readonly Section[], ReplyContent["config"], Mood]>([
    ["linked", [linked()], noTrouble, "success"],
    ["already so", [did("add_contacts", [{ type: "already_linked", contact: 1 }])], noTrouble, "success"],
    [
      "nothing to remove",
      [did("remove_contacts", [{ type: "not_linked", contact: 1 }])],
      noTrouble,
      "success",
    ],
    ["a list", [nobody()], noTrouble, "answer"],
    ["linked and a list", [linked(1), nobody(2)], noTrouble, "answer"],
    ["inactive", [did("add_contacts", [{ type: "inactive", contact: 1 }])], noTrouble, "trouble"],
    [
      "one of two unknown",
      [
        did("add_contacts", [
          { type: "added", contact: 1 },
          { type: "unknown", argument: 2, box: "add", candidates: [] },
        ]),
      ],
      noTrouble,
      "trouble",
    ],
    ["a problem", [linked(1), problem("No.", 2)], noTrouble, "trouble"],
    ["a refusal", [nobody(1), refused("edit_contact", "developer", "source", 2)], noTrouble, "trouble"],
    ["a failure", [failed], noTrouble, "trouble"],
    ["config trouble", [linked()], unshared, "trouble"],
  ])("of %s", (_, sections, config, mood) => {
    expect(moodOf(sections, config)).toBe(mood);
  });
});
