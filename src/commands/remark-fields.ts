/**
 * The fields of `/add_contacts`: `note:"renewal at risk" important:yes`, for all contacts of the
 * line. `note:""` clears; `important` is yes, no, true or false. All problems of a line are told together.
 */
import { nearest } from "../config/nearest.js";
import { checkNote, maxNote, type RemarkChange } from "../crm/remarks.js";
import type { Argument } from "../quick-actions/index.js";

type FieldArgument = Extract<Argument, { readonly type: "field" }>;

export type RemarkField = "note" | "important";

/** A field that does not fit, by its position among the arguments of the line, from 1. */
export type RemarkProblem =
  | { readonly code: "unknown_field"; readonly argument: number; readonly meant?: RemarkField }
  | { readonly code: "repeated"; readonly argument: number; readonly field: RemarkField }
  | { readonly code: "too_long"; readonly argument: number; readonly limit: number }
  | { readonly code: "not_yes_or_no"; readonly argument: number };

export interface GivenRemark {
  /** undefined when the line has no such field. */
  readonly remark: RemarkChange | undefined;
  readonly problems: readonly RemarkProblem[];
}

const yesOrNo: ReadonlyMap<string, boolean> = new Map([
  ["yes", true],
  ["true", true],
  ["no", false],
  ["false", false],
]);

/** Reads the fields among the arguments of a line; everything else is passed over. */
export function readRemark(given: readonly Argument[]): GivenRemark {
  const problems: RemarkProblem[] = [];
  const read: { note?: string; important?: boolean } = {};
  given.forEach((argument, index) => {
    if (argument.type !== "field") return;
    const field = readField(argument, index + 1, read);
    if ("code" in field) problems.push(field);
    else Object.assign(read, field);
  });
  return { remark: Object.keys(read).length === 0 ? undefined : read, problems };
}

function readField(
  { key, value }: FieldArgument,
  argument: number,
  read: RemarkChange,
): RemarkProblem | RemarkChange {
  if (key !== "note" && key !== "important") {
    const meant = nearest(key, ["note", "important"]);
    const isKnown = meant === "note" || meant === "important";
    return { code: "unknown_field", argument, ...(isKnown && { meant }) };
  }
  if (read[key] !== undefined) return { code: "repeated", argument, field: key };
  if (key === "note") {
    const note = checkNote(value);
    return note === "too_long" ? { code: "too_long", argument, limit: maxNote } : note;
  }
  const important = yesOrNo.get(value.trim().toLowerCase());
  return important === undefined ? { code: "not_yes_or_no", argument } : { important };
}
