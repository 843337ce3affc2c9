/** How a contact is named in a reply: by handle, or by name with a masked or whole address. */
import type { Remark } from "../crm/remarks.js";
import { codeSpan, escapeText } from "./escape.js";
import type { IssueViews } from "./issue-view.js";
import { maskEmail, type Reveal } from "./privacy.js";

/** What a label can be made of. */
export interface ContactView {
  readonly number: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  readonly organization?: string;
  readonly state: "active" | "inactive";
}

/** Contacts by number, as far as they may be shown; a missing one is named by its handle. */
export type Directory = ReadonlyMap<number, ContactView>;

/** Organizations by number, as far as they may be shown. */
export type OrganizationNames = ReadonlyMap<number, string>;

export interface Labels {
  readonly reveal: Reveal;
  readonly directory: Directory;
  readonly organizations: OrganizationNames;
  /** Organizations that are or were not there yet, by their wish; left out where a reply names none. */
  readonly wishes?: ReadonlyMap<string, string>;
  /** Issues that may be named; left out where a reply names none. */
  readonly issues?: IssueViews;
  /** What links say, by contact; left out where a reply lists no links. */
  readonly remarks?: ReadonlyMap<number, Remark>;
}

/** `organization 7`, or `Acme (organization 7)`. */
export function organizationLabel(number: number, { reveal, organizations }: Labels): string {
  const handle = `organization ${number}`;
  const name = organizations.get(number);
  return reveal === "handles" || name === undefined ? handle : `${escapeText(name)} (${handle})`;
}

/** `contact 42`, or ``Jane Doe (contact 42, `j•••@acme.com`, Acme)``. */
export function contactLabel(number: number, { reveal, directory }: Labels): string {
  const handle = `contact ${number}`;
  const contact = directory.get(number);
  if (reveal === "handles" || contact === undefined) return handle;
  const name = escapeText(`${contact.firstName} ${contact.lastName}`);
  if (name === "") return handle;
  return `${name} (${[handle, ...details(contact, reveal)].join(", ")})`;
}

function details(contact: ContactView, reveal: Reveal): readonly string[] {
  const { email, organization, state } = contact;
  return [
    ...(email === undefined ? [] : [codeSpan(reveal === "emails" ? email : maskEmail(email))]),
    ...(organization === undefined ? [] : [escapeText(organization)]),
    ...(state === "inactive" ? ["inactive"] : []),
  ];
}

/** So many contacts are named in one go; more are counted. */
export const mostNamed = 50;

/** `A`, `A and B`, `A, B and C`. */
export function listing(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}
