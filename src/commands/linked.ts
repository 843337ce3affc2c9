/** The contacts of the issue at hand. */
import { readReference } from "../crm/references.js";
import type { ContactDocument } from "../store/documents.js";
import type { Call, Tools } from "./quick-action.js";

/** What finding them takes. */
export interface LinkedTools {
  readonly contacts: Pick<Tools["contacts"], "byNumbers">;
  readonly links: Pick<Tools["links"], "linked">;
}

/** The issue's contacts that still exist, by last and first name. */
export async function linkedContacts(
  call: Pick<Call, "issue" | "source">,
  tools: LinkedTools,
): Promise<readonly ContactDocument[]> {
  const numbers = await tools.links.linked(call.issue, call.source);
  if (numbers.length === 0) return [];
  const contacts = await tools.contacts.byNumbers(call.source, numbers);
  return [...contacts.values()].sort(byName);
}

/** Those among `contacts` that a reference names: by number, by address, else by full name in either order. */
export function matching(contacts: readonly ContactDocument[], value: string): readonly ContactDocument[] {
  const key = readReference(value);
  switch (key.by) {
    case "number":
      return contacts.filter(({ number }) => number === key.number);
    case "email":
      return contacts.filter(({ emailKey }) => emailKey === key.email);
    case "name":
      return contacts.filter(({ nameKey, reversedNameKey }) => [nameKey, reversedNameKey].includes(key.name));
  }
}

const byName = (a: ContactDocument, b: ContactDocument): number =>
  a.lastName.localeCompare(b.lastName) || a.firstName.localeCompare(b.firstName) || a.number - b.number;
