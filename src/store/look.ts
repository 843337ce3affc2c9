/** What a look at a store tells (inspect.ts), whichever engine it is. */
import type { Store } from "./store.js";

export interface StoreLook {
  readonly engine: Store["engine"];
  /** Of MongoDB or SQLite. */
  readonly version: string;
  /** Nothing of Liaison's is there yet. */
  readonly isEmpty: boolean;
  /** Collections and indexes of the schema that are not there (ready): `contacts`, `contacts (account, group)`. */
  readonly missing: readonly string[];
  /** Did a document of our own, forgotten again, come back as it was? Undefined where there is no place for one. */
  readonly keeps: boolean | undefined;
}

/** The collection that the document is put into: it has no indexes, and small documents. */
export const triedCollection = "counters";
export const triedId = (random: string): string => `0:inspection ${random}`;

export const nameOfIndex = (collection: string, fields: readonly string[]): string =>
  `${collection} (${fields.join(", ")})`;
