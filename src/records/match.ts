/**
 * Which existing contact a row means (DESIGN §10). By address; a row without one means the contact
 * without address that has the same name and organization. Where several are the same in that, the
 * first such row of the file means the first of them by number, the second the second, and so on:
 * so a list that was exported comes back to the same people.
 */
import type { ContactDocument, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import { createContactLookup } from "../crm/contact-lookup.js";
import type { ImportRow } from "./read-row.js";

/** A row with its organization found: a number, none, or undefined when the file has no such column. */
export interface PlacedRow extends ImportRow {
  readonly organizationNumber: number | "none" | undefined;
  /** For a row without address: how many rows before it in the file are the same in name and organization. */
  readonly sameBefore: number;
}

/** Nobody has so many namesakes without address; the store wants a limit. */
const mostNamesakes = 10_000;

/** @returns for each row the contact that it means, in the same order */
export async function matchContacts(
  store: Store,
  source: Source,
  rows: readonly PlacedRow[],
): Promise<(ContactDocument | undefined)[]> {
  const unaddressed = rows.filter(({ emailKey }) => emailKey === "");
  const [byEmail, namesakes] = await Promise.all([
    createContactLookup(store).byEmails(
      source,
      rows.map(({ emailKey }) => emailKey),
    ),
    findUnaddressed(
      store,
      source,
      unaddressed.map(({ nameKey }) => nameKey),
    ),
  ]);
  return rows.map((row) =>
    row.emailKey === ""
      ? matching(namesakes.get(row.nameKey) ?? [], row)[row.sameBefore]
      : byEmail.get(row.emailKey),
  );
}

/** By folded name; those of one name by their numbers. */
async function findUnaddressed(
  store: Store,
  { account, group }: Source,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly ContactDocument[]>> {
  const byName = new Map<string, ContactDocument[]>();
  if (names.length === 0) return byName;
  const found = await store
    .collection<ContactDocument>("contacts")
    .find(
      { account, group, nameKey: { $in: names }, emailKey: { $exists: false } },
      { limit: mostNamesakes },
    );
  for (const contact of found.sort((a, b) => a.number - b.number)) {
    const namesakes = byName.get(contact.nameKey);
    if (namesakes) namesakes.push(contact);
    else byName.set(contact.nameKey, [contact]);
  }
  return byName;
}

const matching = (namesakes: readonly ContactDocument[], row: PlacedRow): readonly ContactDocument[] =>
  namesakes.filter(
    ({ organization = "none" }) =>
      row.organizationNumber === undefined || organization === row.organizationNumber,
  );
