/**
 * How often each config file may have changed. A push is counted in the store before it is acknowledged,
 * and whoever loads a config compares: so a delivery that comes after a push finds the new version in
 * every process, with no window between them (DESIGN §6).
 */
import type { ConfigStampDocument } from "../store/documents.js";
import type { Collection } from "../store/store.js";
import type { FileKey } from "./last-good.js";

export interface ConfigStamps {
  /** The file may have changed. Resolves when every process will notice. */
  raise(key: FileKey): Promise<void>;
  /** The stamps of these files, in their order; one read. A file that was never pushed to has 0. */
  read(keys: readonly FileKey[]): Promise<readonly number[]>;
}

const idOf = ({ account, file }: FileKey): string => `${account}:${file}`;

/** Stamps in the store's collection `configStamps`. */
export function storedStamps(
  stamps: Pick<Collection<ConfigStampDocument>, "find" | "updateOne">,
): ConfigStamps {
  return {
    async raise(key) {
      const update = { $inc: { pushes: 1 }, $setOnInsert: { account: key.account } };
      await stamps.updateOne({ _id: idOf(key) }, update, { upsert: true });
    },
    async read(keys) {
      const ids = keys.map(idOf);
      const found = await stamps.find({ _id: { $in: ids } }, { limit: ids.length });
      const known = new Map(found.map(({ _id, pushes }) => [_id, pushes]));
      return ids.map((id) => known.get(id) ?? 0);
    },
  };
}
