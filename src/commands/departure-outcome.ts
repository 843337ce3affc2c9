/** What merging or erasing records would change, or has changed: counts and names of fields, never a value. */
import type { Forecast } from "../crm/forecast.js";
import type { Offer } from "./deed.js";
import type { RecordKind } from "./record-outcome.js";

/** So many duplicates can be merged by one line. */
export const maxDuplicates = 10;

export type DepartureOutcome =
  | {
      /** What would change, or, once its box is ticked, what has changed (the offer's receipt). */
      readonly type: "departure";
      readonly kind: RecordKind;
      readonly forecast: Pick<Forecast, "issues" | "employed" | "fields">;
      readonly offers: readonly Offer[];
    }
  | { readonly type: "merge_unfit"; readonly kind: RecordKind; readonly why: "too_few" | "too_many" };
