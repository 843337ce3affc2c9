/**
 * The last good version of each config file, kept in the store, so that a broken one never means a
 * laxer one, also after a restart (DESIGN §6).
 */
import type { ConfigDocument } from "../store/documents.js";
import type { Collection } from "../store/store.js";

/** Which file: of a repository by its id, or the account config. */
export interface FileKey {
  readonly account: number;
  readonly file: number | "account";
}

/** Keeps one text a file. */
export interface LastGood {
  get(key: FileKey): Promise<string | undefined>;
  put(key: FileKey, text: string): Promise<void>;
  /** The file was deleted: what it said holds no longer. */
  forget(key: FileKey): Promise<void>;
}

const idOf = (key: FileKey): string => `${key.account}:${key.file}`;

/** Last good versions in the store's collection `configs`; writes only what differs. */
export function storedLastGood(
  configs: Pick<Collection<ConfigDocument>, "findOne" | "updateOne" | "deleteOne">,
  now: () => Date,
): LastGood {
  const get = async (key: FileKey) =>
    (await configs.findOne({ _id: idOf(key) }, { projection: ["text"] }))?.text;
  return {
    get,
    async put(key, text) {
      if ((await get(key)) === text) return;
      const update = { $set: { account: key.account, text, updatedAt: now() } };
      await configs.updateOne({ _id: idOf(key) }, update, { upsert: true });
    },
    async forget(key) {
      await configs.deleteOne({ _id: idOf(key) });
    },
  };
}
