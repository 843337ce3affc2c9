/** Who a record has become: the one it was merged into, or is being merged into. */
import type { RecordDocument, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import type { RecordKind } from "./departures.js";

/** One merged into another may be followed by a merge of that one; more in a row is no merge but a mistake. */
const longestChain = 100;

/** The number that stands for a record that is leaving or gone; undefined when it was erased. */
export async function successorOf(
  store: Store,
  kind: RecordKind,
  { account, group }: Source,
  number: number,
): Promise<number | undefined> {
  const records = store.collection<RecordDocument>(kind);
  let current = number;
  for (let step = 0; step < longestChain; step++) {
    const record = await records.findOne({ account, group, number: current });
    if (record !== undefined && record.leaving === undefined) return current;
    const into =
      record === undefined
        ? (await records.findOne({ account, group, mergedFrom: current }))?.number
        : record.leaving?.into;
    if (into === undefined) return undefined;
    current = into;
  }
  throw new Error(`the successors of ${kind} ${account}:${number} come to no end`);
}

/** The records that others were merged into, by the number of those. */
export async function successorsOf<T extends RecordDocument>(
  store: Store,
  kind: RecordKind,
  { account, group }: Source,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, T>> {
  if (numbers.length === 0) return new Map();
  const found = await store
    .collection<T>(kind)
    .find({ account, group, mergedFrom: { $in: numbers } }, { limit: numbers.length });
  return new Map(
    numbers.flatMap((number): [number, T][] => {
      const record = found.find(({ mergedFrom = [] }) => mergedFrom.includes(number));
      return record === undefined ? [] : [[number, record]];
    }),
  );
}
