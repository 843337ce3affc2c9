/** What editing a contact and editing an organization have in common: one reference, and what comes out. */
import type { RecordEdited } from "../crm/records.js";
import type { ReferenceArgument } from "../quick-actions/index.js";
import type { Outcome } from "./outcome.js";
import { saidIn } from "./quick-action.js";
import type { RecordCall, RecordTools } from "./record-call.js";
import type { Numbered } from "./record-arguments.js";
import type { RecordKind, RecordOutcome, RecordProblem } from "./record-outcome.js";
import { findRecord } from "./record-references.js";
import { refusalOf } from "./record-refusal.js";

/**
 * The record to edit, or everything that is wrong with the line. A line that is carried out again
 * means the record it meant at first: its address may be another one by now.
 */
export async function findEdited(
  kind: RecordKind,
  reference: Numbered<ReferenceArgument> | undefined,
  problems: readonly RecordProblem[],
  call: RecordCall,
  tools: RecordTools,
): Promise<number | readonly Outcome[]> {
  const unfit: readonly Outcome[] = problems.length > 0 ? [{ type: "record_unfit", kind, problems }] : [];
  if (reference === undefined) return [{ type: "one_reference", kind }, ...unfit];
  const begun = await tools.records.begun(saidIn(call));
  const [known] = (kind === "contact" ? begun?.contacts : begun?.organizations) ?? [];
  if (known !== undefined) return known;
  const found = await findRecord(kind, reference, call, tools);
  if (typeof found !== "number") return [found, ...unfit];
  return unfit.length > 0 ? unfit : found;
}

export function editedOutcome(kind: RecordKind, number: number, edited: RecordEdited): RecordOutcome {
  const record = { kind, number };
  switch (edited.type) {
    case "edited":
      return { type: "record_edited", record, fields: edited.fields };
    case "unchanged":
      return { type: "record_unchanged", record };
    case "unknown":
      return { type: "record_gone", record };
    case "unfit":
    case "taken":
      return refusalOf(kind, edited);
  }
}
