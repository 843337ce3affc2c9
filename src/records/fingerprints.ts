/**
 * A map from texts to whole numbers that keeps eight bytes of a hash instead of the text, because a
 * file may have millions of rows: about 20 MB for a million. That two texts of one file share their
 * eight bytes is less likely, at a million rows, than one in ten million.
 */
import { createHash } from "node:crypto";

export interface Fingerprints {
  /** @returns what was set for the text, if anything was */
  get(text: string): number | undefined;
  /** @param value from 1 to 2^32 - 1 */
  set(text: string, value: number): void;
}

/** Slots are tried one after another from where the hash points to; at most two in three are taken. */
interface Table {
  readonly hashes: BigUint64Array;
  /** 0 marks a free slot. */
  readonly values: Uint32Array;
}

export function createFingerprints(): Fingerprints {
  let table = emptyTable(1024);
  let taken = 0;

  const put = (hash: bigint, value: number) => {
    const slot = slotOf(table, hash);
    if (table.values[slot] === 0) taken++;
    table.hashes[slot] = hash;
    table.values[slot] = value;
  };

  const grow = () => {
    const { hashes, values } = table;
    table = emptyTable(values.length * 2);
    taken = 0;
    for (const [slot, hash] of hashes.entries()) {
      const value = values[slot] ?? 0;
      if (value !== 0) put(hash, value);
    }
  };

  return {
    get(text) {
      const value = table.values[slotOf(table, hashOf(text))] ?? 0;
      return value === 0 ? undefined : value;
    },

    set(text, value) {
      if (taken * 3 > table.values.length * 2) grow();
      put(hashOf(text), value);
    },
  };
}

const hashOf = (text: string): bigint => createHash("sha1").update(text).digest().readBigUInt64LE();

const emptyTable = (slots: number): Table => ({
  hashes: new BigUint64Array(slots),
  values: new Uint32Array(slots),
});

/** The slot of the hash, or the free one where it belongs. The number of slots is a power of two. */
function slotOf({ hashes, values }: Table, hash: bigint): number {
  const mask = values.length - 1;
  let slot = Number(hash & 0xffffffffn) & mask;
  while (values[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & mask;
  return slot;
}
