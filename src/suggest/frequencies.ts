/**
 * How often each search key occurs in a contact source, estimated from a sample: needed to read only
 * the rarest keys of a query. Kept in memory, a bounded number of keys for a bounded number of
 * sources, and renewed in the background while the old estimate serves.
 */
import { setImmediate } from "node:timers/promises";
import type { ContactDocument, Source } from "../store/documents.js";
import type { Collection } from "../store/store.js";

export interface Frequencies {
  /** How many contacts the source has, about. */
  readonly size: number;
  /** In how many of them the key occurs, about; never 0. */
  estimate(key: string): number;
}

/** The first query waits for one portion; a full sample is made of ten, with air for others in between. */
const portion = 2_000;
const portions = 10;
const maxAge = 5 * 60_000;
const maxSources = 32;
const countLimit = 10_000_000;

interface Entry {
  frequencies: Frequencies;
  readAt: number;
  renewing: boolean;
}

/** @returns a function that gives the frequencies of a source; only its first call for a source reads the store */
export function createFrequencies(
  contacts: Collection<ContactDocument>,
  now: () => Date,
): (source: Source) => Promise<Frequencies> {
  const entries = new Map<string, Promise<Entry>>();

  const first = async (source: Source): Promise<Entry> => {
    const frequencies = await sample(contacts, source, 1);
    const complete = frequencies.size < portion;
    return { frequencies, readAt: complete ? now().getTime() : 0, renewing: false };
  };

  const renew = async (source: Source, entry: Entry): Promise<void> => {
    entry.renewing = true;
    try {
      entry.frequencies = await sample(contacts, source, portions);
      entry.readAt = now().getTime();
    } catch {
      // The store is away: the old estimate still serves, and the next query tries again.
    } finally {
      entry.renewing = false;
    }
  };

  return async (source) => {
    const key = `${source.account}:${source.group}`;
    const pending = entries.get(key) ?? first(source);
    entries.delete(key); // and back in at the end: the first entry is the one unused for longest
    entries.set(key, pending);
    for (const oldest of entries.keys()) if (entries.size > maxSources) entries.delete(oldest);
    try {
      const entry = await pending;
      if (!entry.renewing && now().getTime() - entry.readAt > maxAge) void renew(source, entry);
      return entry.frequencies;
    } catch (error) {
      entries.delete(key);
      throw error;
    }
  };
}

async function sample(
  contacts: Collection<ContactDocument>,
  { account, group }: Source,
  times: number,
): Promise<Frequencies> {
  const counts = new Map<string, number>();
  let read = 0;
  for (let time = 0; time < times; time++) {
    const drawn = await contacts.sample({ account, group }, { size: portion, projection: ["keys"] });
    for (const { keys } of drawn) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    read += drawn.length;
    if (time === 0 && drawn.length < portion) return exact(counts, read);
    await setImmediate();
  }
  return estimated(counts, read, await contacts.count({ account, group }, { limit: countLimit }));
}

const exact = (counts: ReadonlyMap<string, number>, size: number): Frequencies => ({
  size,
  estimate: (key) => counts.get(key) ?? 1,
});

/** A key seen once tells little and is forgotten; like an unseen one it counts as 0.7 of a sighting (measured). */
function estimated(counts: Map<string, number>, read: number, size: number): Frequencies {
  for (const [key, count] of counts) if (count === 1) counts.delete(key);
  const scale = Math.max(1, size / Math.max(1, read));
  return { size, estimate: (key) => (counts.get(key) ?? 0.7) * scale };
}
