/**
 * Contacts (DESIGN §1): look-ups, lists, creating and editing. Everything happens within one
 * contact source, an account and a group: nobody reaches another group's contact by its number.
 */
import type { ContactDocument, RecordState, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import { createContactLookup, type ContactLookup } from "./contact-lookup.js";
import {
  createContact,
  editContact,
  type AnnounceEdit,
  type AnnounceNew,
  type Created,
  type Edited,
} from "./contact-writes.js";
import type { ContactInput } from "./fields.js";
import { successorOf } from "./successors.js";
import { resolveReferences, type Resolution } from "./references.js";

export type { ContactRefusal, Created, Edited } from "./contact-writes.js";
export type { Resolution } from "./references.js";

export interface Counts {
  readonly all: number;
  readonly active: number;
  readonly inactive: number;
}

export interface Contacts extends ContactLookup {
  /** What each reference names, in the same order; one look-up per kind (references.ts). */
  resolve(source: Source, references: readonly { readonly value: string }[]): Promise<readonly Resolution[]>;
  /** The first `limit` contacts by last name, then first name. */
  list(
    source: Source,
    options: { readonly state?: RecordState; readonly limit: number },
  ): Promise<readonly ContactDocument[]>;
  /** The next `limit` contacts by number, above `after` (0 to start). */
  page(
    source: Source,
    options: { readonly state?: RecordState; readonly after: number; readonly limit: number },
  ): Promise<readonly ContactDocument[]>;
  /** Counts up to 100,000. */
  counts(source: Source): Promise<Counts>;
  create(source: Source, input: ContactInput, announce?: AnnounceNew): Promise<Created>;
  /** Lays `changes` over the contact; `ContactInput` says what clears a field. */
  update(source: Source, number: number, changes: ContactInput, announce?: AnnounceEdit): Promise<Edited>;
  /** For a step that began when the organization it names was there: with the one that it has become, or none. */
  withEmployerOfNow(source: Source, input: ContactInput): Promise<ContactInput>;
}

const countLimit = 100_000;

export function createContacts(store: Store, now: () => Date = () => new Date()): Contacts {
  const contacts = store.collection<ContactDocument>("contacts");
  const lookup = createContactLookup(store);

  return {
    ...lookup,
    resolve: (source, references) => resolveReferences(lookup, source, references),

    list: ({ account, group }, { state, limit }) =>
      contacts.find(
        { account, group, ...(state && { state }) },
        { sort: { account: 1, group: 1, reversedNameKey: 1 }, limit },
      ),

    page: ({ account, group }, { state, after, limit }) =>
      contacts.find(
        { account, group, number: { $gt: after }, ...(state && { state }) },
        { sort: { account: 1, group: 1, number: 1 }, limit },
      ),

    async counts({ account, group }) {
      const [all, inactive] = await Promise.all([
        contacts.count({ account, group }, { limit: countLimit }),
        contacts.count({ account, group, state: "inactive" }, { limit: countLimit }),
      ]);
      return { all, active: all - inactive, inactive };
    },

    create: (source, input, announce) => createContact(store, lookup, source, input, now(), announce),
    update: (source, number, changes, announce) =>
      editContact(store, lookup, source, number, changes, now(), announce),

    async withEmployerOfNow(source, input) {
      if (typeof input.organization !== "number") return input;
      const organization = await successorOf(store, "organizations", source, input.organization);
      return { ...input, organization: organization ?? "none" };
    },
  };
}
