/**
 * Creating and editing contacts. What does not fit or collides comes back as data. An edit is
 * conditional on what was read, so that two people who edit at once both get their fields in.
 */
import type { ContactDocument, OrganizationDocument, Source } from "../store/documents.js";
import { DuplicateKeyError, type Store } from "../store/store.js";
import { changedContactFields, contactUpdate, fieldsOf, newContact } from "./contact-document.js";
import type { ContactLookup } from "./contact-lookup.js";
import { takeNumbers } from "./counters.js";
import { dueFrom } from "./due.js";
import {
  checkContact,
  type ContactFields,
  type ContactInput,
  type FieldName,
  type FieldProblem,
} from "./fields.js";
import { foldEmail } from "./fold.js";
import { settleEmployer } from "./reassign.js";

/** Why a contact was not written. */
export type ContactRefusal =
  | { readonly type: "unfit"; readonly problems: readonly FieldProblem[] }
  /** Another contact of the source has this address. */
  | { readonly type: "email_taken"; readonly by: ContactDocument };

export type Created = { readonly type: "created"; readonly contact: ContactDocument } | ContactRefusal;

export type Edited =
  | { readonly type: "updated"; readonly contact: ContactDocument }
  | { readonly type: "unchanged"; readonly contact: ContactDocument }
  | { readonly type: "unknown" }
  | ContactRefusal;

/**
 * Called when a new record has passed all checks, with the number meant for it, before it is written.
 * @returns the number it gets: for a step that is repeated the one it was given first
 */
export type AnnounceNew = (number: number) => Promise<number>;

/** Called when an edit has passed all checks, with the fields it changes, before it is written. */
export type AnnounceEdit = (fields: readonly FieldName[]) => Promise<unknown>;

const asAnnounced: AnnounceNew = (number) => Promise.resolve(number);

/** An edit is lost to another one at most this often before something else must be wrong. */
const maxRaces = 20;

export async function createContact(
  store: Store,
  lookup: ContactLookup,
  source: Source,
  input: ContactInput,
  now: Date,
  announce: AnnounceNew = asAnnounced,
): Promise<Created> {
  const checked = checkContact(input);
  if (checked.type === "unfit") return checked;
  const { fields } = checked;
  const refusal = await refuse(store, lookup, source, fields);
  if (refusal) return refusal;

  const number = await announce(await takeNumbers(store, source.account, "contacts"));
  const contact = { ...newContact(source, number, fields, now), ...dueIfEmployed(fields, now) };
  const write = () => store.collection<ContactDocument>("contacts").insertOne(contact);
  const taken = await writeUnlessTaken(lookup, source, fields, write);
  if (taken) return taken;
  const settled = await settleEmployer(store, contact, () => now);
  return { type: "created", contact: settled ?? contact };
}

/** The mark has the organization looked at once more, should this be the last that is heard of us. */
const dueIfEmployed = ({ organization }: ContactFields, now: Date) =>
  organization !== undefined && { labelsDue: dueFrom(now) };

export async function editContact(
  store: Store,
  lookup: ContactLookup,
  source: Source,
  number: number,
  changes: ContactInput,
  now: Date,
  announce?: AnnounceEdit,
): Promise<Edited> {
  for (let race = 0; race < maxRaces; race++) {
    const before = (await lookup.byNumbers(source, [number])).get(number);
    if (!before || before.leaving) return { type: "unknown" };
    const edited = await editOnce(store, lookup, source, before, changes, now, announce);
    if (edited !== "lost") return edited;
  }
  throw new Error(`contact ${source.account}:${number} kept changing under a conditional write`);
}

async function editOnce(
  store: Store,
  lookup: ContactLookup,
  source: Source,
  before: ContactDocument,
  changes: ContactInput,
  now: Date,
  announce?: AnnounceEdit,
): Promise<Edited | "lost"> {
  const checked = checkContact(changes, fieldsOf(before));
  if (checked.type === "unfit") return checked;
  const { fields } = checked;
  const refusal = await refuse(store, lookup, source, fields, before);
  if (refusal) return refusal;

  const update = contactUpdate(before, fields, now);
  if (!update) {
    // An earlier try may have been killed between its write and this.
    const settled = await settleEmployer(store, before, () => now);
    return { type: "unchanged", contact: settled ?? before };
  }
  await announce?.(changedContactFields(fieldsOf(before), fields));
  let after: ContactDocument | undefined;
  const write = async () => {
    after = await store
      .collection<ContactDocument>("contacts")
      .findOneAndUpdate(
        { _id: before._id, updatedAt: before.updatedAt, leaving: { $exists: false } },
        update,
        { returns: "after" },
      );
  };
  const taken = await writeUnlessTaken(lookup, source, fields, write);
  if (taken) return taken;
  if (!after) return "lost";
  const settled = await settleEmployer(store, after, () => now);
  return { type: "updated", contact: settled ?? after };
}

/** What only the store can tell: is the organization there, is the address free? Only changed fields are asked about. */
async function refuse(
  store: Store,
  lookup: ContactLookup,
  source: Source,
  fields: ContactFields,
  before?: ContactDocument,
): Promise<ContactRefusal | undefined> {
  const { email, organization } = fields;
  if (organization !== undefined && organization !== before?.organization) {
    if (!(await hasOrganization(store, source, organization))) return unknownOrganization;
  }
  if (email === undefined || foldEmail(email) === before?.emailKey) return undefined;
  const by = (await lookup.byEmails(source, [email])).get(foldEmail(email));
  return by && { type: "email_taken", by };
}

async function hasOrganization(store: Store, { account, group }: Source, number: number): Promise<boolean> {
  const organizations = store.collection<OrganizationDocument>("organizations");
  return (await organizations.count({ account, group, number }, { limit: 1 })) === 1;
}

// GitLab's own rule and nearly its words: "was not found or does not belong to this group".
const unknownOrganization: ContactRefusal = {
  type: "unfit",
  problems: [
    { field: "organization", code: "unknown", message: "There is no such organization in this group." },
  ],
};

/** @returns who has the address, when the unique index says that somebody was faster */
async function writeUnlessTaken(
  lookup: ContactLookup,
  source: Source,
  { email = "" }: ContactFields,
  write: () => Promise<void>,
): Promise<ContactRefusal | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    if (!(error instanceof DuplicateKeyError) || !error.fields.includes("emailKey")) throw error;
    const by = (await lookup.byEmails(source, [email])).get(foldEmail(email));
    if (!by) throw error;
    return { type: "email_taken", by };
  }
}
