/** The deliveries that wait or were given up, for those who look after the app: ids, times and words of ours. */
import type { Store, StoredDocument } from "../store/store.js";
import type { DeliveryDocument, DeliveryKind } from "./inbox.js";

export interface ListedDelivery {
  readonly guid: string;
  readonly kind: DeliveryKind | undefined;
  readonly account: number;
  readonly receivedAt: Date | undefined;
  /** Tries so far. */
  readonly attempts: number;
  /** The kind of error that the last try ended with. */
  readonly reason: string | undefined;
  /** When it is tried next; undefined when it is due or over. */
  readonly dueAt: Date | undefined;
}

export interface Backlog {
  /** Waiting ones lane by lane in their order, failed ones newest first. */
  list(state: "waiting" | "failed", limit: number): Promise<readonly ListedDelivery[]>;
  /** Makes a waiting delivery due now; "failed" and "done" ones have no text left to work on. */
  retry(guid: string): Promise<"due" | "failed" | "done" | "unknown">;
}

const fields = ["guid", "kind", "account", "receivedAt", "attempts", "outcome", "notBefore", "state", "lane"];

export function createBacklog(store: Store, now: () => Date): Backlog {
  const deliveries = store.collection<DeliveryDocument>("deliveries");
  const lanes = store.collection<StoredDocument>("lanes");

  async function find(guid: string): Promise<DeliveryDocument | undefined> {
    for (const where of [{ lane: { $gt: "" } }, { state: "failed" }, { state: "done" }]) {
      const found = await deliveries.findOne({ ...where, guid }, { projection: fields });
      if (found) return found;
    }
    return undefined;
  }

  return {
    async list(state, limit) {
      const found =
        state === "waiting"
          ? await deliveries.find(
              { lane: { $gt: "" } },
              { sort: { lane: 1, arrival: 1 }, limit, projection: fields },
            )
          : await deliveries.find(
              { state, finishedAt: { $gt: new Date(0) } },
              { sort: { state: -1, finishedAt: -1 }, limit, projection: fields },
            );
      return found.map(({ guid, kind, account, receivedAt, attempts, outcome, notBefore }) => ({
        ...{ guid, kind, account, receivedAt, attempts, reason: outcome, dueAt: notBefore },
      }));
    },

    async retry(guid) {
      const found = await find(guid);
      if (found?.lane === undefined)
        return found?.state === "waiting" ? "unknown" : (found?.state ?? "unknown");
      await deliveries.updateOne({ _id: found._id, state: "waiting" }, { $unset: { notBefore: true } });
      await lanes.updateOne({ _id: found.lane }, { $min: { dueAt: now() } });
      return "due";
    },
  };
}
