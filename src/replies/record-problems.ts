/** What does not fit in a line that keeps records: one sentence each, with its remedy, never with what was typed. */
import { contactKeys } from "../commands/contact-input.js";
import { organizationKeys } from "../commands/organization-input.js";
import type { RecordKind, RecordProblem } from "../commands/record-outcome.js";
import { listing } from "./contact-label.js";
import { escapeMessage } from "./escape.js";

const keys: Readonly<Record<RecordKind, readonly string[]>> = {
  contact: contactKeys,
  organization: organizationKeys,
};

const articles: Readonly<Record<RecordKind, string>> = {
  contact: "a contact",
  organization: "an organization",
};

export function problemLine(kind: RecordKind, problem: RecordProblem): string {
  switch (problem.code) {
    case "unknown_field":
      return `Argument ${problem.argument} is no field of ${articles[kind]}. ${fieldHint(kind, problem.meant)}`;
    case "repeated_field":
      return `Argument ${problem.argument} gives a field again that this line has already. Keep one of them.`;
    case "state_field":
      return `Argument ${problem.argument} is no field to edit. Use \`/activate_${kind}\` or \`/deactivate_${kind}\`.`;
    case "misplaced":
      return (
        `Argument ${problem.argument} does not belong here. ` +
        `Write \`key:value\`, with quotation marks around several words: ${keyList(kind)}.`
      );
    case "required":
    case "too_long":
    case "too_many":
    case "malformed":
    case "public_provider":
    case "unknown":
      return escapeMessage(problem.message);
  }
}

const fieldHint = (kind: RecordKind, meant: string | undefined): string =>
  meant === undefined ? `The fields are ${keyList(kind)}.` : `Did you mean \`${meant}:\`?`;

const keyList = (kind: RecordKind): string => listing(keys[kind].map((key) => `\`${key}:\``));
