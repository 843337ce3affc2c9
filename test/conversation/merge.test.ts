/** What is left of an earlier reply after an edit, and under which line it stands. */
import { expect, test } from "@jest/globals";
import { quickActionNames } from "../../src/commands/index.js";
import type { Outcome } from "../../src/commands/outcome.js";
import { mergeSections } from "../../src/conversation/merge.js";
import { sectionKey } from "../../src/conversation/reply-store.js";
import { createParser, meaningOf } from "../../src/quick-actions/index.js";
import type { Section } from "../../src/replies/section.js";

const parser = createParser(quickActionNames);

const effects: Readonly<Record<string, Outcome>> = {
  add_contacts: { type: "added", contact: 1 },
  remove_contacts: { type: "not_linked", contact: 2 },
  contacts: { type: "linked", contacts: [1] },
};

/** As `carryOut` makes them: a section for each quick action and problem that `text` has and `previous` has not. */
function answers(delivery: string, text: string, previous?: string): readonly Section[] {
  const { commands, problems } = parser.parse(text, previous);
  return [...commands, ...problems]
    .map((part): Section => {
      const placed = { key: sectionKey(meaningOf(part)), line: part.line, delivery };
      if ("code" in part) return { kind: "problem", ...placed, column: part.column, message: part.message };
      if (part.name === "create_contact")
        return {
          kind: "refused",
          ...placed,
          action: part.name,
          missing: { where: "source", needed: "developer" },
        };
      const effect = effects[part.name];
      return { kind: "outcomes", ...placed, action: part.name, outcomes: effect ? [effect] : [] };
    })
    .sort((a, b) => a.line - b.line);
}

const shown = (sections: readonly Section[]) =>
  sections.map(({ line, delivery, ...section }) =>
    [line, delivery, "action" in section ? section.action : section.kind].join(" "),
  );

const edited = (before: string, after: string) =>
  shown(mergeSections(answers("d-1", before), answers("d-2", after, before), parser.parse(after), "d-2"));

test.each<[string, string, string, readonly string[]]>([
  [
    "a line more",
    "/add_contacts a@b.c",
    "/add_contacts a@b.c\n/contacts",
    ["1 d-1 add_contacts", "2 d-2 contacts"],
  ],
  [
    "a line more in front: the other moves down",
    "/add_contacts a@b.c",
    "/contacts\n\n/add_contacts a@b.c",
    ["1 d-2 contacts", "3 d-1 add_contacts"],
  ],
  ["words around", "/contacts", "Hello!\n\n/contacts\n\nBye.", ["3 d-1 contacts"]],
  [
    "another spelling of the same",
    "/add_contacts A@b.c",
    "/add-contact [contact:a@B.c]",
    ["1 d-1 add_contacts"],
  ],
  [
    "a changed line whose old self had an effect",
    "/add_contacts a@b.c",
    "/add_contacts x@y.z",
    ["0 d-1 add_contacts", "1 d-2 add_contacts"],
  ],
  [
    "a changed line whose old self had none",
    "/remove_contacts a@b.c",
    "/remove_contacts x@y.z",
    ["1 d-2 remove_contacts"],
  ],
  [
    "an answer that is no longer asked for",
    "/contacts\n/add_contacts a@b.c",
    "/add_contacts a@b.c",
    ["1 d-1 add_contacts"],
  ],
  ["everything gone that had an effect", "/add_contacts a@b.c", "Sorry.", ["0 d-1 add_contacts"]],
  ["everything gone that had none", "/contacts", "Sorry.", []],
  ["a mended mistake", "/add_contcats a@b.c", "/add_contacts a@b.c", ["1 d-2 add_contacts"]],
  [
    "a mistake that stays",
    "/add_contcats a@b.c",
    "/add_contcats a@b.c\n/contacts",
    ["1 d-1 problem", "2 d-2 contacts"],
  ],
  [
    "a refusal that stays",
    '/create_contact "A B"',
    '/create_contact "A B"\n/contacts',
    ["1 d-1 create_contact", "2 d-2 contacts"],
  ],
  ["a refusal that is gone", '/create_contact "A B"', "/contacts", ["1 d-2 contacts"]],
  [
    "the same once more",
    "/add_contacts a@b.c",
    "/add_contacts a@b.c\n/add_contacts a@b.c",
    ["1 d-1 add_contacts", "2 d-2 add_contacts"],
  ],
  ["the same once less", "/contacts\n/contacts", "/contacts", ["1 d-1 contacts"]],
  [
    "two lines swapped",
    "/contacts\n/add_contacts a@b.c",
    "/add_contacts a@b.c\n/contacts",
    ["1 d-1 add_contacts", "2 d-1 contacts"],
  ],
])("%s", (_, before, after, expected) => {
  expect(edited(before, after)).toEqual(expected);
});

const whole = parser.parse("/add_contacts a@b.c");

test("an earlier try of the same delivery leaves nothing behind", () => {
  const once = answers("d-1", "/add_contacts a@b.c");
  expect(mergeSections(once, once, whole, "d-1")).toEqual(once);
});

test("a line that was taken out and comes back is answered anew, and does not move its old answer", () => {
  const first = answers("d-1", "/add_contacts a@b.c");
  const second = mergeSections(first, [], parser.parse("Sorry."), "d-2");
  const third = mergeSections(second, answers("d-3", "/add_contacts a@b.c", "Sorry."), whole, "d-3");
  expect(shown(third)).toEqual(["0 d-1 add_contacts", "1 d-3 add_contacts"]);
});

test("an apology for an earlier failure is taken back", () => {
  const failed: Section = { kind: "failed", key: "failed", line: 0, delivery: "d-0" };
  const fresh = answers("d-1", "/add_contacts a@b.c");
  expect(mergeSections([failed], fresh, whole, "d-1")).toEqual(fresh);
});

test("a tick that was carried out is an effect, though its line is gone", () => {
  const ticked = (result: "added" | "gone" | "already_linked"): Section => ({
    kind: "outcomes",
    key: "k",
    line: 4,
    delivery: "d-1",
    action: "add_contacts",
    outcomes: [
      { type: "unknown", argument: 1, box: "add", candidates: [{ contact: 1 }, { contact: 2, result }] },
    ],
  });
  const kept = mergeSections([ticked("added"), ticked("gone"), ticked("already_linked")], [], whole, "d-2");
  expect(kept).toEqual([{ ...ticked("added"), line: 0 }]);
});
