/**
 * Fuse.js says who is most like the query. Addresses are compared as a whole and by their local
 * part, names in both orders, all folded. The options are measured, not guessed: see DESIGN §9.
 */
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

/** Worse matches are noise: better to say nothing than to name a stranger. */
const worstScore = 0.4;

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
    .filter(({ score }) => score <= worstScore);
}

function comparable<T extends Candidate>(contact: T) {
  const address = fold(contact.emailKey ?? "");
  const { nameKey: name, reversedNameKey: reversed } = contact;
  return { contact, address, local: splitAddress(address).local, name, reversed };
}
