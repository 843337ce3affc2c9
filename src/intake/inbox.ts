/**
 * The inbox of deliveries (DESIGN §2): nothing is acknowledged that is not stored here. Deliveries
 * wait in lanes, one an issue; a worker leases a lane and takes its deliveries one by one in the order
 * of their arrival, so that two comments on one issue never race, whichever process works on them.
 */
import { DuplicateKeyError, type Store, type StoredDocument } from "../store/store.js";
import type { ConversationEvent } from "../conversation/event.js";

export interface DeliveryDocument extends StoredDocument {
  /** `<account>:<GUID>` */
  readonly _id: string;
  readonly account: number;
  readonly guid: string;
  /** `waiting` until a worker ended it in one way or the other. */
  readonly state: "waiting" | "done" | "failed";
  /** There while it waits. */
  readonly lane?: string;
  /** Sorts by arrival within a lane. */
  readonly arrival: string;
  /** There while it waits: finished deliveries keep no body. */
  readonly event?: ConversationEvent;
  readonly attempts: number;
  /** Not to be tried before. */
  readonly notBefore?: Date;
  /** A verdict, or the reason of the last failure: the kind of error, never its text. */
  readonly outcome?: string;
  readonly finishedAt?: Date;
}

interface LaneDocument extends StoredDocument {
  /** `<account>:<repository>:<issue number>` */
  readonly _id: string;
  readonly account: number;
  /** When its next delivery is due. */
  readonly dueAt: Date;
  readonly leasedUntil: Date;
  readonly holder?: string;
  /** Counts arrivals: a lane is only left when none came in the meantime. */
  readonly arrivals: number;
}

/** A lane that is ours for a while. */
export interface Lease {
  readonly lane: string;
  readonly account: number;
  readonly holder: string;
  readonly arrivals: number;
}

export interface Inbox {
  /**
   * Stores a delivery; "known" when its GUID was stored before. One that had failed waits again.
   * @param due not to be worked on before; what arrives on its lane until then goes first
   */
  put(event: ConversationEvent, due?: Date): Promise<"stored" | "known">;
  /** Was a delivery with this GUID ever stored (and not forgotten since)? */
  knows(account: number, guid: string): Promise<boolean>;
  /**
   * The lane that has been due for longest, leased for `leaseMs`; undefined when none is due.
   * @param without accounts whose lanes are not wanted now
   */
  claim(holder: string, leaseMs: number, without?: readonly number[]): Promise<Lease | undefined>;
  /** @returns false when the lease is no longer ours: stop at once */
  extend(lease: Lease, leaseMs: number): Promise<boolean>;
  /** The next delivery of a leased lane. */
  next(lease: Lease): Promise<DeliveryDocument | undefined>;
  finish(delivery: DeliveryDocument, state: "done" | "failed", outcome: string): Promise<void>;
  postpone(delivery: DeliveryDocument, until: Date, reason: string): Promise<void>;
  /** Gives a lane back until `dueAt`. */
  release(lease: Lease, dueAt: Date): Promise<void>;
  /** Leaves an empty lane for good. @returns the lease, renewed, when something has arrived meanwhile */
  leave(lease: Lease): Promise<Lease | undefined>;
  /** After a start: wakes lanes whose deliveries were stored and then forgotten by a crash. */
  recover(options: { readonly breakLeases: boolean }): Promise<void>;
  /** How many deliveries wait (counted up to 10,000), and when the oldest of them came. */
  queue(): Promise<{ readonly waiting: number; readonly oldest: Date | undefined }>;
  /** Forgets deliveries that were finished before `time`. @returns how many */
  forgetFinishedBefore(time: Date): Promise<number>;
}

const longAgo = new Date(0);
/** Beyond it, more precise numbers tell nothing more. */
const mostCounted = 10_000;

export function createInbox(store: Store, now: () => Date): Inbox {
  const deliveries = store.collection<DeliveryDocument>("deliveries");
  const lanes = store.collection<LaneDocument>("lanes");
  const arrival = arrivalOrder(now);

  const wake = (lane: string, account: number, dueAt = now()) =>
    lanes.updateOne(
      { _id: lane },
      { $min: { dueAt }, $inc: { arrivals: 1 }, $setOnInsert: { account, leasedUntil: longAgo } },
      { upsert: true },
    );

  /** A delivery that was given up gets another chance when GitHub is asked to send it again. */
  const putBack = (event: ConversationEvent, lane: string) =>
    deliveries.updateOne(
      { _id: `${event.place.account.id}:${event.delivery}`, state: "failed" },
      {
        $set: { state: "waiting", lane, arrival: arrival(), event, attempts: 0 },
        $unset: { finishedAt: true, outcome: true },
      },
    );

  return {
    async put(event, due) {
      const account = event.place.account.id;
      const lane = laneOf(event);
      const fresh = await inserted(() =>
        deliveries.insertOne({
          _id: `${account}:${event.delivery}`,
          account,
          guid: event.delivery,
          state: "waiting",
          lane,
          arrival: arrival(due),
          event,
          attempts: 0,
          ...(due && { notBefore: due }),
        }),
      );
      if (!fresh) await putBack(event, lane);
      await wake(lane, account, due); // also for a known one: its first arrival may have died before this
      return fresh ? "stored" : "known";
    },

    knows: async (account, guid) =>
      (await deliveries.count({ _id: `${account}:${guid}` }, { limit: 1 })) === 1,

    async claim(holder, leaseMs, without = []) {
      const time = now();
      const others = without.map((account) => ({ account: { $ne: account } }));
      const lane = await lanes.findOneAndUpdate(
        { dueAt: { $lte: time }, leasedUntil: { $lte: time }, ...(others.length > 0 && { $and: others }) },
        { $set: { holder, leasedUntil: new Date(time.getTime() + leaseMs) } },
        { returns: "after", sort: { dueAt: 1 } },
      );
      return lane && { lane: lane._id, account: lane.account, holder, arrivals: lane.arrivals };
    },

    async extend({ lane, holder }, leaseMs) {
      const leasedUntil = new Date(now().getTime() + leaseMs);
      return (await lanes.updateOne({ _id: lane, holder }, { $set: { leasedUntil } })).matched === 1;
    },

    async next({ lane }) {
      const [first] = await deliveries.find({ lane }, { sort: { lane: 1, arrival: 1 }, limit: 1 });
      return first;
    },

    async finish({ _id }, state, outcome) {
      await deliveries.updateOne(
        { _id },
        { $set: { state, outcome, finishedAt: now() }, $unset: { lane: true, event: true, notBefore: true } },
      );
    },

    async postpone({ _id }, until, reason) {
      await deliveries.updateOne(
        { _id, state: "waiting" }, // an end whose answer was lost is an end
        { $set: { notBefore: until, outcome: reason }, $inc: { attempts: 1 } },
      );
    },

    async release({ lane, holder }, dueAt) {
      // Without its holder: a sign of life that is still on its way must not lease it again.
      await lanes.updateOne(
        { _id: lane, holder },
        { $set: { dueAt, leasedUntil: longAgo }, $unset: { holder: true } },
      );
    },

    async leave({ lane, account, holder, arrivals }) {
      if ((await lanes.deleteOne({ _id: lane, holder, arrivals })) === 1) return undefined;
      const still = await lanes.findOne({ _id: lane, holder });
      return still && { lane, account, holder, arrivals: still.arrivals };
    },

    async recover({ breakLeases }) {
      if (breakLeases) {
        await lanes.updateMany({ dueAt: { $gt: longAgo } }, { $set: { leasedUntil: longAgo } });
      }
      for (let after = ""; ;) {
        const [waiting] = await deliveries.find(
          { lane: { $gt: after } },
          { sort: { lane: 1, arrival: 1 }, limit: 1, projection: ["lane", "account"] },
        );
        if (waiting?.lane === undefined) return;
        await wake(waiting.lane, waiting.account);
        after = waiting.lane;
      }
    },

    async queue() {
      const waits = { lane: { $gt: "" } };
      const [waiting, [oldest]] = await Promise.all([
        deliveries.count(waits, { limit: mostCounted }),
        deliveries.find(waits, { sort: { arrival: 1 }, limit: 1, projection: ["arrival"] }),
      ]);
      return { waiting, oldest: oldest && timeOf(oldest.arrival) };
    },

    forgetFinishedBefore: async (time) =>
      (await deliveries.deleteMany({ state: "done", finishedAt: { $lt: time } })) +
      (await deliveries.deleteMany({ state: "failed", finishedAt: { $lt: time } })),
  };
}

const laneOf = ({ place: { account, repository, issue } }: ConversationEvent): string =>
  `${account.id}:${repository.id}:${issue.number}`;

/** Rises with every call, and across processes as their clocks do. What is due later arrives then. */
function arrivalOrder(now: () => Date): (due?: Date) => string {
  let count = 0;
  return (due = now()) => {
    count = (count + 1) % 1_000_000;
    return `${due.toISOString()} ${String(count).padStart(6, "0")}`;
  };
}

/** When a delivery came, by the arrival it was given. */
const timeOf = (arrival: string): Date => new Date(arrival.split(" ")[0] ?? "");

async function inserted(insert: () => Promise<void>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if (error instanceof DuplicateKeyError) return false;
    throw error;
  }
}
