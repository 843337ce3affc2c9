/** What GitHub could not deliver, one document a GUID, until it got through, was asked for often enough, or is too old. */
import type { HookDelivery } from "../github/hook.js";
import type { Store, StoredDocument } from "../store/store.js";

export interface MissedDocument extends StoredDocument {
  /** The GUID. */
  readonly _id: string;
  /** Id of the last try that failed. */
  readonly delivery: string;
  readonly installation?: number;
  /** When it failed for the first time, as far as we know. */
  readonly failedAt: Date;
  /** How often GitHub was asked to send it again. */
  readonly asked: number;
  /** When it was asked for last. */
  readonly askedAt?: Date;
  /** When to ask (again); gone when nothing is to be done any more. */
  readonly dueAt?: Date;
}

export interface Missed {
  /** Writes down failures; several of one GUID are one. */
  note(failures: readonly HookDelivery[]): Promise<void>;
  /** What is to be asked for now, oldest first. */
  due(limit: number): Promise<readonly MissedDocument[]>;
  /** Counts a request before it is made. @returns false when another process was faster */
  take(one: MissedDocument): Promise<boolean>;
  end(one: MissedDocument): Promise<void>;
  forgetBefore(time: Date): Promise<void>;
}

/** Pauses after the first, second … request; together about half a day, well inside GitHub's three. */
const pauses = [5, 30, 120, 480].map((minutes) => minutes * 60_000);

export function createMissed(store: Store, now: () => Date): Missed {
  const missed = store.collection<MissedDocument>("missed");
  return {
    async note(failures) {
      const steps = failures.map(({ guid, id, at, installation }) => ({
        updateOne: {
          filter: { _id: guid },
          update: {
            $set: { delivery: id, ...(installation !== undefined && { installation }) },
            $min: { failedAt: at },
            $setOnInsert: { asked: 0, dueAt: at },
          },
          upsert: true,
        },
      }));
      if (steps.length > 0) await missed.bulk(steps);
    },

    due: (limit) => missed.find({ dueAt: { $lte: now() } }, { sort: { dueAt: 1 }, limit }),

    async take({ _id, asked }) {
      const pause = pauses[asked];
      const [counted, askedAt] = [{ $inc: { asked: 1 } }, now()];
      const { matched } = await missed.updateOne(
        { _id, asked },
        pause === undefined
          ? { ...counted, $set: { askedAt }, $unset: { dueAt: true } }
          : { ...counted, $set: { askedAt, dueAt: new Date(askedAt.getTime() + pause) } },
      );
      return matched === 1;
    },

    async end({ _id }) {
      await missed.updateOne({ _id }, { $unset: { dueAt: true } });
    },

    async forgetBefore(time) {
      await missed.deleteMany({ failedAt: { $lt: time } });
    },
  };
}
