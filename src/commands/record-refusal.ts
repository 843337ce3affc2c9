/** Why a record was not written, as an outcome. */
import type { Refused } from "../crm/records.js";
import type { RecordKind, RecordOutcome } from "./record-outcome.js";

export function refusalOf(kind: RecordKind, refused: Refused): RecordOutcome {
  switch (refused.type) {
    case "unfit":
      return { type: "record_unfit", kind, problems: refused.problems };
    case "taken":
      return { type: "record_taken", field: refused.field, by: { kind, number: refused.by } };
  }
}
