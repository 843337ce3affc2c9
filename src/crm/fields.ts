/**
 * What the fields of a contact may hold (DESIGN §1; the limits are GitLab's). Text comes as typed,
 * is cleaned here, and all problems of one record are reported together.
 */
import type { RecordState } from "../store/documents.js";
import { cleanLine, cleanText, lengthOf } from "./clean.js";
import { cleanEmail, isEmail, maxEmailLength } from "./email.js";

/** Longest texts, in characters. */
export const limits = {
  firstName: 255,
  lastName: 255,
  email: maxEmailLength,
  phone: 32,
  description: 1024,
  name: 255,
  domains: 10,
} as const;

/** A contact's own fields, cleaned. Absent means empty. */
export interface ContactFields {
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  readonly phone?: string;
  readonly description?: string;
  /** Number of an organization of the same account and group. */
  readonly organization?: number;
  readonly state: RecordState;
}

/** Fields as typed: "" clears, absent stays as it is (when editing) or empty (when creating). */
export interface ContactInput {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly description?: string;
  /** `"none"` clears. */
  readonly organization?: number | "none";
  readonly state?: RecordState;
}

export type FieldName = keyof ContactFields | "name" | "defaultRate" | "domains";

/** One field that does not fit. Carries no value: what was typed may be an address. */
export interface FieldProblem {
  readonly field: FieldName;
  readonly code: "required" | "too_long" | "too_many" | "malformed" | "public_provider" | "unknown";
  readonly limit?: number;
  /** One sentence with its remedy, safe to show. */
  readonly message: string;
}

export type Checked<T> =
  | { readonly type: "fit"; readonly fields: T }
  | { readonly type: "unfit"; readonly problems: readonly FieldProblem[] };

/** What fields are called in sentences. */
export const fieldWords: Readonly<Record<FieldName, string>> = {
  firstName: "first name",
  lastName: "last name",
  email: "e-mail address",
  phone: "phone number",
  description: "description",
  organization: "organization",
  state: "state",
  name: "name",
  defaultRate: "default rate",
  domains: "list of domains",
};

const isField = (field: string): field is FieldName => Object.hasOwn(fieldWords, field);

/** How people call a field that is kept by its name, of a record or of a link. */
export const fieldWord = (field: string): string =>
  isField(field) ? fieldWords[field] : field.replaceAll("_", " ");

/**
 * What a contact holds after `input` is laid over `before`.
 * Whether the organization exists and the address is free is for the store to say (contacts.ts).
 */
export function checkContact(input: ContactInput, before?: ContactFields): Checked<ContactFields> {
  const firstName = laid(input.firstName, before?.firstName, cleanLine);
  const lastName = laid(input.lastName, before?.lastName, cleanLine);
  const email = laid(input.email, before?.email, cleanEmail);
  const phone = laid(input.phone, before?.phone, cleanLine);
  const description = laid(input.description, before?.description, cleanText);
  const organization = input.organization ?? before?.organization ?? "none";
  const problems = [
    ...checkText("firstName", firstName, true),
    ...checkText("lastName", lastName, true),
    ...checkEmail(email),
    ...checkText("phone", phone),
    ...checkText("description", description),
  ];
  if (problems.length > 0) return { type: "unfit", problems };
  const fields = {
    firstName,
    lastName,
    ...(email !== "" && { email }),
    ...(phone !== "" && { phone }),
    ...(description !== "" && { description }),
    ...(organization !== "none" && { organization }),
    state: input.state ?? before?.state ?? "active",
  };
  return { type: "fit", fields };
}

/** The new text, cleaned, or else the old one, or else none. */
export const laid = (
  typed: string | undefined,
  before: string | undefined,
  clean: (text: string) => string,
): string => (typed === undefined ? (before ?? "") : clean(typed));

/** @returns nothing, or the one problem of a text field */
export function checkText(
  field: Exclude<keyof typeof limits, "domains" | "email">,
  text: string,
  required = false,
): FieldProblem[] {
  if (required && text === "") {
    return [{ field, code: "required", message: `The ${fieldWords[field]} is missing.` }];
  }
  return lengthOf(text) > limits[field] ? [tooLong(field, limits[field])] : [];
}

function checkEmail(email: string): FieldProblem[] {
  if (email === "") return [];
  if (lengthOf(email) > limits.email) return [tooLong("email", limits.email)];
  if (isEmail(email)) return [];
  const message = "The e-mail address is not well formed; it looks like name@example.com.";
  return [{ field: "email", code: "malformed", message }];
}

function tooLong(field: FieldName, limit: number): FieldProblem {
  const message = `The ${fieldWords[field]} is too long; it may have ${limit} characters.`;
  return { field, code: "too_long", limit, message };
}
