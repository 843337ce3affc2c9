/**
 * What earlier rows of a file were about. Keeps about 20 bytes of each (fingerprints.ts); everything
 * else about an import is independent of the file's size.
 */
import { createFingerprints } from "./fingerprints.js";
import type { ImportRow } from "./read-row.js";

export interface Seen {
  /** Line of the earlier row with the same address, if there is one; else remembers this one. */
  earlierLine(row: ImportRow): number | undefined;
  /** How many earlier rows without address had the same name and organization. */
  sameBefore(row: ImportRow): number;
}

export function createSeen(): Seen {
  const lines = createFingerprints();
  const unaddressed = createFingerprints();

  return {
    earlierLine({ emailKey, line }) {
      if (emailKey === "") return undefined;
      const earlier = lines.get(emailKey);
      if (earlier === undefined) lines.set(emailKey, line);
      return earlier;
    },

    sameBefore({ emailKey, nameKey, organization }) {
      if (emailKey !== "") return 0;
      const key = `${nameKey}\n${organization?.key ?? ""}`;
      const before = unaddressed.get(key) ?? 0;
      unaddressed.set(key, before + 1);
      return before;
    },
  };
}
