/**
 * Who could be meant (DESIGN §9). Two stages: candidates from the store by indexed reads, then
 * Fuse.js over at most about a hundred of them. Exact look-ups (crm/references.ts) come before;
 * this is for when they find nobody.
 */
import type { ContactDocument, OrganizationDocument, RecordState, Source } from "../store/documents.js";
import type { Collection, Store } from "../store/store.js";
import { findCandidates } from "./candidates.js";
import { findByOrganization } from "./employers.js";
import { createFrequencies } from "./frequencies.js";
import { readQuery } from "./query.js";
import { rank } from "./rank.js";

export interface SuggestOptions {
  readonly limit: number;
  /** Only contacts in this state. */
  readonly state?: RecordState;
}

export interface Suggester {
  /**
   * The contacts of the source that are most like the query (as typed), at most `limit`: the best
   * ones are chosen, and of these active ones come first. Empty when nobody is like it.
   */
  suggest(source: Source, query: string, options: SuggestOptions): Promise<readonly ContactDocument[]>;
}

export function createSuggester(store: Store, { now }: { readonly now: () => Date }): Suggester {
  const contacts = store.collection<ContactDocument>("contacts");
  const organizations = store.collection<OrganizationDocument>("organizations");
  const frequenciesOf = createFrequencies(store, now);

  return {
    async suggest({ account, group }, typed, { limit, state }) {
      const query = readQuery(typed);
      if (query.keys.length === 0 || limit < 1) return []; // not a letter in it
      const where = { account, group, ...(state && { state }) };
      const [people, colleagues] = await Promise.all([
        frequenciesOf({ account, group }).then((known) => findCandidates(contacts, where, query, known)),
        findByOrganization({ contacts, organizations }, where, query),
      ]);
      const chosen = [...rank(query, people, limit), ...colleagues].sort((a, b) => a.score - b.score);
      const ids = [...new Set(chosen.map(({ contact }) => contact._id))].slice(0, limit);
      return activeFirst(await readInOrder(contacts, ids));
    },
  };
}

/** The contacts of a given list that are like the query, best first: for lists that are small, as of one issue. */
export const rankContacts = (
  query: string,
  contacts: readonly ContactDocument[],
  limit: number,
): readonly ContactDocument[] => rank(readQuery(query), contacts, limit).map(({ contact }) => contact);

async function readInOrder(contacts: Collection<ContactDocument>, ids: string[]): Promise<ContactDocument[]> {
  if (ids.length === 0) return [];
  const found = await contacts.find({ _id: { $in: ids } }, { limit: ids.length });
  return found.sort((a, b) => ids.indexOf(a._id) - ids.indexOf(b._id));
}

const activeFirst = (contacts: readonly ContactDocument[]): readonly ContactDocument[] => [
  ...contacts.filter(({ state }) => state === "active"),
  ...contacts.filter(({ state }) => state !== "active"),
];
