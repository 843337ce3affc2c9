/** The wording of lists of issues and of histories, whole, as GitHub gets it. */
import { describe, expect, test } from "@jest/globals";
import type { HistoryEntry, IssuesOutcome } from "../../src/commands/outcome.js";
import { issueKey, type IssueView } from "../../src/replies/issue-view.js";
import type { Reveal } from "../../src/replies/privacy.js";
import { did, labels, told } from "./content.js";

const own = (number: number) => ({ repository: 2001, number });
const other = (number: number) => ({ repository: 2002, number });

const views = new Map<string, IssueView>([
  [issueKey(own(12)), { reference: "#12", title: "The export stops", closed: false }],
  [issueKey(own(7)), { reference: "#7", title: "*Bold* claim by @olivia, see #1", closed: true }],
  [issueKey(other(3)), { reference: "acme/shop#3" }],
]);

const say = (action: string, outcome: Parameters<typeof did>[1][number], reveal: Reveal = "names") =>
  told([did(action, [outcome])], {
    labels: { ...labels(reveal), organizations: new Map([[7, "Acme GmbH"]]), issues: views },
  });

const issues = (change: Partial<IssuesOutcome> = {}): IssuesOutcome => ({
  type: "issues",
  about: { kind: "contact", number: 1 },
  issues: [],
  more: 0,
  hidden: 0,
  hereOnly: false,
  partial: false,
  ...change,
});

const jane = "Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH)";
const unseen = "in repositories where you need the Triage role to see them";

describe("issues", () => {
  test.each<readonly [string, IssuesOutcome, string]>([
    ["none", issues(), `No issues are linked to ${jane}.`],
    [
      "of an organization",
      issues({ about: { kind: "organization", number: 7 }, issues: [other(3)] }),
      "1 issue is linked to Acme GmbH (organization 7):\n\n- acme/shop#3",
    ],
    [
      "open, elsewhere and closed, with a title that wants out",
      issues({ issues: [own(12), other(3), own(7)] }),
      `3 issues are linked to ${jane}:\n\n- #12 The export stops\n- acme/shop#3\n` +
        "- #7 \\*Bold\\* claim by \\@\u200bolivia, see \\#\u200b1 (closed)",
    ],
    [
      "more than are listed, and some that are not seen",
      issues({ issues: [own(12)], more: 4, hidden: 3 }),
      `8 issues are linked to ${jane}:\n\n- #12 The export stops\n\nAnd 4 more that are older and 3 ${unseen}.`,
    ],
    ["only such that are not seen", issues({ hidden: 2 }), `2 issues are linked to ${jane}: 2 ${unseen}.`],
    [
      "more than were looked at",
      issues({ issues: [own(12)], more: 999, partial: true }),
      `At least 1000 issues are linked to ${jane}:\n\n- #12 The export stops\n\nAnd 999 more that are older.`,
    ],
    [
      "one that went away since",
      issues({ issues: [own(12), own(99)] }),
      `1 issue is linked to ${jane}:\n\n- #12 The export stops`,
    ],
  ])("%s", (_, outcome, text) => {
    expect(say("contact_issues", outcome)).toBe(text);
  });

  test.each([
    ["as it was listed", issues({ issues: [own(12)], hidden: 3, hereOnly: true })],
    ["listed before it became public", issues({ issues: [own(12), other(3)], hidden: 2 })],
  ])("in public, numbers only: %s", (_, outcome) => {
    const withoutTitles = new Map([[issueKey(own(12)), { reference: "#12" }]]);
    const text = told([did("contact_issues", [outcome])], {
      labels: { ...labels("handles"), issues: withoutTitles },
    });
    expect(text).toBe("4 issues are linked to contact 1:\n\n- #12\n\nAnd 3 in other repositories.");
  });
});

describe("history", () => {
  const entry = (change: Partial<HistoryEntry> = {}): HistoryEntry => ({
    actor: 504,
    day: "2026-03-01",
    action: "add_contacts",
    change: "linked",
    others: [],
    fields: [],
    issue: own(12),
    ...change,
  });
  const history = (entries: readonly HistoryEntry[], more = false) =>
    say("contact_history", { type: "history", of: 1, entries, more });
  const intro = `History of ${jane}, newest first, in UTC. People are named by their GitHub ids, so that nobody is pinged.`;

  test.each<readonly [string, HistoryEntry, string]>([
    ["linked", entry(), "linked it to #12"],
    ["linked with a note", entry({ fields: ["note"] }), "linked it (note) to #12"],
    ["unlinked elsewhere", entry({ change: "unlinked", issue: other(3) }), "unlinked it from acme/shop#3"],
    [
      "unlinked out of sight",
      entry({ change: "unlinked", issue: "elsewhere" }),
      "unlinked it from an issue that cannot be named here",
    ],
    ["linked with others", entry({ others: [2] }), "linked it to #12"],
    [
      "changed",
      entry({ change: "record", action: "edit_contact", fields: ["firstName", "phone"] }),
      "changed it (first name and phone number) on #12",
    ],
    [
      "merged",
      entry({ change: "record", action: "merge_contacts", others: [2, 3] }),
      "merged it together with contact 2 and contact 3 on #12",
    ],
    ["done otherwise", entry({ change: "record", action: "tick" }), "did `tick` on #12"],
  ])("%s", (_, one, text) => {
    expect(history([one])).toBe(`${intro}\n\n- 2026-03-01: user 504 ${text}`);
  });

  test("said on no issue, and cut", () => {
    const { actor, day, others, fields } = entry();
    const bare: HistoryEntry = { actor, day, others, fields, action: "create_contact", change: "record" };
    expect(history([bare], true)).toBe(
      `${intro}\n\n- 2026-03-01: user 504 created it\n\nOlder changes are not shown.`,
    );
  });

  test("empty", () => {
    expect(history([])).toBe(
      `Nothing is on record about ${jane}. What files brought in leaves no trace here.`,
    );
  });
});

describe("no clear record", () => {
  const which = (why: "unknown" | "ambiguous" | "open", contacts: readonly number[]) =>
    say("contact_issues", { type: "which_contact", why, contacts });

  test.each<readonly [string, string, string]>([
    [
      "unknown",
      which("unknown", [2]),
      "The reference matches no contact. Did you mean one of these? Name it by number, as in `[contact:42]`.\n\n- Bob Stone (contact 2, `b•••@acme.com`)",
    ],
    ["unknown, nobody near", which("unknown", []), "The reference matches no contact. Check its spelling."],
    [
      "ambiguous, names not shown",
      which("ambiguous", []),
      "The reference fits several contacts. Name the one you mean by number or address, as in `[contact:42]`.",
    ],
    [
      "open",
      which("open", [2]),
      "The reference is not finished. Name one by number, as in `[contact:42]`:\n\n- Bob Stone (contact 2, `b•••@acme.com`)",
    ],
    [
      "an organization",
      say("organization_issues", { type: "which_organization" }),
      "The reference matches no organization. Name it by its number or whole name, as in `[organization:7]` or `[organization:Acme]`.",
    ],
    [
      "too much or too little",
      say("organization_issues", { type: "one_reference", kind: "organization" }),
      "Name exactly one organization: `[organization:7]` or `[organization:Acme]`, and nothing else on the line.",
    ],
  ])("%s", (_, text, expected) => {
    expect(text).toBe(expected);
  });
});
