/** An organization as it is stored: its fields and its folded name, always written together. */
import type { OrganizationDocument, Source } from "../store/documents.js";
import type { Update } from "../store/store.js";
import { later } from "./contact-document.js";
import { dueFrom } from "./due.js";
import { organizationKey } from "./fold.js";
import type { OrganizationFields } from "./organization-fields.js";

/** A new organization. `fields` are checked (organization-fields.ts). */
export function newOrganization(
  { account, group }: Source,
  number: number,
  fields: OrganizationFields,
  now: Date,
): OrganizationDocument {
  const nameKey = organizationKey(fields.name);
  return {
    _id: `${account}:${number}`,
    account,
    group,
    number,
    ...fields,
    nameKey,
    createdAt: now,
    updatedAt: now,
  };
}

/** The fields of a stored organization, without what is derived from them. */
export function organizationFieldsOf(organization: OrganizationDocument): OrganizationFields {
  const { name, defaultRate, description, domains, state } = organization;
  return {
    name,
    ...(defaultRate !== undefined && { defaultRate }),
    ...(description !== undefined && { description }),
    ...(domains !== undefined && { domains }),
    state,
  };
}

const optional = ["defaultRate", "description", "domains"] as const;

/** Makes a stored organization hold `fields`. @returns undefined when it does already */
export function organizationUpdate(
  before: OrganizationDocument,
  fields: OrganizationFields,
  now: Date,
): Update | undefined {
  if (same(organizationFieldsOf(before), fields)) return undefined;
  const cleared = optional.filter((field) => fields[field] === undefined);
  return {
    $set: {
      ...fields,
      nameKey: organizationKey(fields.name),
      updatedAt: later(before.updatedAt, now),
      ...(fields.name !== before.name && { labelsDue: dueFrom(now) }),
    },
    ...(cleared.length > 0 && { $unset: Object.fromEntries(cleared.map((field) => [field, true as const])) }),
  };
}

const same = (a: OrganizationFields, b: OrganizationFields): boolean =>
  changedOrganizationFields(a, b).length === 0;

/** The fields in which two organizations differ, in the order in which they are shown. */
export const changedOrganizationFields = (
  a: OrganizationFields,
  b: OrganizationFields,
): readonly (keyof OrganizationFields)[] =>
  (["name", ...optional, "state"] as const).filter(
    (field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]),
  );
