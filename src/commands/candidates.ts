/** Contacts offered with tick boxes, no more than the repository wants to see. */
import type { ContactDocument } from "../store/documents.js";
import type { Candidate } from "./outcome.js";
import type { Call } from "./quick-action.js";

/** @returns as many candidates as the repository's `suggestions` allows, and whether there were more */
export function offer(
  contacts: readonly ContactDocument[],
  { suggestions }: Pick<Call, "suggestions">,
): { readonly candidates: readonly Candidate[]; readonly more: boolean } {
  return {
    candidates: asCandidates(contacts.slice(0, suggestions)),
    more: contacts.length > suggestions,
  };
}

export const asCandidates = (contacts: readonly ContactDocument[]): readonly Candidate[] =>
  contacts.map(({ number }) => ({ contact: number }));
