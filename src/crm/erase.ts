/**
 * Erasing records (DESIGN §3.3): a contact with all links and search keys, or an organization with the
 * references of its contacts. The audit trail keeps numbers and counts, which is the receipt too; it is
 * written first, so that a retry erases to the end.
 */
import type { Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import { createAudit } from "./audit.js";
import type { RecordKind } from "./departures.js";
import { forecastErasure, type Forecast } from "./forecast.js";
import { leave } from "./leave.js";
import { receiptOf, type Departed } from "./receipt.js";
import type { Said } from "./records.js";

export interface Erasures {
  /** What erasing would remove; nothing is leaving when there is no such record. */
  forecast(kind: RecordKind, number: number, source: Source): Promise<Forecast>;
  /** Erases, in resumable steps: each try of the same step goes on where the last one ended. */
  erase(kind: RecordKind, number: number, said: Said): Promise<Departed>;
}

export function createErasures(store: Store, now: () => Date): Erasures {
  const audit = createAudit(store, now);
  const forecast: Erasures["forecast"] = (kind, number, source) =>
    forecastErasure(store, kind, source, number);

  return {
    forecast,

    async erase(kind, number, { source, step, issue }) {
      const { leaving, issues, employed } = await forecast(kind, number, source);
      const event = await audit.begin(step, {
        source,
        issue,
        [kind]: leaving,
        ...(kind === "contacts" ? { issues } : { employed }),
      });
      if (!event[kind]?.includes(number)) {
        await audit.withdraw(event);
        return { type: "gone" };
      }
      await leave(store, kind, source, { number }, now);
      return { type: "done", receipt: receiptOf(event) };
    },
  };
}
