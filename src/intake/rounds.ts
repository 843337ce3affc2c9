/**
 * Rounds that one process makes for all, such as catching up: whoever claims a round makes it, and until
 * some time has passed nobody else gets one. A crash costs the rest of that time, nothing more.
 */
import { randomUUID } from "node:crypto";
import { DuplicateKeyError, type Store, type StoredDocument } from "../store/store.js";

/** Where the rounds of one kind have come to; one document for all processes. */
export interface RoundsDocument extends StoredDocument {
  /** What the rounds are for. */
  readonly _id: string;
  readonly lastAt: Date;
  /** Nobody makes one before. */
  readonly notBefore: Date;
  /** The last claim. */
  readonly holder: string;
}

/**
 * Claims the next round of a kind.
 * @param apart milliseconds since the last round of any process; sooner, nobody gets one
 * @returns the claim; undefined when the round is not due
 */
export async function claimRound(
  store: Store,
  id: string,
  apart: number,
  now: () => Date,
): Promise<string | undefined> {
  const rounds = store.collection<RoundsDocument>("rounds");
  const time = now();
  const [lastAt, holder] = [time, randomUUID()];
  try {
    if ((await rounds.findOne({ _id: id })) === undefined) {
      await rounds.insertOne({ _id: id, lastAt, notBefore: new Date(0), holder });
      return holder;
    }
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
  }
  const { matched } = await rounds.updateOne(
    { _id: id, lastAt: { $lte: new Date(time.getTime() - apart) }, notBefore: { $lte: time } },
    { $set: { lastAt, holder } },
  );
  return matched === 1 ? holder : undefined;
}
