/** /contact_history: what each event meant for the contact, and which issues may be named. */
import { describe, expect, test } from "@jest/globals";
import { contactHistory, mostEntries } from "../../src/commands/contact-history.js";
import type { EventDocument, IssueDocument } from "../../src/store/documents.js";
import { callOf, here, people, type CallOptions } from "./listing.js";

const event = (change: Partial<EventDocument> = {}): EventDocument => ({
  _id: "1001:d:0:add_contacts",
  account: 1001,
  group: "",
  actor: 504,
  action: "add_contacts",
  issue: `1001:${here}:1`,
  contacts: [42],
  at: new Date("2026-03-01T23:59:59Z"),
  ...change,
});

const issue = (account: number, repository: number): IssueDocument => ({
  _id: `${account}:${repository}:1`,
  account,
  repository,
  repositoryName: `acme/${repository}`,
  number: 1,
  issueId: 1,
  nodeId: "I_1",
  isPullRequest: false,
  title: "Secret",
  state: "open",
  changedAt: new Date("2026-03-01T12:00:00Z"),
  links: [],
  version: 1,
  updatedAt: new Date("2026-03-01T12:00:00Z"),
});

const kept = new Map(
  [issue(1001, here), issue(1001, 2002), issue(1001, 2003), issue(1002, 9001)].map((one) => [one._id, one]),
);

async function entriesOf(events: readonly EventDocument[], options: CallOptions = {}) {
  const { call, asked } = callOf("/contact_history [contact:42]", options);
  const [outcome] = await contactHistory.run(call, {
    ...people(),
    audit: { historyOf: (_source, _contact, limit) => Promise.resolve(events.slice(0, limit)) },
    issues: {
      byIds: (ids) => Promise.resolve(new Map([...kept].filter(([id]) => ids.includes(id)))),
    },
  });
  if (outcome?.type !== "history") throw new Error("no history");
  return { ...outcome, asked };
}

describe("what an event meant for the contact", () => {
  test.each([
    ["linked", { added: [42, 43], removed: [], contacts: [42, 43] }, { change: "linked", others: [43] }],
    ["unlinked", { added: [43], removed: [42], contacts: [43, 42] }, { change: "unlinked", others: [43] }],
    [
      "a record that was changed",
      { action: "edit_contact", fields: ["phone"] },
      { change: "record", action: "edit_contact", fields: ["phone"], others: [] },
    ],
    ["somebody else was unlinked", { removed: [43], contacts: [42, 43] }, { change: "record", others: [43] }],
  ])("%s", async (_, change, entry) => {
    const { entries } = await entriesOf([event(change)]);
    expect(entries).toMatchObject([{ actor: 504, day: "2026-03-01", ...entry }]);
  });

  test("an event that was said on no issue names none", async () => {
    const { _id, account, group, actor, action, at } = event();
    const { entries } = await entriesOf([{ _id, account, group, actor, action, at }]);
    expect(entries).toEqual([
      { actor: 504, day: "2026-03-01", action: "add_contacts", change: "record", others: [], fields: [] },
    ]);
  });
});

describe("the issue of an event", () => {
  test.each([
    ["in this repository is named", `1001:${here}:1`, { repository: here, number: 1 }],
    ["where the asker may triage is named", "1001:2002:1", { repository: 2002, number: 1 }],
    ["where the asker may not is not", "1001:2003:1", "elsewhere"],
    ["of another account is not", "1002:9001:1", "elsewhere"],
    ["that is not kept is not", "1001:2002:77", "elsewhere"],
  ])("%s", async (_, id, told) => {
    const { entries } = await entriesOf([event({ issue: id })], { triaged: [2002, 9001] });
    expect(entries[0]?.issue).toEqual(told);
  });

  test("is named only in this repository where everybody may read, and GitHub is not asked", async () => {
    const events = [event(), event({ issue: "1001:2002:1" })];
    const { entries, asked } = await entriesOf(events, { hereOnly: true, triaged: [2002] });
    expect(entries.map(({ issue: told }) => told)).toEqual([{ repository: here, number: 1 }, "elsewhere"]);
    expect(asked).toEqual([]);
  });
});

test.each([
  [mostEntries, false],
  [mostEntries + 1, true],
])("of %i events the first 20 are told", async (count, more) => {
  const told = await entriesOf(Array.from({ length: count }, () => event()));
  expect([told.entries.length, told.more]).toEqual([20, more]);
});
