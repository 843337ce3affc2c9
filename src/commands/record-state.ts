/**
 * /activate_contact, /deactivate_contact and the same for organizations: any number of references,
 * each with its own outcome. A record that is in that state already is no error.
 */
import type { RecordState } from "../store/documents.js";
import type { Argument, ReferenceArgument } from "../quick-actions/index.js";
import type { Outcome } from "./outcome.js";
import { saidIn } from "./quick-action.js";
import type { RecordCall, RecordTools } from "./record-call.js";
import type { Numbered } from "./record-arguments.js";
import type { RecordKind, RecordOutcome } from "./record-outcome.js";
import { findRecord } from "./record-references.js";

/** Carries out a line that puts records of one kind into a state. */
export async function setStates(
  kind: RecordKind,
  state: RecordState,
  call: RecordCall,
  tools: RecordTools,
): Promise<readonly Outcome[]> {
  if (call.arguments.length === 0) return [{ type: "one_reference", kind }];
  const found = await Promise.all(
    call.arguments.map(async (typed, index) => {
      const reference = referenceAt(typed, index);
      return reference === undefined ? misfit(kind, index + 1) : findRecord(kind, reference, call, tools);
    }),
  );
  const numbers = [...new Set(found.filter((one) => typeof one === "number"))];
  const unclear = found.filter((one) => typeof one !== "number");
  if (numbers.length === 0) return unclear;
  const records = kind === "contact" ? tools.records.contacts : tools.records.organizations;
  const changed = await records.setState(numbers, state, saidIn(call));
  const already = numbers.filter((number) => !changed.includes(number));
  return [{ type: "record_states", kind, state, changed, already }, ...unclear];
}

const referenceAt = (typed: Argument, index: number): Numbered<ReferenceArgument> | undefined =>
  typed.type === "reference" ? { ...typed, argument: index + 1 } : undefined;

const misfit = (kind: RecordKind, argument: number): RecordOutcome => ({
  type: "record_unclear",
  kind,
  why: "misfit",
  argument,
  near: [],
});
