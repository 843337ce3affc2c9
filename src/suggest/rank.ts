/**
 * Fuse.js says who is most like the query. Addresses are compared as a whole and by their local
 * part, names in both orders, all folded. The options are measured, not guessed: see DESIGN §9.
 */
import Fuse from "fuse.js";
import { fold } from "../crm/fold.js";
import { splitAddress } from "../crm/search-keys.js";
import type { Candidate } from "./candidates.js";
import { edits } from "./edits.js";
import type { Query } from "./query.js";

export interface Ranked<T> {
  readonly contact: T;
  /** 0 is a perfect match. */
  readonly score: number;
}

/** Worse matches are noise, better to say nothing than to name a stranger; but see `isNear`. */
const worstScore = 0.4;
/** Fuse.js is hard on short texts: so many letters may have one edit among them. */
const lettersPerEdit = 4;
const mostEdits = 2;

/** At most `limit` of them that are like the query, best first. */
export function rank<T extends Candidate>(query: Query, contacts: readonly T[], limit: number): Ranked<T>[] {
  const patterns = query.isAddress
    ? [{ address: query.text }, { local: query.local }]
    : [{ address: query.text }, { name: query.nameKey }, { reversed: query.nameKey }];
  const fuse = new Fuse(contacts.map(comparable), {
    threshold: 0.6,
    ignoreFieldNorm: true,
    includeScore: true,
    keys: ["address", "local", "name", "reversed"],
  });
  const chosen: Ranked<T>[] = [];
  for (const { item, score = 1 } of fuse.search({ $or: patterns.filter(isSomething) })) {
    if (chosen.length >= limit) break;
    if (score <= worstScore || isNear(query, item.contact)) chosen.push({ contact: item.contact, score });
  }
  return chosen;
}

const isSomething = (pattern: Readonly<Record<string, string>>) => !Object.values(pattern).includes("");

/** Is the query the whole address or name but for a few letters, or a name cut short ("j doe")? */
function isNear(query: Query, contact: Candidate): boolean {
  const typed = query.isAddress ? query.text : query.nameKey;
  const most = Math.min(mostEdits, Math.floor(typed.length / lettersPerEdit));
  if (query.isAddress) return edits(typed, fold(contact.emailKey ?? ""), most) <= most;
  const names = [contact.nameKey, contact.reversedNameKey];
  return names.some((name) => beginsWords(typed, name) || edits(typed, name, most) <= most);
}

/** Does every word of the query begin a word of the name, one after the other? */
function beginsWords(typed: string, name: string): boolean {
  const words = name.split(" ");
  return typed.split(" ").every((part) => {
    const found = words.findIndex((word) => word.startsWith(part));
    return found >= 0 && words.splice(0, found + 1).length > 0;
  });
}

function comparable<T extends Candidate>(contact: T) {
  const address = fold(contact.emailKey ?? "");
  const { nameKey: name, reversedNameKey: reversed } = contact;
  return { contact, address, local: splitAddress(address).local, name, reversed };
}
