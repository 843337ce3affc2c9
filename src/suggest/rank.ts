/**
 * Fuse.js says who is most like the query. Addresses are compared as a whole and by their local
 * part, names in both orders, all folded. The options are measured, not guessed: see DESIGN §9.
 */
import { distance } from "fastest-levenshtein";
import Fuse from "fuse.js";
import { fold } from "../crm/fold.js";
import { splitAddress } from "../crm/search-keys.js";
import type { Candidate } from "./candidates.js";
import type { Query } from "./query.js";

export interface Ranked<T> {
  readonly contact: T;
  /** 0 is a perfect match. */
  readonly score: number;
}

/** Worse matches are noise, better to say nothing than to name a stranger: */
const worstScore = 0.4;
/** ... unless the whole address or name is but so many letters per edit away. Fuse.js is hard on swapped letters. */
const lettersPerEdit = 5;
const mostEdits = 3;

/** Those that are like the query, best first. */
export function rank<T extends Candidate>(query: Query, contacts: readonly T[]): Ranked<T>[] {
  const patterns = query.isAddress
    ? [{ address: query.text }, { local: query.local }]
    : [{ address: query.text }, { name: query.nameKey }, { reversed: query.nameKey }];
  const fuse = new Fuse(contacts.map(comparable), {
    threshold: 0.6,
    ignoreFieldNorm: true,
    includeScore: true,
    keys: ["address", "local", "name", "reversed"],
  });
  return fuse
    .search({ $or: patterns.filter((pattern) => !Object.values(pattern).includes("")) })
    .map(({ item, score = 1 }) => ({ contact: item.contact, score }))
    .filter(({ score, contact }) => score <= worstScore || isTypo(query, contact));
}

/** Is the query the contact's whole address or name but for a few letters? */
function isTypo(query: Query, contact: Candidate): boolean {
  const typed = query.isAddress ? query.text : query.nameKey;
  const whole = query.isAddress ? [fold(contact.emailKey ?? "")] : [contact.nameKey, contact.reversedNameKey];
  const edits = Math.min(mostEdits, Math.floor(typed.length / lettersPerEdit));
  return whole.some((text) => distance(typed, text) <= edits);
}

function comparable<T extends Candidate>(contact: T) {
  const address = fold(contact.emailKey ?? "");
  const { nameKey: name, reversedNameKey: reversed } = contact;
  return { contact, address, local: splitAddress(address).local, name, reversed };
}
