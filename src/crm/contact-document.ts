/**
 * A contact as it is stored: its fields and everything that is derived from them, always written
 * together so that look-ups never see a name without its keys.
 */
import type { ContactDocument, Source } from "../store/documents.js";
import type { Update } from "../store/store.js";
import type { ContactFields } from "./fields.js";
import { foldEmail, nameKeys } from "./fold.js";
import { dueFrom } from "./due.js";
import { contactKeys } from "./search-keys.js";

export const contactId = (account: number, number: number): string => `${account}:${number}`;

/** A new contact. `fields` are checked (fields.ts). */
export function newContact(
  { account, group }: Source,
  number: number,
  fields: ContactFields,
  now: Date,
): ContactDocument {
  return {
    _id: contactId(account, number),
    account,
    group,
    number,
    ...fields,
    ...derived(fields),
    createdAt: now,
    updatedAt: now,
  };
}

/** The fields of a stored contact, without what is derived from them. */
export function fieldsOf(contact: ContactDocument): ContactFields {
  const { firstName, lastName, email, phone, description, organization, state } = contact;
  return {
    firstName,
    lastName,
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(description !== undefined && { description }),
    ...(organization !== undefined && { organization }),
    state,
  };
}

const optional = ["email", "phone", "description", "organization"] as const;

/** Makes a stored contact hold `fields`. @returns undefined when it does already */
export function contactUpdate(before: ContactDocument, fields: ContactFields, now: Date): Update | undefined {
  if (sameFields(fieldsOf(before), fields)) return undefined;
  const cleared: string[] = optional.filter((field) => fields[field] === undefined);
  if (fields.email === undefined) cleared.push("emailKey");
  return {
    $set: {
      ...fields,
      ...derived(fields),
      updatedAt: later(before.updatedAt, now),
      ...(fields.organization !== before.organization && { labelsDue: dueFrom(now) }),
    },
    ...(cleared.length > 0 && { $unset: Object.fromEntries(cleared.map((field) => [field, true as const])) }),
  };
}

function derived(fields: ContactFields) {
  return {
    ...(fields.email !== undefined && { emailKey: foldEmail(fields.email) }),
    ...nameKeys(fields),
    keys: contactKeys(fields),
  };
}

const sameFields = (a: ContactFields, b: ContactFields): boolean => changedContactFields(a, b).length === 0;

/** The fields in which two contacts differ, in the order in which they are shown. */
export const changedContactFields = (a: ContactFields, b: ContactFields): readonly (keyof ContactFields)[] =>
  (["firstName", "lastName", ...optional, "state"] as const).filter((field) => a[field] !== b[field]);

/** Strictly later than before, also within one millisecond: edits are conditional on this time. */
export const later = (before: Date, now: Date): Date =>
  new Date(Math.max(now.getTime(), before.getTime() + 1));
