/** Remarks on links in words: behind a contact in a list, and what is wrong with the fields of a line. */
import type { RemarkProblem } from "../commands/remark-fields.js";
import type { Labels } from "./contact-label.js";
import { escapeText } from "./escape.js";

/** What stands behind a contact that has a remark: `, **important**: renewal at risk`; "" where none may be shown. */
export function remarkText(contact: number, { reveal, remarks }: Labels): string {
  const remark = reveal === "handles" ? undefined : remarks?.get(contact);
  const note = escapeText(remark?.note ?? "");
  return `${remark?.important === true ? ", **important**" : ""}${note === "" ? "" : `: ${note}`}`;
}

/** One sentence for the line, then one for each field. */
export const remarkProblemLines = (problems: readonly RemarkProblem[]): readonly string[] => [
  "Nothing was linked, because of what follows the contacts:",
  ...problems.map((problem) => `- Argument ${problem.argument} ${wrongWith(problem)}`),
];

function wrongWith(problem: RemarkProblem): string {
  switch (problem.code) {
    case "unknown_field":
      return problem.meant === undefined
        ? 'is no field of a link. Write `note:"…"` or `important:yes`.'
        : `is no field of a link. Did you mean \`${problem.meant}:\`?`;
    case "repeated":
      return `gives \`${problem.field}:\` a second time. Keep one of them.`;
    case "too_long":
      return `is too long a note. It may have ${problem.limit} characters.`;
    case "not_yes_or_no":
      return "says neither yes nor no. Write `important:yes` or `important:no`.";
  }
}

export const remarkNotTicked =
  "A tick links without the note. To set it, name the contact in `/add_contacts` together with the note once more.";
