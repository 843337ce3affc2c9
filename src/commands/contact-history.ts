/**
 * /contact_history REF : who changed a contact or its links, when, what, and on which issue, newest
 * first. People are named by GitHub's ids: a login would be a mention, and may have changed hands.
 * Which issues are named follows the same rule as in lists of issues (named-repositories.ts).
 */
import type { EventDocument, IssueDocument } from "../store/documents.js";
import { namedRepositories, type NamingCall } from "./named-repositories.js";
import { onlyContact, type ContactTools, type OneRecordCall } from "./one-record.js";
import type { HistoryEntry } from "./outcome.js";
import type { QuickAction, Tools } from "./quick-action.js";

interface HistoryTools {
  readonly audit: Pick<Tools["audit"], "historyOf">;
  readonly issues: Pick<Tools["issues"], "byIds">;
}

/** As many as can be read at a glance. */
export const mostEntries = 20;

export const contactHistory = {
  name: "contact_history",
  usage: "/contact_history REF",
  summary: "Tells who changed a contact or its links, when and what",
  right: "editRecords",
  examples: ["/contact_history [contact:42]"],

  async run(call: OneRecordCall & NamingCall, tools: ContactTools & HistoryTools) {
    const contact = await onlyContact(call, tools);
    if ("type" in contact) return [contact];
    const { number } = contact;
    const events = await tools.audit.historyOf(call.source, number, mostEntries + 1);
    const told = events.slice(0, mostEntries);
    const issues = await tools.issues.byIds(told.flatMap(({ issue }) => issue ?? []));
    const named = await nameable(issues, call);
    const entries = told.map((event) => entryOf(event, number, named));
    return [{ type: "history", of: number, entries, more: events.length > mostEntries }];
  },
} satisfies QuickAction;

type Named = ReadonlyMap<string, Pick<IssueDocument, "repository" | "number">>;

/** The issues that may be named, by `_id`. */
async function nameable(issues: ReadonlyMap<string, IssueDocument>, call: NamingCall): Promise<Named> {
  const own = [...issues].filter(([, { account }]) => account === call.issue.account);
  const repositories = await namedRepositories(
    own.map(([, issue]) => issue),
    call,
  );
  return new Map(own.filter(([, { repository }]) => repositories.has(repository)));
}

function entryOf(event: EventDocument, contact: number, named: Named): HistoryEntry {
  const { actor, at, action, fields, issue } = event;
  const handle = issue === undefined ? undefined : named.get(issue);
  return {
    actor,
    day: at.toISOString().slice(0, "2026-12-31".length),
    action,
    change: changeOf(event, contact),
    others: (event.contacts ?? []).filter((number) => number !== contact),
    fields: fields ?? [],
    ...(issue !== undefined && {
      issue: handle === undefined ? "elsewhere" : { repository: handle.repository, number: handle.number },
    }),
  };
}

function changeOf({ added = [], removed = [] }: EventDocument, contact: number): HistoryEntry["change"] {
  if (added.includes(contact)) return "linked";
  return removed.includes(contact) ? "unlinked" : "record";
}
