/**
 * A store that breaks at a chosen write, as a process does that is killed: either just before the write
 * or just after it, when nobody learns any more that it was made. Somebody else may be faster, too.
 */
import type { Collection, Store, StoredDocument } from "../../src/store/store.js";

export class Killed extends Error {
  override readonly name = "Killed";
}

export interface FailingStore {
  readonly store: Store;
  /** The n-th write from now on (from 1) throws `Killed`, and so does everything after it until `revive`. */
  killAt(write: number, moment: "before" | "after"): void;
  /** Just before the n-th write from now on (from 1) somebody else does this, on the store itself. */
  meanwhile(write: number, deed: () => Promise<unknown>): void;
  revive(): void;
  /** Writes since the last `killAt` or `revive`. */
  readonly writes: number;
}

export function failingStore(real: Store): FailingStore {
  let writes = 0;
  let fatal: { readonly write: number; readonly moment: "before" | "after" } | undefined;
  let other: { readonly write: number; readonly deed: () => Promise<unknown> } | undefined;
  const check = (moment: "before" | "after") => {
    if (fatal && (writes > fatal.write || (writes === fatal.write && moment === fatal.moment))) {
      throw new Killed("killed");
    }
  };
  const write = async <T>(act: () => Promise<T>): Promise<T> => {
    writes += 1;
    check("before");
    if (other?.write === writes) await other.deed();
    const result = await act();
    check("after");
    return result;
  };
  const read = async <T>(act: () => Promise<T>): Promise<T> => {
    if (fatal && writes > fatal.write) throw new Killed("killed");
    return act();
  };
  const wrap = <T extends StoredDocument>(inner: Collection<T>): Collection<T> => ({
    insertOne: (document) => write(() => inner.insertOne(document)),
    updateOne: (...given) => write(() => inner.updateOne(...given)),
    updateMany: (...given) => write(() => inner.updateMany(...given)),
    findOneAndUpdate: (...given) => write(() => inner.findOneAndUpdate(...given)),
    deleteOne: (filter) => write(() => inner.deleteOne(filter)),
    deleteMany: (filter) => write(() => inner.deleteMany(filter)),
    bulk: (steps) => write(() => inner.bulk(steps)),
    findOne: (...given) => read(() => inner.findOne(...given)),
    find: (...given) => read(() => inner.find(...given)),
    count: (...given) => read(() => inner.count(...given)),
    sample: (...given) => read(() => inner.sample(...given)),
  });
  return {
    store: {
      engine: real.engine,
      collection: <T extends StoredDocument>(name: string) => wrap(real.collection<T>(name)),
      ping: () => real.ping(),
      close: () => real.close(),
    },
    killAt: (at, moment) => {
      writes = 0;
      fatal = { write: at, moment };
    },
    meanwhile: (at, deed) => {
      writes = 0;
      other = { write: at, deed };
    },
    revive: () => {
      writes = 0;
      other = undefined;
      fatal = undefined;
    },
    get writes() {
      return writes;
    },
  };
}
