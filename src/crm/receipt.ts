/** What a merge or an erasure has changed, as its event in the audit trail says: counts and names of fields. */
import type { EventDocument } from "../store/documents.js";

export interface Receipt {
  /** Issues that were linked to what has gone. */
  readonly issues: number;
  /** Contacts that belonged to it. */
  readonly employed: number;
  /** Names of the fields that the record that stays has taken over. */
  readonly fields: readonly string[];
}

/** `gone`: what it named does not exist (any more). */
export type Departed =
  | { readonly type: "done"; readonly receipt: Receipt }
  | { readonly type: "already_done" }
  | { readonly type: "gone" };

export const receiptOf = ({ issues = 0, employed = 0, fields = [] }: EventDocument): Receipt => ({
  issues,
  employed,
  fields,
});
