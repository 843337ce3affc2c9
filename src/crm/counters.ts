/** Numbers of contacts and organizations: one sequence each per account, from 1, never given twice. */
import type { CounterDocument } from "../store/documents.js";
import type { Store } from "../store/store.js";

/**
 * Takes the next `count` numbers of an account at once.
 * @returns the first of them. Numbers that are then not used leave a gap, which is harmless.
 */
export async function takeNumbers(
  store: Store,
  account: number,
  kind: "contacts" | "organizations",
  count = 1,
): Promise<number> {
  const counter = await store
    .collection<CounterDocument>("counters")
    .findOneAndUpdate(
      { _id: `${account}:${kind}` },
      { $inc: { last: count }, $setOnInsert: { account } },
      { upsert: true, returns: "after" },
    );
  if (counter === undefined) throw new Error("an upsert returned no document");
  return counter.last - count + 1;
}
