/**
 * Who comes into question for a query: contacts that share its rarest search keys, ranked by how
 * rare these are, and contacts whose name or address begins like it. Reads a few hundred documents by
 * key, however many contacts there are (what fewer would cost in recall: BENCHMARKS.md).
 */
import { isCjk } from "../crm/fold.js";
import type { ContactDocument, RecordState, Source } from "../store/documents.js";
import type { Collection, Filter } from "../store/store.js";
import type { Frequencies } from "./frequencies.js";
import type { Query } from "./query.js";

/** What ranking needs to know of a contact. */
export type Candidate = Pick<
  ContactDocument,
  "_id" | "number" | "nameKey" | "reversedNameKey" | "emailKey" | "state"
>;

/** Documents that the chosen keys may have together, estimated: more contacts share a key where there are more. */
const budgetOf = (contacts: number): number => Math.min(600, Math.max(250, contacts / 1_500));
/** A guard for when the estimate is wrong. */
const mostRead = 1_000;
/** More than this many would make Fuse.js slow (10 to 40 µs each). */
const mostRanked = 80;
const mostPerPrefix = 20;
/** A source of no more contacts is ranked as a whole: nothing can be missed there. */
const fewContacts = 200;

const ranked = ["number", "nameKey", "reversedNameKey", "emailKey", "state"] as const;

export async function findCandidates(
  contacts: Collection<ContactDocument>,
  source: Source & { readonly state?: RecordState },
  query: Query,
  frequencies: Frequencies,
): Promise<Candidate[]> {
  if (frequencies.size <= fewContacts) {
    const all = await contacts.find({ ...source }, { limit: fewContacts + 1, projection: ranked });
    if (all.length <= fewContacts) return all; // else it has grown since it was sampled
  }
  const [byPrefix, byKeys] = await Promise.all([
    Promise.all(
      prefixFilters(query).map((filter) => contacts.find({ ...source, ...filter }, prefixOptions(filter))),
    ),
    findByKeys(contacts, source, query.keys, frequencies),
  ]);
  return [...new Map([...byPrefix.flat(), ...byKeys].map((contact) => [contact._id, contact])).values()];
}

async function findByKeys(
  contacts: Collection<ContactDocument>,
  source: Source & { readonly state?: RecordState },
  keys: readonly string[],
  frequencies: Frequencies,
): Promise<ContactDocument[]> {
  const chosen = rarest(keys, frequencies);
  if (chosen.length === 0) return [];
  const options = { limit: mostRead, projection: [...ranked, "keys"] };
  const found = await contacts.find({ ...source, keys: { $in: chosen } }, options);
  const weights = new Map(
    keys.map((key) => [key, Math.log(1 + frequencies.size / frequencies.estimate(key))]),
  );
  return found
    .map((contact) => ({ contact, weight: weightOf(contact.keys, weights) }))
    .sort((a, b) => b.weight - a.weight || a.contact.number - b.contact.number)
    .slice(0, mostRanked)
    .map(({ contact }) => contact);
}

/** The rarest keys, as many as fit the budget, and at least one. */
function rarest(keys: readonly string[], frequencies: Frequencies): string[] {
  const budget = budgetOf(frequencies.size);
  const counted = keys.map((key) => ({ key, count: frequencies.estimate(key) }));
  counted.sort((a, b) => a.count - b.count);
  let sum = 0;
  return counted
    .filter(({ count }, index) => {
      sum += count;
      return index === 0 || sum <= budget;
    })
    .map(({ key }) => key);
}

/** Shared keys by rarity (idf); contacts with many keys share some with anybody, so they count for less. */
function weightOf(keys: readonly string[], weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const key of keys) sum += weights.get(key) ?? 0;
  return sum / Math.sqrt(10 + keys.length);
}

/** One filter per field that may begin like the query. */
function prefixFilters(query: Query): Filter[] {
  // The right local part at any domain is the likeliest of all mistakes in an address.
  if (query.isAddress)
    return [startsWith("emailKey", query.emailKey.slice(0, query.emailKey.lastIndexOf("@") + 1))];
  const names = query.nameKey === "" ? [] : [query.nameKey];
  // Two characters are a family name, or most of one, where names have three or four.
  if (isCjk(query.nameKey) && query.nameKey.length > 2) names.push(query.nameKey.slice(0, 2));
  return [
    ...(query.local === "" ? [] : [startsWith("emailKey", query.local)]),
    ...names.flatMap((name) => [startsWith("nameKey", name), startsWith("reversedNameKey", name)]),
  ];
}

/** A prefix as the range of store.ts: up to the last code point, for rare kanji and emoji lie beyond U+FFFF. */
export const startsWith = (field: string, prefix: string): Filter => ({
  [field]: { $gte: prefix, $lt: `${prefix}\u{10ffff}` },
});

const prefixOptions = (filter: Filter) => ({
  sort: {
    account: 1,
    group: 1,
    ...Object.fromEntries(Object.keys(filter).map((field) => [field, 1 as const])),
  } as const,
  limit: mostPerPrefix,
  projection: ranked,
});
