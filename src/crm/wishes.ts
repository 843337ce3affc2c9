/**
 * Wishes: names of organizations that somebody gave to a contact, and that no organization has yet. The
 * boxes that would create one name the wish, never the organization, so that names live where erasing
 * finds them: a wish forgets its name as soon as there is an organization to go by instead, or when the
 * contact or the organization of that name is erased.
 */
import type { OrganizationDocument, Source, WishDocument } from "../store/documents.js";
import { DuplicateKeyError, type Store } from "../store/store.js";
import type { Step } from "./audit.js";
import { organizationKey } from "./fold.js";

/** Whose contact it is, and the step that named the organization. */
export interface WishedIn {
  readonly source: Source;
  readonly step: Pick<Step, "delivery" | "action">;
}

export interface Wishes {
  /**
   * Writes a wish down; a retry of the same step finds it.
   * @param name checked and cleaned
   * @returns its id
   */
  make(contact: number, name: string, said: WishedIn): Promise<string>;
  /** Those that are there, by id. */
  byIds(source: Source, ids: readonly string[]): Promise<ReadonlyMap<string, WishDocument>>;
  /** From now on it names an organization by number. */
  fulfil(id: string, organization: number): Promise<void>;
}

export function createWishes(store: Store): Wishes {
  const wishes = store.collection<WishDocument>("wishes");
  return {
    async make(contact, name, { source: { account, group }, step: { delivery, action } }) {
      const _id = `${account}:${delivery}:${action}:${contact}`;
      try {
        await wishes.insertOne({ _id, account, group, contact, name, nameKey: organizationKey(name) });
      } catch (error) {
        if (!(error instanceof DuplicateKeyError)) throw error;
      }
      return _id;
    },

    async byIds({ account, group }, ids) {
      if (ids.length === 0) return new Map();
      const asked = [...new Set(ids)];
      const found = await wishes.find({ _id: { $in: asked }, account, group }, { limit: asked.length });
      return new Map(found.map((wish) => [wish._id, wish]));
    },

    async fulfil(_id, organization) {
      await wishes.updateOne({ _id }, { $set: { organization }, $unset: nameless });
    },
  };
}

const nameless = { name: true, nameKey: true } as const;

/**
 * An organization is about to lose its name: wishes for it go by number from now on.
 * @param into the number; undefined when the organization is erased, and nothing takes its place
 */
export async function forgetName(
  store: Store,
  { account, group }: Source,
  { nameKey }: Pick<OrganizationDocument, "nameKey">,
  into: number | undefined,
): Promise<void> {
  await store
    .collection<WishDocument>("wishes")
    .updateMany(
      { account, group, nameKey },
      { ...(into !== undefined && { $set: { organization: into } }), $unset: nameless },
    );
}

/** What was wished for a contact goes to its successor, or away. */
export async function passOnWishes(
  store: Store,
  account: Source["account"],
  contact: number,
  into: number | undefined,
): Promise<void> {
  const wishes = store.collection<WishDocument>("wishes");
  if (into === undefined) await wishes.deleteMany({ account, contact });
  else await wishes.updateMany({ account, contact }, { $set: { contact: into } });
}
