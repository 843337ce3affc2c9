/**
 * Issues in a reply: lists, and the history of a contact. An issue is written as GitHub links it; its
 * title only where the readers of the reply know it anyway.
 */
import { fieldWord } from "../crm/fields.js";
import type { HistoryEntry, IssuesOutcome, Outcome } from "../commands/outcome.js";
import { contactLabel, listing, organizationLabel, type Labels } from "./contact-label.js";
import { codeSpan, escapeText } from "./escape.js";
import { issueKey } from "./issue-view.js";

/** The issues of a contact or an organization, and how many are not listed. */
export function issueListLines(outcome: IssuesOutcome, labels: Labels): readonly string[] {
  const { about, issues, more, hidden, hereOnly, partial } = outcome;
  const views = issues.flatMap((issue) => labels.issues?.get(issueKey(issue)) ?? []);
  const ownOnly = hereOnly || labels.reveal === "handles";
  const unseen = hidden + (ownOnly ? issues.length - views.length : 0); // else they are gone meanwhile
  const all = views.length + more + unseen;
  const who =
    about.kind === "contact" ? contactLabel(about.number, labels) : organizationLabel(about.number, labels);
  if (all === 0) return [`No issues are linked to ${who}.`];
  const count = `${partial ? "At least " : ""}${issueCount(all)} linked to ${who}`;
  const list = views.map(({ reference, title, closed }) => {
    const name = title === undefined ? "" : ` ${escapeText(title)}`;
    return `- ${reference}${name}${closed === true ? " (closed)" : ""}`;
  });
  const rest = [
    ...(more > 0 ? [`${more} more that are older`] : []),
    ...(unseen > 0 ? [`${unseen} ${ownOnly ? elsewhere : unseenPlace}`] : []),
  ];
  if (list.length === 0) return [`${count}: ${listing(rest)}.`];
  return [`${count}:`, ...list, ...(rest.length > 0 ? [`And ${listing(rest)}.`] : [])];
}

const issueCount = (count: number): string => (count === 1 ? "1 issue is" : `${count} issues are`);

const elsewhere = "in other repositories";
const unseenPlace = "in repositories where you need the Triage role to see them";

type History = Extract<Outcome, { readonly type: "history" }>;

/** Who did what to a contact, newest first. */
export function historyLines({ of, entries, more }: History, labels: Labels): readonly string[] {
  const who = contactLabel(of, labels);
  if (entries.length === 0)
    return [`Nothing is on record about ${who}. What files brought in leaves no trace here.`];
  return [
    `History of ${who}, newest first, in UTC. People are named by their GitHub ids, so that nobody is pinged.`,
    ...entries.map(
      (entry) => `- ${entry.day}: user ${entry.actor} ${deedOf(entry)}${placeOf(entry, labels)}`,
    ),
    ...(more ? ["Older changes are not shown."] : []),
  ];
}

const deeds: Readonly<Record<string, string>> = {
  add_contacts: "changed its link",
  create_contact: "created it",
  edit_contact: "changed it",
  activate_contact: "made it active",
  deactivate_contact: "made it inactive",
  merge_contacts: "merged it",
  set_organization: "set its organization",
  create_organization: "created its organization",
};

function deedOf({ change, action, fields, others }: HistoryEntry): string {
  const what = change === "record" ? (deeds[action] ?? `did ${codeSpan(action)}`) : `${change} it`;
  const named = fields.map((field) => escapeText(fieldWord(field)));
  const details = named.length > 0 ? ` (${listing(named)})` : "";
  const company =
    change === "record" && others.length > 0
      ? ` together with ${listing(others.map((number) => `contact ${number}`))}`
      : "";
  return `${what}${details}${company}`;
}

function placeOf({ issue, change }: HistoryEntry, labels: Labels): string {
  if (issue === undefined) return "";
  const view = issue === "elsewhere" ? undefined : labels.issues?.get(issueKey(issue));
  const place = view?.reference ?? "an issue that cannot be named here";
  return ` ${change === "record" ? "on" : change === "linked" ? "to" : "from"} ${place}`;
}
