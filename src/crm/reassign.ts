/**
 * Contacts of an organization that is merged or erased: they go to its successor, or belong to none.
 * In batches, each contact conditional on what was read, so that no edit is lost; can be begun again.
 */
import { setImmediate } from "node:timers/promises";
import type { ContactDocument, OrganizationDocument, Source } from "../store/documents.js";
import type { BulkStep, Store } from "../store/store.js";
import { later } from "./contact-document.js";
import { dueFrom } from "./due.js";
import { successorOf } from "./successors.js";

const batch = 100;
const maxRaces = 100;
/** As far as contacts of one organization are counted. */
const mostCounted = 10_000;

/** @param into the organization they go to; undefined for none */
export async function reassignAll(
  store: Store,
  { account, group }: Source,
  organization: number,
  into: number | undefined,
  now: () => Date,
): Promise<void> {
  const contacts = store.collection<ContactDocument>("contacts");
  for (;;) {
    const found = await contacts.find({ account, group, organization }, { limit: batch });
    if (found.length === 0) return;
    await contacts.bulk(found.map((contact) => reassign(contact, into, now())));
    await setImmediate();
  }
}

/** How many contacts belong to any of the organizations; counts up to `mostCounted`. */
export const countEmployed = (
  store: Store,
  { account, group }: Source,
  organizations: readonly number[],
): Promise<number> =>
  store
    .collection<ContactDocument>("contacts")
    .count({ account, group, organization: { $in: organizations } }, { limit: mostCounted });

/**
 * Whoever gives a contact an organization looks afterwards whether that is leaving or gone, and puts
 * it right: so the contact is either found by `reassignAll` or settled here.
 * @returns the contact as it is now; undefined when it is gone
 */
export async function settleEmployer(
  store: Store,
  contact: ContactDocument,
  now: () => Date,
): Promise<ContactDocument | undefined> {
  const contacts = store.collection<ContactDocument>("contacts");
  let current: ContactDocument | undefined = contact;
  for (let race = 0; race < maxRaces; race++) {
    if (current?.organization === undefined) return current;
    if (await isStaying(store, current, current.organization)) return current;
    const into = await successorOf(store, "organizations", current, current.organization);
    const { updateOne } = reassign(current, into, now());
    const after: ContactDocument | undefined = await contacts.findOneAndUpdate(
      updateOne.filter,
      updateOne.update,
      { returns: "after" },
    );
    current = after ?? (await contacts.findOne({ _id: contact._id }));
  }
  throw new Error(`contact ${contact._id} kept changing under a conditional write`);
}

/** A contact by where it is, and the organization that it was seen in or put into. */
export type Employed = Pick<ContactDocument, "_id" | "organization">;

/**
 * The same for many at once, as an import writes them: one look at all their organizations, and more
 * only for those that are leaving or gone.
 * @returns the numbers of these organizations
 */
export async function settleEmployers(
  store: Store,
  { account, group }: Source,
  employed: readonly Employed[],
  now: () => Date,
): Promise<ReadonlySet<number>> {
  const asked = [...new Set(employed.flatMap(({ organization }) => organization ?? []))];
  if (asked.length === 0) return new Set();
  const found = await store
    .collection<OrganizationDocument>("organizations")
    .find(
      { account, group, number: { $in: asked } },
      { limit: asked.length, projection: ["number", "leaving"] },
    );
  const staying = new Set(found.flatMap(({ number, leaving }) => (leaving ? [] : [number])));
  for (const { _id, organization } of employed) {
    if (organization === undefined || staying.has(organization)) continue;
    const contact = await store.collection<ContactDocument>("contacts").findOne({ _id });
    if (contact) await settleEmployer(store, contact, now);
  }
  return new Set(asked.filter((number) => !staying.has(number)));
}

async function isStaying(store: Store, { account, group }: Source, number: number): Promise<boolean> {
  const organization = await store
    .collection<OrganizationDocument>("organizations")
    .findOne({ account, group, number }, { projection: ["leaving"] });
  return organization !== undefined && organization.leaving === undefined;
}

type Reassignment = Extract<BulkStep<ContactDocument>, { readonly updateOne: unknown }>;

function reassign(
  { _id, updatedAt }: ContactDocument,
  organization: number | undefined,
  now: Date,
): Reassignment {
  const touched = { updatedAt: later(updatedAt, now), labelsDue: dueFrom(now) };
  const update =
    organization === undefined
      ? { $set: touched, $unset: { organization: true as const } }
      : { $set: { ...touched, organization } };
  return { updateOne: { filter: { _id, updatedAt }, update } };
}
