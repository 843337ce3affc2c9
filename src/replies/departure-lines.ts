/**
 * Merging and erasing -> lines: before the box is ticked what would happen, afterwards the receipt.
 * Counts and names of fields only; who is meant stands beside the box.
 */
import type { Receipt } from "../crm/receipt.js";
import { fieldWord } from "../crm/fields.js";
import { maxDuplicates, type DepartureOutcome } from "../commands/departure-outcome.js";
import type { Deed } from "../commands/deed.js";
import { contactLabel, listing, organizationLabel, type Labels } from "./contact-label.js";

type Of<T extends DepartureOutcome["type"]> = Extract<DepartureOutcome, { readonly type: T }>;
type Kind = DepartureOutcome["kind"];

/** What stands above the box. */
export function departureLines(
  { kind, forecast, offers }: Of<"departure">,
  labels: Labels,
): readonly string[] {
  const [offer] = offers;
  if (offer === undefined) return [];
  const { deed, result, receipt } = offer;
  const isMerge = deed.do.startsWith("merge");
  if (result === "done") {
    return isMerge
      ? mergeReceipt(kind, receipt ?? forecast, kept(deed, labels))
      : erasureReceipt(kind, receipt ?? forecast);
  }
  if (result !== undefined) return ["Nothing was changed."];
  const foreseen = isMerge
    ? mergeForecast(kind, forecast, kept(deed, labels))
    : erasureForecast(kind, forecast);
  return [foreseen, "Tick to confirm. This cannot be undone:"];
}

function mergeForecast(kind: Kind, { issues, employed, fields }: Receipt, keep: string): string {
  const moves =
    kind === "contact"
      ? `${count(issues, "issue")} will be linked to ${keep} instead`
      : `${count(employed, "contact")} will belong to ${keep} instead`;
  return `${moves}, and its history is joined. ${takesOver(fields)} What both have stays as it is in the one that is kept; what only differs in the others is lost.`;
}

const takesOver = (fields: readonly string[]): string =>
  fields.length === 0 ? "It takes over no fields." : `It takes over the ${words(fields)}.`;

function mergeReceipt(kind: Kind, { issues, employed, fields }: Receipt, keep: string): readonly string[] {
  const moved =
    kind === "contact"
      ? `${count(issues, "issue")} moved to ${keep}`
      : `${count(employed, "contact")} moved to ${keep}`;
  const taken = fields.length === 0 ? "" : ` It has taken over the ${words(fields)}.`;
  return [`Merged: ${moved}.${taken}${kind === "organization" ? ` ${labelsFollow}` : ""}`];
}

/** In the background (conversation/label-work.ts), so that the receipt does not wait for many issues. */
export const labelsFollow = "Its labels on issues, if there are any, follow in the background.";

const erasureForecast = (kind: Kind, { issues, employed }: Receipt): string =>
  kind === "contact"
    ? `The contact, all it is found by and its links to ${count(issues, "issue")} will be removed. The audit trail keeps numbers and counts. Comments on GitHub that name the person are not changed.`
    : `The organization will be removed, and ${count(employed, "contact")} will belong to none. The audit trail keeps numbers and counts. Comments on GitHub that name it are not changed.`;

const erasureReceipt = (kind: Kind, { issues, employed }: Receipt): readonly string[] =>
  kind === "contact"
    ? [
        `Erased: the contact with all of its fields, what it was found by, and its links to ${count(issues, "issue")}.`,
        "Kept: numbers and counts in the audit trail. Not changed: comments, titles and texts on GitHub that name the person, and earlier replies of this app; edit or delete those there.",
      ]
    : [
        `Erased: the organization with all of its fields. ${count(employed, "contact")} had it and now have none.`,
        "Kept: numbers and counts in the audit trail. Not changed: comments on GitHub that name it.",
        labelsFollow,
      ];

function kept(deed: Deed, labels: Labels): string {
  if (deed.do === "merge_contacts") return contactLabel(deed.keep, labels);
  return deed.do === "merge_organizations" ? organizationLabel(deed.keep, labels) : "";
}

const words = (fields: readonly string[]): string => listing(fields.map(fieldWord));

/** As far as they are counted. */
const many = 10_000;

function count(number: number, noun: string): string {
  if (number >= many) return `10,000 ${noun}s or more`;
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

const examples: Readonly<Record<Kind, string>> = {
  contact: "`/merge_contacts [contact:42] [contact:57]`",
  organization: "`/merge_organizations [organization:7] [organization:9]`",
};

export function mergeUnfitLines({ kind, why }: Of<"merge_unfit">): readonly string[] {
  return why === "too_few"
    ? [`Name at least two different ${kind}s, the one to keep first: ${examples[kind]}.`]
    : [`One line can merge at most ${maxDuplicates} duplicates. Spread them over several lines.`];
}
