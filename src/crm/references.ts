/**
 * What a reference names (DESIGN §3.3): a contact by number ("42", "#42"), by address, or by full
 * name when exactly one contact has it ("Jane Doe", "Doe, Jane").
 */
import type { ContactDocument, Source } from "../store/documents.js";
import type { ContactLookup } from "./contact-lookup.js";
import { foldEmail, foldName } from "./fold.js";

/** What one reference came to. Inactive contacts count; `candidates` are active first, at most 10. */
export type Resolution =
  | { readonly type: "found"; readonly contact: ContactDocument }
  | { readonly type: "ambiguous"; readonly candidates: readonly ContactDocument[] }
  | { readonly type: "unknown" };

/** A reference by what it can be looked up with. */
export type ReferenceKey =
  | { readonly by: "number"; readonly number: number }
  | { readonly by: "email"; readonly email: string }
  | { readonly by: "name"; readonly name: string };

export const maxCandidates = 10;

/** Digits are a number, anything with an "@" an address, everything else a name. */
export function readReference(value: string): ReferenceKey {
  const text = value.trim().normalize("NFKC");
  if (/^#?\d{1,15}$/.test(text)) return { by: "number", number: Number(text.replace("#", "")) };
  if (text.includes("@")) return { by: "email", email: foldEmail(text) };
  return { by: "name", name: foldName(typedOrder(text)) };
}

/** "Doe, Jane" as "Jane Doe"; other commas ("Jane Doe, MD, PhD") are left alone. */
function typedOrder(name: string): string {
  const [last = "", first = "", ...more] = name.split(",");
  return first.trim() !== "" && more.length === 0 ? `${first} ${last}` : name;
}

/** What each reference names, in the same order; one look-up per kind, all at once. */
export async function resolveReferences(
  lookup: ContactLookup,
  source: Source,
  references: readonly { readonly value: string }[],
): Promise<readonly Resolution[]> {
  const keys = references.map(({ value }) => readReference(value));
  const [numbers, emails, names] = await Promise.all([
    byNumbers(
      lookup,
      source,
      keys.flatMap((key) => (key.by === "number" ? [key.number] : [])),
    ),
    lookup.byEmails(
      source,
      keys.flatMap((key) => (key.by === "email" ? [key.email] : [])),
    ),
    lookup.byNames(
      source,
      keys.flatMap((key) => (key.by === "name" ? [key.name] : [])),
    ),
  ]);
  return keys.map((key) => {
    switch (key.by) {
      case "number":
        return one(numbers.get(key.number));
      case "email":
        return one(emails.get(key.email));
      case "name":
        return oneOf(names.get(key.name) ?? []);
    }
  });
}

/** The number of a contact that was merged into another one names that one from then on. */
async function byNumbers(lookup: ContactLookup, source: Source, numbers: readonly number[]) {
  const found = await lookup.byNumbers(source, numbers);
  const missing = numbers.filter((number) => !found.has(number));
  return new Map([...(await lookup.bySuccession(source, missing)), ...found]);
}

const one = (contact: ContactDocument | undefined): Resolution =>
  contact ? { type: "found", contact } : { type: "unknown" };

const oneOf = (contacts: readonly ContactDocument[]): Resolution =>
  contacts.length > 1
    ? { type: "ambiguous", candidates: contacts.slice(0, maxCandidates) }
    : one(contacts[0]);
