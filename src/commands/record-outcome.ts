/**
 * What became of contacts and organizations that a quick action was to create or change. As in all
 * outcomes: numbers, positions and names of fields, never a value.
 */
import type { FieldName, FieldProblem } from "../crm/fields.js";
import type { RecordState } from "../store/documents.js";
import type { Offer } from "./deed.js";

export type RecordKind = "contact" | "organization";

export interface NamedRecord {
  readonly kind: RecordKind;
  readonly number: number;
}

/** What does not fit in a line that keeps records; nothing of the line is done. */
export type RecordProblem =
  | FieldProblem
  | {
      readonly code: "unknown_field";
      readonly argument: number;
      /** The field's key that is probably meant. */
      readonly meant?: string;
    }
  /** The same field again, or a second address or organization. */
  | { readonly code: "repeated_field"; readonly argument: number }
  /** `state:`, which has quick actions of its own. */
  | { readonly code: "state_field"; readonly argument: number }
  /** Text or a reference that says nothing here. */
  | { readonly code: "misplaced"; readonly argument: number };

export type RecordOutcome =
  | { readonly type: "record_created" | "record_unchanged" | "record_gone"; readonly record: NamedRecord }
  | {
      readonly type: "record_edited";
      readonly record: NamedRecord;
      /** Those that changed. */
      readonly fields: readonly FieldName[];
    }
  | {
      /** Another record has this address or name. */
      readonly type: "record_taken";
      readonly field: "email" | "name";
      readonly by: NamedRecord;
    }
  | { readonly type: "record_unfit"; readonly kind: RecordKind; readonly problems: readonly RecordProblem[] }
  | {
      readonly type: "record_states";
      readonly kind: RecordKind;
      readonly state: RecordState;
      readonly changed: readonly number[];
      /** They were in this state before. */
      readonly already: readonly number[];
    }
  | {
      /** A reference that names no record, or several, or (`misfit`) none of this kind. */
      readonly type: "record_unclear";
      readonly kind: RecordKind;
      readonly why: "unknown" | "ambiguous" | "open" | "misfit";
      readonly argument: number;
      /** Those that may be meant, best first. */
      readonly near: readonly number[];
    }
  | {
      /** The contact was written without this organization, because there is none of that name. */
      readonly type: "organization_unknown";
      readonly record: NamedRecord;
      readonly offers: readonly Offer[];
    };

/** Did it create or change a record by itself? */
export const changedRecord = (outcome: RecordOutcome): boolean =>
  outcome.type === "record_created" ||
  outcome.type === "record_edited" ||
  (outcome.type === "record_states" && outcome.changed.length > 0);

/** The records of one kind that an outcome names, boxes left out. */
export function recordsOf(outcome: RecordOutcome, kind: RecordKind): readonly number[] {
  switch (outcome.type) {
    case "record_taken":
      return numberOf(outcome.by, kind);
    case "record_states":
      return outcome.kind === kind ? [...outcome.changed, ...outcome.already] : [];
    case "record_unclear":
      return outcome.kind === kind ? outcome.near : [];
    case "record_unfit":
      return [];
    case "record_created":
    case "record_unchanged":
    case "record_gone":
    case "record_edited":
    case "organization_unknown":
      return numberOf(outcome.record, kind);
  }
}

const numberOf = (record: NamedRecord, kind: RecordKind): readonly number[] =>
  record.kind === kind ? [record.number] : [];

const types: Readonly<Record<RecordOutcome["type"], true>> = {
  record_created: true,
  record_unchanged: true,
  record_gone: true,
  record_edited: true,
  record_taken: true,
  record_unfit: true,
  record_states: true,
  record_unclear: true,
  organization_unknown: true,
};

export const isRecordOutcome = (outcome: { readonly type: string }): outcome is RecordOutcome =>
  Object.hasOwn(types, outcome.type);
