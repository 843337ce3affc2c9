/** The history of a record that was merged is also told of the one it was merged into. */
import { setImmediate } from "node:timers/promises";
import type { EventDocument, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import type { RecordKind } from "./departures.js";

const batch = 100;

/** Adds `into` to every event of `number`, in batches; can be begun again. The old number stays in them. */
export async function moveHistory(
  store: Store,
  kind: RecordKind,
  { account }: Source,
  number: number,
  into: number,
): Promise<void> {
  const events = store.collection<EventDocument>("events");
  const untold = { account, $and: [{ [kind]: number }, { [kind]: { $ne: into } }] };
  for (;;) {
    const found = await events.find(untold, { limit: batch, projection: ["account"] });
    if (found.length === 0) return;
    await events.bulk(
      found.map(({ _id }) => ({ updateOne: { filter: { _id }, update: { $addToSet: { [kind]: into } } } })),
    );
    await setImmediate();
  }
}
