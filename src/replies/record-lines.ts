/**
 * Outcomes of quick actions that keep records -> lines. Which fields changed is told by their names;
 * what they hold now is told as far as the record's label tells it, what they held before never is.
 */
import type { NamedRecord, RecordKind, RecordOutcome } from "../commands/record-outcome.js";
import { fieldWords } from "../crm/fields.js";
import { contactLabel, listing, mostNamed, organizationLabel, type Labels } from "./contact-label.js";
import { labelsFollow } from "./departure-lines.js";
import { problemLine } from "./record-problems.js";

type Told = Exclude<RecordOutcome, { readonly type: "organization_unknown" }>;

export function recordLines(outcome: Told, labels: Labels): readonly string[] {
  switch (outcome.type) {
    case "record_created":
      return [`Created ${label(outcome.record, labels)}.`];
    case "record_unchanged":
      return [`Nothing to change: ${label(outcome.record, labels)} is so already.`];
    case "record_gone":
      return [`Nothing was changed: this ${outcome.record.kind} is no longer there.`];
    case "record_edited": {
      const fields = listing(outcome.fields.map((field) => fieldWords[field]));
      const changed = `Changed the ${fields} of ${label(outcome.record, labels)}.`;
      return [isRename(outcome) ? `${changed} ${labelsFollow}` : changed];
    }
    case "record_taken":
      return [taken(outcome, labels)];
    case "record_unfit":
      return unfitLines(outcome);
    case "record_states":
      return stateLines(outcome, labels);
    case "record_unclear":
      return unclearLines(outcome, labels);
  }
}

const label = ({ kind, number }: NamedRecord, labels: Labels): string =>
  kind === "contact" ? contactLabel(number, labels) : organizationLabel(number, labels);

const isRename = ({ record, fields }: Of<"record_edited">): boolean =>
  record.kind === "organization" && fields.includes("name");

type Of<T extends Told["type"]> = Extract<Told, { readonly type: T }>;

function taken({ field, by }: Of<"record_taken">, labels: Labels): string {
  const [what, where] =
    field === "email"
      ? ["address", `change that one with \`/edit_contact [contact:${by.number}] …\``]
      : ["name", `change that one with \`/edit_organization [organization:${by.number}] …\``];
  return `Nothing was done: ${label(by, labels)} has this ${what} already. Give another one, or ${where}.`;
}

function unfitLines({ kind, problems }: Of<"record_unfit">): readonly string[] {
  const [first, ...others] = problems.map((problem) => problemLine(kind, problem));
  if (first === undefined) return [];
  return others.length === 0
    ? [`Nothing was done. ${first}`]
    : ["Nothing was done:", ...[first, ...others].map((line) => `- ${line}`)];
}

function stateLines({ kind, state, changed, already }: Of<"record_states">, labels: Labels) {
  const done = state === "active" ? "Activated" : "Deactivated";
  const was = state === "active" ? "Active already" : "Inactive already";
  return [
    ...(changed.length > 0 ? [`${done} ${several(kind, changed, labels)}.`] : []),
    ...(already.length > 0 ? [`${was}: ${several(kind, already, labels)}.`] : []),
  ];
}

function several(kind: RecordKind, numbers: readonly number[], labels: Labels): string {
  const named = numbers.slice(0, mostNamed).map((number) => label({ kind, number }, labels));
  const rest = numbers.length - mostNamed;
  return listing(rest > 0 ? [...named, `${rest} more`] : named);
}

const examples: Readonly<Record<RecordKind, string>> = {
  contact: "an e-mail address, `[contact:42]` or `[contact:First Last]`",
  organization: "`[organization:7]` or `[organization:Name]`",
};

function unclearLines(
  { kind, why, argument, near }: Of<"record_unclear">,
  labels: Labels,
): readonly string[] {
  const subjects = {
    unknown: `Reference ${argument} matches no ${kind}.`,
    ambiguous: `Reference ${argument} fits several ${kind}s.`,
    open: `Reference ${argument} is not closed.`,
    misfit: `Argument ${argument} names no ${kind}.`,
  } as const;
  const list = near.map((number) => `- ${label({ kind, number }, labels)}`);
  const remedy =
    list.length > 0
      ? `Name the one you mean by its number, as in \`[${kind}:42]\`:`
      : `Write ${examples[kind]}.`;
  return [`${subjects[why]} ${remedy}`, ...list];
}
