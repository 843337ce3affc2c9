/**
 * Finding contacts of one source by number, address or name: one round trip for any number of
 * them, up to the 100 at a time that an import asks for.
 */
import type { ContactDocument, Source } from "../store/documents.js";
import type { Collection, Store } from "../store/store.js";
import { foldEmail, foldName } from "./fold.js";
import { successorsOf } from "./successors.js";

export interface ContactLookup {
  /** Those that exist, by their number, in the order asked for. */
  byNumbers(source: Source, numbers: readonly number[]): Promise<ReadonlyMap<number, ContactDocument>>;
  /** Those that others were merged into, by the numbers of those others. */
  bySuccession(source: Source, numbers: readonly number[]): Promise<ReadonlyMap<number, ContactDocument>>;
  /** Those that exist, by their folded address (`foldEmail`). Addresses come as typed. */
  byEmails(source: Source, emails: readonly string[]): Promise<ReadonlyMap<string, ContactDocument>>;
  /**
   * Everybody who has one of these full names, by folded name (`foldName`): first those whose name
   * reads so in this order, or if there are none, those who have it in the other order. Active ones first.
   */
  byNames(source: Source, names: readonly string[]): Promise<ReadonlyMap<string, readonly ContactDocument[]>>;
}

/** So many namesakes are read in one go; names that come out short are asked for once more, alone. */
const manyNamesakes = 1_000;
const namesakesOfOne = 100;

export function createContactLookup(store: Store): ContactLookup {
  const contacts = store.collection<ContactDocument>("contacts");

  return {
    async byNumbers({ account, group }, numbers) {
      if (numbers.length === 0) return new Map();
      const asked = [...new Set(numbers)];
      const found = await contacts.find({ account, group, number: { $in: asked } }, { limit: asked.length });
      const byNumber = new Map(found.map((contact) => [contact.number, contact]));
      return new Map(asked.flatMap((number) => entry(number, byNumber.get(number))));
    },

    bySuccession: (source, numbers) => successorsOf<ContactDocument>(store, "contacts", source, numbers),

    async byEmails({ account, group }, emails) {
      const keys = [...new Set(emails.map(foldEmail))].filter((key) => key !== "");
      if (keys.length === 0) return new Map();
      const found = await contacts.find({ account, group, emailKey: { $in: keys } }, { limit: keys.length });
      return new Map(found.flatMap((contact) => entry(contact.emailKey, contact)));
    },

    async byNames(source, names) {
      const keys = [...new Set(names.map(foldName))].filter((key) => key !== "");
      if (keys.length === 0) return new Map();
      const found = await namesakes(contacts, source, keys, manyNamesakes);
      return new Map(
        await Promise.all(
          keys.map(async (key): Promise<[string, readonly ContactDocument[]]> => {
            if (found.complete) return [key, inReadingOrder(key, found.contacts)];
            const alone = await namesakes(contacts, source, [key], namesakesOfOne);
            return [key, inReadingOrder(key, alone.contacts)];
          }),
        ),
      );
    },
  };
}

const entry = <K, V>(key: K | undefined, value: V | undefined): [K, V][] =>
  key === undefined || value === undefined ? [] : [[key, value]];

/** Both orders are asked for at once; a query over both with `$or` would use no index on some plans. */
async function namesakes(
  contacts: Collection<ContactDocument>,
  { account, group }: Source,
  keys: readonly string[],
  limit: number,
) {
  const [asRead, reversed] = await Promise.all([
    contacts.find({ account, group, nameKey: { $in: keys } }, { limit }),
    contacts.find({ account, group, reversedNameKey: { $in: keys } }, { limit }),
  ]);
  return { contacts: [...asRead, ...reversed], complete: asRead.length < limit && reversed.length < limit };
}

function inReadingOrder(key: string, found: readonly ContactDocument[]): readonly ContactDocument[] {
  const unique = [...new Map(found.map((contact) => [contact.number, contact])).values()];
  const asRead = unique.filter(({ nameKey }) => nameKey === key);
  const chosen = asRead.length > 0 ? asRead : unique.filter(({ reversedNameKey }) => reversedNameKey === key);
  return chosen.sort((a, b) => a.state.localeCompare(b.state) || a.number - b.number);
}
