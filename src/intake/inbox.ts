/**
 * The inbox of deliveries (DESIGN §2): nothing is acknowledged that is not stored here. Deliveries
 * wait in lanes, one an issue; a worker leases a lane and takes its deliveries one by one in the order
 * of their arrival, so that two comments on one issue never race, whichever process works on them.
 */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import {
  DuplicateKeyError,
  type Collection,
  type Filter,
  type Store,
  type StoredDocument,
} from "../store/store.js";
import type { ConversationEvent } from "../conversation/event.js";
import { FencedError } from "../github/errors.js";
import { laneOrder, timeOf } from "./order.js";

export interface DeliveryDocument extends StoredDocument {
  /** `<account>:<GUID>` */
  readonly _id: string;
  readonly account: number;
  readonly guid: string;
  /** A digest of what somebody said, when and where: a GUID is not signed, so a replay may have another one. */
  readonly said?: string;
  /** `waiting` until a worker ended it in one way or the other. */
  readonly state: "waiting" | "done" | "failed";
  /** There while it waits. */
  readonly lane?: string;
  /** Sorts within a lane (order.ts). */
  readonly arrival: string;
  /** What was done, for those who look after the app. */
  readonly kind?: DeliveryKind;
  readonly receivedAt?: Date;
  /** The claim of its lane under which it was taken last: whoever has an older one may not end it. */
  readonly token?: number;
  /** There while it waits: finished deliveries keep no body. */
  readonly event?: ConversationEvent;
  readonly attempts: number;
  /** Not to be tried before. */
  readonly notBefore?: Date;
  /** A verdict, or the reason of the last failure: the kind of error, never its text. */
  readonly outcome?: string;
  readonly finishedAt?: Date;
}

export type DeliveryKind =
  "comment" | "comment_edited" | "issue" | "issue_edited" | "tick" | "labels" | "posted";

interface LaneDocument extends StoredDocument {
  /** `<account>:<repository>:<issue number>` */
  readonly _id: string;
  readonly account: number;
  /** When its next delivery is due. */
  readonly dueAt: Date;
  readonly leasedUntil: Date;
  readonly holder?: string;
  /** Counts claims. */
  readonly token?: number;
  /** Counts arrivals: a lane is only left when none came in the meantime. */
  readonly arrivals: number;
}

/** A lane that is ours for a while. */
export interface Lease {
  readonly lane: string;
  readonly account: number;
  readonly holder: string;
  /** Rises with every claim of the lane, whoever claims it. */
  readonly token: number;
  readonly arrivals: number;
}

export interface Inbox {
  /**
   * Stores a delivery; "known" when its GUID, or the same comment, was stored before. One that had failed waits again.
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
  /**
   * Takes the next delivery of a leased lane: from then on nobody with an older claim can end it.
   * @throws FencedError when somebody with a younger claim has taken it
   */
  next(lease: Lease): Promise<DeliveryDocument | undefined>;
  /** @returns false when it was not ours to end, or had ended before */
  finish(delivery: DeliveryDocument, state: "done" | "failed", outcome: string): Promise<boolean>;
  /** @returns as `finish` */
  postpone(
    delivery: DeliveryDocument,
    until: Date,
    reason: string,
    options?: { readonly counts: boolean },
  ): Promise<boolean>;
  /**
   * Gives a lane back until `dueAt`.
   * @param busyUntil nobody may have it before, whatever arrives
   */
  release(lease: Lease, dueAt: Date, busyUntil?: Date): Promise<void>;
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
const forgottenAtOnce = 200;

export function createInbox(store: Store, now: () => Date): Inbox {
  const deliveries = store.collection<DeliveryDocument>("deliveries");
  const lanes = store.collection<LaneDocument>("lanes");
  const arrival = laneOrder(now);

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
        $set: { state: "waiting", lane, arrival: arrival(event), event, attempts: 0, receivedAt: now() },
        $unset: { finishedAt: true, outcome: true, token: true },
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
          ...(event.type === "comment" && { said: digestOf(event) }),
          state: "waiting",
          lane,
          arrival: arrival(event, due),
          kind: kindOf(event),
          receivedAt: now(),
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
        { $set: { holder, leasedUntil: new Date(time.getTime() + leaseMs) }, $inc: { token: 1 } },
        { returns: "after", sort: { dueAt: 1 } },
      );
      if (lane === undefined) return undefined;
      const { _id, account, token = 0, arrivals } = lane;
      return { lane: _id, account, holder, token, arrivals };
    },

    async extend({ lane, holder }, leaseMs) {
      const leasedUntil = new Date(now().getTime() + leaseMs);
      return (await lanes.updateOne({ _id: lane, holder }, { $set: { leasedUntil } })).matched === 1;
    },

    async next({ lane, token }) {
      const [first] = await deliveries.find({ lane }, { sort: { lane: 1, arrival: 1 }, limit: 1 });
      if (first === undefined) return undefined;
      const taken = await deliveries.findOneAndUpdate(
        { _id: first._id, lane },
        { $max: { token } },
        { returns: "after" },
      );
      if (taken?.token !== token) throw new FencedError();
      return taken;
    },

    async finish(delivery, state, outcome) {
      const { matched } = await deliveries.updateOne(stillOurs(delivery), {
        $set: { state, outcome, finishedAt: now() },
        $inc: { attempts: 1 },
        $unset: { lane: true, event: true, notBefore: true, token: true },
      });
      return matched === 1;
    },

    async postpone(delivery, until, reason, { counts } = { counts: true }) {
      const { matched } = await deliveries.updateOne(stillOurs(delivery), {
        $set: { notBefore: until, outcome: reason },
        ...(counts && { $inc: { attempts: 1 } }),
      });
      return matched === 1;
    },

    async release({ lane, holder }, dueAt, busyUntil = longAgo) {
      // Without its holder: a sign of life that is still on its way must not lease it again.
      await lanes.updateOne(
        { _id: lane, holder },
        { $set: { dueAt, leasedUntil: busyUntil }, $unset: { holder: true } },
      );
    },

    async leave(lease) {
      const { lane, holder, arrivals } = lease;
      if ((await lanes.deleteOne({ _id: lane, holder, arrivals })) === 1) return undefined;
      const still = await lanes.findOne({ _id: lane, holder });
      return still && { ...lease, arrivals: still.arrivals };
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
      (await forget(deliveries, { state: "done", finishedAt: { $lt: time } })) +
      (await forget(deliveries, { state: "failed", finishedAt: { $lt: time } })),
  };
}

/** An end whose answer was lost is an end, and what somebody else has taken since is theirs to end. */
const stillOurs = ({ _id, token }: DeliveryDocument): Filter => ({
  _id,
  state: "waiting",
  ...(token !== undefined && { token }),
});

/** In parts, so that nobody waits for a week's worth of them; what was revived meanwhile stays. */
async function forget(deliveries: Collection<DeliveryDocument>, filter: Filter): Promise<number> {
  const sort = { state: 1, finishedAt: 1 } as const;
  for (let forgotten = 0; ;) {
    const old = await deliveries.find(filter, { sort, limit: forgottenAtOnce, projection: ["state"] });
    if (old.length === 0) return forgotten;
    forgotten += await deliveries.deleteMany({ _id: { $in: old.map(({ _id }) => _id) }, ...filter });
    await setImmediate();
  }
}

function kindOf(event: ConversationEvent): DeliveryKind {
  if (event.type !== "comment") return event.type;
  const what = event.source.kind === "comment" ? "comment" : "issue";
  return event.previous === undefined ? what : `${what}_edited`;
}

/** Nobody can say the same thing in the same second twice: GitHub's times and ids are in it. */
const digestOf = (event: ConversationEvent): string =>
  createHash("sha256")
    .update(JSON.stringify({ ...event, delivery: "" }))
    .digest("base64url")
    .slice(0, 22);

const laneOf = ({ place: { account, repository, issue } }: ConversationEvent): string =>
  `${account.id}:${repository.id}:${issue.number}`;

async function inserted(insert: () => Promise<void>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if (error instanceof DuplicateKeyError) return false;
    throw error;
  }
}
