/**
 * What an earlier try has done, in the numbers that are asked for now: a contact may have been merged
 * into another one between a try and its retry, and nobody is told that their own link was there already.
 */
import type { AppliedChange, ContactDocument, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import { successorsOf } from "./successors.js";

type Changed = Omit<AppliedChange, "action">;

/** @param asked numbers of contacts; only others are looked up, so that a first try costs nothing */
export async function asAsked(
  store: Store,
  source: Source,
  asked: readonly number[],
  changed: Changed,
): Promise<Changed> {
  const { added, removed, noted } = changed;
  const others = [...added, ...removed, ...(noted ?? [])].filter((number) => !asked.includes(number));
  if (others.length === 0) return changed;
  const successors = await successorsOf<ContactDocument>(store, "contacts", source, others);
  const now = (numbers: readonly number[]) => [
    ...new Set(
      numbers.map((number) => (asked.includes(number) ? number : (successors.get(number)?.number ?? number))),
    ),
  ];
  return { added: now(added), removed: now(removed), ...(noted && { noted: now(noted) }) };
}
