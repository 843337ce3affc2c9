/**
 * How often each search key occurs in a contact source, estimated from a sample: needed to read only
 * the rarest keys of a query. Kept in memory, a bounded number of keys for a bounded number of
 * sources, and renewed in the background while the old estimate serves.
 */
import { setImmediate } from "node:timers/promises";
import type { ContactDocument, CounterDocument, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";

export interface Frequencies {
  /** How many contacts the source has, about. */
  readonly size: number;
  /** In how many of them the key occurs, about; never 0. */
  estimate(key: string): number;
}

/** The first query waits for one portion; a full sample is made of twenty, with air for others in between. */
const portion = 1_000;
const portions = 20;
const maxAge = 5 * 60_000;
/** A small source is cheap to read again, and may be about to grow: somebody is importing. */
const maxAgeOfSmall = 15_000;
const maxSources = 32;
const mostForUnseen = 20;
/** As far as the store counts. */
const countLimit = 100_000;

interface Entry {
  frequencies: Frequencies;
  /** Milliseconds; 0 for a first estimate that is to be bettered at once. */
  renewAt: number;
  renewing: boolean;
  /** The source's share of its account's contacts, once they have been counted. */
  share?: number;
}

/** @returns a function that gives the frequencies of a source; only its first call for a source waits for the store */
export function createFrequencies(store: Store, now: () => Date): (source: Source) => Promise<Frequencies> {
  const entries = new Map<string, Promise<Entry>>();

  return async (source) => {
    const key = `${source.account}:${source.group}`;
    const pending = entries.get(key) ?? begin(store, source, now);
    entries.delete(key); // and back in at the end: the first entry is the one unused for longest
    entries.set(key, pending);
    for (const oldest of entries.keys()) if (entries.size > maxSources) entries.delete(oldest);
    try {
      const entry = await pending;
      if (now().getTime() >= entry.renewAt && !entry.renewing) void renew(store, source, entry, now);
      return entry.frequencies;
    } catch (error) {
      entries.delete(key);
      throw error;
    }
  };
}

async function begin(store: Store, source: Source, now: () => Date): Promise<Entry> {
  const { counts, read, complete } = await sample(store, source, 1);
  if (complete)
    return { frequencies: exact(counts, read), renewAt: now().getTime() + maxAgeOfSmall, renewing: false };
  const frequencies = estimated(counts, read, await atMost(store, source));
  return { frequencies, renewAt: 0, renewing: false };
}

async function renew(store: Store, source: Source, entry: Entry, now: () => Date): Promise<void> {
  entry.renewing = true;
  try {
    const { counts, read, complete } = await sample(store, source, portions);
    if (complete) entry.frequencies = exact(counts, read);
    else {
      const most = await atMost(store, source);
      entry.frequencies = estimated(counts, read, (entry.share ?? 1) * most); // at once: counting takes seconds
      entry.share ??= (await count(store, source, most)) / most; // slow for a large source: once is enough
      entry.frequencies = estimated(counts, read, entry.share * most);
    }
    entry.renewAt = now().getTime() + (complete ? maxAgeOfSmall : maxAge);
  } catch {
    // The store is away: the old estimate still serves, and the next query tries again.
  } finally {
    entry.renewing = false;
  }
}

interface Sample {
  readonly counts: Map<string, number>;
  /** How many contacts were counted. */
  readonly read: number;
  /** That was all of them. */
  readonly complete: boolean;
}

async function sample(store: Store, { account, group }: Source, times: number): Promise<Sample> {
  const contacts = store.collection<ContactDocument>("contacts");
  const counts = new Map<string, number>();
  let read = 0;
  for (let time = 0; time < times; time++) {
    const drawn = await contacts.sample({ account, group }, { size: portion, projection: ["keys"] });
    for (const { keys } of drawn) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    read += drawn.length;
    if (time === 0 && drawn.length < portion) return { counts, read, complete: true };
    await setImmediate();
  }
  return { counts, read, complete: false };
}

/** The source has no more contacts than numbers were given out in its account: known without counting. */
async function atMost(store: Store, { account }: Source): Promise<number> {
  const counter = await store.collection<CounterDocument>("counters").findOne({ _id: `${account}:contacts` });
  return counter?.last ?? portion;
}

async function count(store: Store, { account, group }: Source, most: number): Promise<number> {
  const contacts = store.collection<ContactDocument>("contacts");
  const counted = await contacts.count({ account, group }, { limit: countLimit });
  return counted < countLimit ? counted : Math.max(counted, most);
}

const exact = (counts: ReadonlyMap<string, number>, size: number): Frequencies => ({
  size,
  estimate: (key) => counts.get(key) ?? 1,
});

/**
 * A key seen once tells little and is forgotten. An unseen one mostly is a typo's and occurs nowhere:
 * it counts as 0.15 of a sighting, and never for so much that a query could not afford two dozen of
 * them. Else all keys but the first few are given up in a source of a million, and with them one answer in five (measured).
 */
function estimated(counts: Map<string, number>, read: number, size: number): Frequencies {
  for (const [key, count] of counts) if (count === 1) counts.delete(key);
  const scale = Math.max(1, size / Math.max(1, read));
  const unseen = Math.min(0.15 * scale, mostForUnseen);
  return { size, estimate: (key) => (counts.get(key) ?? 0) * scale || unseen };
}
