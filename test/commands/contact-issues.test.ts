/** /contact_issues: which issues are named, and which are only counted. */
import { describe, expect, test } from "@jest/globals";
import { contactIssues } from "../../src/commands/contact-issues.js";
import type { ListedIssue } from "../../src/crm/issues.js";
import { callOf, contact, here, issuesIn, people, upTo, type CallOptions } from "./listing.js";

const elsewhere = 2002;
const secret = 2003;

async function run(issues: readonly ListedIssue[], options: CallOptions = {}, partial = false) {
  const { call, asked } = callOf("/contact_issues [contact:42]", options);
  const tools = { ...people(), issues: { ofContact: () => Promise.resolve({ issues, partial }) } };
  return { outcomes: await contactIssues.run(call, tools), asked };
}

const numbered = (repository: number, numbers: readonly number[]) =>
  numbers.map((number) => ({ repository, number }));

const list = { type: "issues", about: { kind: "contact", number: 42 }, hereOnly: false, partial: false };

describe("naming", () => {
  test("issues of this repository are named without asking GitHub", async () => {
    const { outcomes, asked } = await run(issuesIn(here, [7, 3]));
    expect(outcomes).toEqual([{ ...list, issues: numbered(here, [7, 3]), more: 0, hidden: 0 }]);
    expect(asked).toEqual([]);
  });

  test("issues elsewhere are named only where the asker may triage; the others are counted", async () => {
    const issues = [...issuesIn(elsewhere, [9]), ...issuesIn(secret, [5, 4]), ...issuesIn(here, [1])];
    const { outcomes } = await run(issues, { triaged: [elsewhere] });
    const named = [...numbered(elsewhere, [9]), ...numbered(here, [1])];
    expect(outcomes).toEqual([{ ...list, issues: named, more: 0, hidden: 2 }]);
  });

  test("where everybody may read, GitHub is not asked and nothing elsewhere is named", async () => {
    const issues = [...issuesIn(elsewhere, [9]), ...issuesIn(here, [1])];
    const { outcomes, asked } = await run(issues, { hereOnly: true, triaged: [elsewhere] });
    expect(outcomes).toEqual([{ ...list, hereOnly: true, issues: numbered(here, [1]), more: 0, hidden: 1 }]);
    expect(asked).toEqual([]);
  });

  test("GitHub is asked about each repository once, by the name last heard of", async () => {
    const [old] = issuesIn(elsewhere, [9], "acme/old");
    const [renamed] = issuesIn(elsewhere, [8], "acme/new");
    if (!old || !renamed) throw new Error("no issues");
    const { asked } = await run([old, { ...renamed, changedAt: new Date("2026-03-02T00:00:00Z") }]);
    expect(asked).toEqual([{ id: elsewhere, name: "acme/new" }]);
  });
});

describe("counting", () => {
  test.each([
    ["20 are all listed", 20, 0],
    ["of 21, one is counted", 21, 1],
    ["of 100, 80 are counted", 100, 80],
  ])("%s", async (_, count, more) => {
    const { outcomes } = await run(issuesIn(here, upTo(count)));
    const first = numbered(here, upTo(count).slice(0, 20));
    expect(outcomes).toEqual([{ ...list, issues: first, more, hidden: 0 }]);
  });

  test("what was not looked at is said", async () => {
    const { outcomes } = await run([], {}, true);
    expect(outcomes).toEqual([{ ...list, issues: [], more: 0, hidden: 0, partial: true }]);
  });
});

describe("without one clear contact nothing is listed:", () => {
  const refuse = async (line: string, resolved = people(), options: CallOptions = {}) => {
    const ofContact = () => Promise.reject(new Error("must not be asked"));
    return contactIssues.run(callOf(line, options).call, { ...resolved, issues: { ofContact } });
  };

  test.each([
    ["no reference", "/contact_issues"],
    ["two references", "/contact_issues [contact:42] [contact:43]"],
    ["an organization", "/contact_issues [organization:7]"],
    ["a word", "/contact_issues jane"],
  ])("%s", async (_, line) => {
    expect(await refuse(line)).toEqual([{ type: "one_reference", kind: "contact" }]);
  });

  test.each([
    ["an unknown one gets near matches", { type: "unknown" as const }, {}, "unknown", [43]],
    [
      "an unknown one where names are not shown gets none",
      { type: "unknown" as const },
      { suggestions: 0 },
      "unknown",
      [],
    ],
    [
      "an ambiguous one gets its candidates, as many as wanted",
      { type: "ambiguous" as const, candidates: [contact(1), contact(2), contact(3)] },
      { suggestions: 2 },
      "ambiguous",
      [1, 2],
    ],
  ])("%s", async (_, resolution, options, why, contacts) => {
    const outcomes = await refuse("/contact_issues [contact:x]", people(resolution), options);
    expect(outcomes).toEqual([{ type: "which_contact", why, contacts }]);
  });

  test.each([
    ["an open reference gets those like it", "/contact_issues [contact:ja", [43]],
    ["an empty open reference gets the first ones", "/contact_issues [contact:", [42, 43]],
  ])("%s", async (_, line, contacts) => {
    expect(await refuse(line)).toEqual([{ type: "which_contact", why: "open", contacts }]);
  });
});
