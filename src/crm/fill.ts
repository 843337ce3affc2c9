/**
 * What a record takes over from one that is merged into it: fields it has nothing in, mail domains as
 * far as there is room, and the duplicate's number. What both have stays as it is.
 */
import type { ContactDocument, OrganizationDocument, RecordDocument } from "../store/documents.js";
import type { Update } from "../store/store.js";
import { contactUpdate, fieldsOf, later } from "./contact-document.js";
import { limits, type FieldName } from "./fields.js";
import { organizationFieldsOf, organizationUpdate } from "./organization-document.js";

const contactFields = ["email", "phone", "description", "organization"] as const;
const organizationFields = ["defaultRate", "description"] as const;

/** @param withEmail false when the duplicate's address belongs to somebody else by now */
export function fillContact(
  keep: ContactDocument,
  duplicate: ContactDocument,
  withEmail: boolean,
  now: Date,
): Update {
  const { email, ...others } = filled(keep, duplicate, contactFields);
  const taken = { ...others, ...(withEmail && email !== undefined && { email }) };
  return remembering(keep, duplicate, contactUpdate(keep, { ...fieldsOf(keep), ...taken }, now), now);
}

export function fillOrganization(
  keep: OrganizationDocument,
  duplicate: OrganizationDocument,
  now: Date,
): Update {
  const domains = unitedDomains(keep, [duplicate]);
  const fields = {
    ...organizationFieldsOf(keep),
    ...filled(keep, duplicate, organizationFields),
    ...(domains.length > 0 && { domains }),
  };
  return remembering(keep, duplicate, organizationUpdate(keep, fields, now), now);
}

/** Names of the fields of `keep` that its duplicates would fill. */
export const contactFieldsFilled = (
  keep: ContactDocument,
  duplicates: readonly ContactDocument[],
): readonly FieldName[] =>
  contactFields.filter(
    (field) => keep[field] === undefined && duplicates.some((duplicate) => duplicate[field] !== undefined),
  );

export function organizationFieldsFilled(
  keep: OrganizationDocument,
  duplicates: readonly OrganizationDocument[],
): readonly FieldName[] {
  const empty = organizationFields.filter(
    (field) => keep[field] === undefined && duplicates.some((duplicate) => duplicate[field] !== undefined),
  );
  const more = unitedDomains(keep, duplicates).length > (keep.domains?.length ?? 0);
  return more ? [...empty, "domains"] : empty;
}

/** Fields of `duplicate` where `keep` has nothing. */
function filled<T extends object, K extends keyof T>(
  keep: T,
  duplicate: T,
  fields: readonly K[],
): Partial<Pick<T, K>> {
  const taken: Partial<Pick<T, K>> = {};
  for (const field of fields) {
    if (keep[field] === undefined && duplicate[field] !== undefined) taken[field] = duplicate[field];
  }
  return taken;
}

const unitedDomains = (
  keep: OrganizationDocument,
  duplicates: readonly OrganizationDocument[],
): readonly string[] =>
  [...new Set([keep, ...duplicates].flatMap(({ domains = [] }) => domains))].slice(0, limits.domains);

/** In the same write, so that filling happens once and a reference to the duplicate finds its successor. */
const remembering = (
  keep: RecordDocument,
  { number, mergedFrom = [] }: RecordDocument,
  update: Update | undefined,
  now: Date,
): Update => ({
  ...(update ?? { $set: { updatedAt: later(keep.updatedAt, now) } }),
  $addToSet: { mergedFrom: { $each: [number, ...mergedFrom] } },
});
