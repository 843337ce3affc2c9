/**
 * Which record a reference means, for quick actions that change records: a number, or the outcome
 * that says why there is none. Near ones are named without boxes: a tick could not repeat the line.
 */
import type { ReferenceArgument } from "../quick-actions/index.js";
import type { RecordCall, RecordTools } from "./record-call.js";
import type { Numbered } from "./record-arguments.js";
import type { RecordKind, RecordOutcome } from "./record-outcome.js";

/** @returns the number of the record of this kind, or why there is none */
export function findRecord(
  kind: RecordKind,
  reference: Numbered<ReferenceArgument>,
  call: RecordCall,
  tools: RecordTools,
): Promise<number | RecordOutcome> {
  if (reference.kind !== kind) {
    return Promise.resolve({
      type: "record_unclear",
      kind,
      why: "misfit",
      argument: reference.argument,
      near: [],
    });
  }
  return kind === "contact" ? findContact(reference, call, tools) : findOrganization(reference, call, tools);
}

async function findContact(
  { value, open, argument }: Numbered<ReferenceArgument>,
  call: RecordCall,
  tools: RecordTools,
): Promise<number | RecordOutcome> {
  const unclear = (why: "unknown" | "ambiguous" | "open", near: readonly { readonly number: number }[]) =>
    unclearOf("contact", why, argument, near, call);
  const nearOnes = () =>
    call.suggestions === 0
      ? Promise.resolve([])
      : value === ""
        ? tools.contacts.list(call.source, { limit: call.suggestions })
        : tools.suggest(call.source, value, { limit: call.suggestions });
  if (open) return unclear("open", await nearOnes());
  const [resolution] = await tools.contacts.resolve(call.source, [{ value }]);
  if (resolution?.type === "found") return resolution.contact.number;
  if (resolution?.type === "ambiguous") return unclear("ambiguous", resolution.candidates);
  return unclear("unknown", await nearOnes());
}

async function findOrganization(
  { value, open, argument }: Numbered<ReferenceArgument>,
  call: RecordCall,
  tools: RecordTools,
): Promise<number | RecordOutcome> {
  const found = open ? undefined : await tools.organizations.resolve(call.source, value);
  if (found) return found.number;
  const near =
    call.suggestions === 0 ? [] : await tools.suggestOrganizations(call.source, value, call.suggestions);
  return unclearOf("organization", open ? "open" : "unknown", argument, near, call);
}

const unclearOf = (
  kind: RecordKind,
  why: "unknown" | "ambiguous" | "open",
  argument: number,
  near: readonly { readonly number: number }[],
  { suggestions }: RecordCall,
): RecordOutcome => ({
  type: "record_unclear",
  kind,
  why,
  argument,
  near: near.slice(0, suggestions).map(({ number }) => number),
});
