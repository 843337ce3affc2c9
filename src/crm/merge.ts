/**
 * Merging records that mean the same (DESIGN §3.3): links, or contacts of an organization, go to the one
 * that is kept, its empty fields are filled, its history is joined, and the duplicates are deleted.
 * What will be done is journalled in the audit trail first, so that a retry does it to the end.
 */
import type { RecordDocument, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import { createAudit } from "./audit.js";
import type { RecordKind } from "./departures.js";
import { forecastMerge, type Forecast } from "./forecast.js";
import { leave } from "./leave.js";
import { receiptOf, type Departed } from "./receipt.js";
import type { Said } from "./records.js";

export interface Merge {
  /** Number of the record that stays. */
  readonly keep: number;
  readonly duplicates: readonly number[];
}

export interface Merges {
  /** What merging would change; nothing is leaving when `keep` does not exist. */
  forecast(kind: RecordKind, merge: Merge, source: Source): Promise<Forecast>;
  /** Merges, in resumable steps: each try of the same step goes on where the last one ended. */
  merge(kind: RecordKind, merge: Merge, said: Said): Promise<Departed>;
}

export function createMerges(store: Store, now: () => Date): Merges {
  const audit = createAudit(store, now);
  const forecast: Merges["forecast"] = (kind, { keep, duplicates }, source) =>
    forecastMerge(store, kind, source, keep, duplicates);

  return {
    forecast,

    async merge(kind, { keep, duplicates }, { source, step, issue }) {
      const { leaving, fields, issues, employed } = await forecast(kind, { keep, duplicates }, source);
      const event = await audit.begin(step, {
        source,
        issue,
        [kind]: [keep, ...leaving],
        fields,
        ...(kind === "contacts" ? { issues } : { employed }),
      });
      // Later events may have added the goal of a merge of `keep` to this one: the duplicates are what was asked for.
      const begun = duplicates.filter((number) => number !== keep && event[kind]?.includes(number));
      let merged = false;
      for (const number of begun) {
        if (await leave(store, kind, source, { number, into: keep }, now)) merged = true;
      }
      if (merged) return { type: "done", receipt: receiptOf(event) };
      await audit.withdraw(event);
      return { type: await whyNothing(store, kind, source, keep, duplicates) };
    },
  };
}

async function whyNothing(
  store: Store,
  kind: RecordKind,
  { account, group }: Source,
  keep: number,
  duplicates: readonly number[],
): Promise<"already_done" | "gone"> {
  const kept = await store.collection<RecordDocument>(kind).findOne({ account, group, number: keep });
  const merged = kept?.mergedFrom ?? [];
  return merged.length > 0 && duplicates.every((number) => merged.includes(number)) ? "already_done" : "gone";
}
