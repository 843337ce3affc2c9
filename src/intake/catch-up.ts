/**
 * Catching up (GitHub never sends again by itself): every few minutes one process asks GitHub which
 * deliveries failed, and has those sent again that never got through. What was seen and asked for is
 * kept in the store, so that a quiet app costs one question a round, whichever process asks it.
 */
import { GoneError, RefusedError, RetryableError } from "../github/errors.js";
import type { Hook, HookDelivery } from "../github/hook.js";
import type { Store } from "../store/store.js";
import { createMissed, type Missed, type MissedDocument } from "./missed.js";
import { claimRound, type RoundsDocument } from "./rounds.js";

export interface CatchUpOptions {
  readonly store: Store;
  readonly hook: Hook;
  /** Did this delivery come through our door? */
  readonly arrived: (installation: number | undefined, guid: string) => Promise<boolean>;
  readonly now: () => Date;
}

export type Round =
  /** Another process has just had its round, or GitHub has asked us to wait. */
  | { readonly state: "not due" }
  | { readonly state: "done"; readonly failed: number; readonly redelivered: number }
  /** GitHub does not let the app ask: 401, 403, 404. */
  | { readonly state: "refused"; readonly status: number }
  | { readonly state: "postponed"; readonly error: unknown };

interface CatchUpDocument extends RoundsDocument {
  /** Everything that failed before is known. */
  readonly seenUntil?: Date;
  /** A walk down the list that was too long for one round. */
  readonly walk?: { readonly cursor: string; readonly newest: Date; readonly until: Date };
}

/** GitHub sends again what is up to three days old. */
const reach = 3 * 24 * 60 * 60_000;
/** The list may be late, and its times are in whole seconds. */
const overlap = 2 * 60_000;
/** 1,000 failures a round; the walk goes on in the next one. */
const pagesARound = 10;
const redeliveriesARound = 100;
const listened = new Set(["issue_comment", "issues", "installation"]);
const id = "catch-up";

export interface CatchUp {
  /** @param apart milliseconds since the last round of any process; sooner, nothing is asked */
  round(apart: number): Promise<Round>;
}

export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { store, now } = options;
  const rounds = store.collection<CatchUpDocument>("rounds");
  const missed = createMissed(store, now);

  async function claim(apart: number): Promise<CatchUpDocument | undefined> {
    const holder = await claimRound(store, id, apart, now);
    return holder === undefined ? undefined : rounds.findOne({ _id: id, holder });
  }

  return {
    async round(apart) {
      const claimed = await claim(apart);
      if (claimed === undefined) return { state: "not due" };
      try {
        const failed = await walk(claimed);
        const redelivered = await askAgain(options, missed);
        await missed.forgetBefore(new Date(now().getTime() - reach));
        return { state: "done", failed, redelivered };
      } catch (error) {
        return afterTrouble(error);
      }
    },
  };

  /** Writes down what failed since the last walk. @returns how many tries were looked at */
  async function walk({ seenUntil, walk: open, holder }: CatchUpDocument): Promise<number> {
    const oldest = new Date(now().getTime() - reach);
    const until = open?.until ?? (seenUntil && seenUntil > oldest ? seenUntil : oldest);
    let [cursor, newest, looked] = [open?.cursor, open?.newest ?? until, 0];
    for (let page = 1; page <= pagesARound; page += 1) {
      const { deliveries, next } = await options.hook.list({ status: "failure", cursor });
      looked += deliveries.length;
      await missed.note(worthIt(deliveries, oldest));
      newest = deliveries.reduce((last, { at }) => (at > last ? at : last), newest);
      const isEnd = next === undefined || deliveries.some(({ at }) => at < until);
      if (isEnd) {
        const seen = new Date(newest.getTime() - (newest > until ? overlap : 0));
        await rounds.updateOne({ _id: id, holder }, { $set: { seenUntil: seen }, $unset: { walk: true } });
        return looked;
      }
      cursor = next;
      await rounds.updateOne({ _id: id, holder }, { $set: { walk: { cursor, newest, until } } });
    }
    return looked;
  }

  async function afterTrouble(error: unknown): Promise<Round> {
    if (error instanceof RetryableError) {
      const notBefore = new Date(now().getTime() + (error.retryAfter ?? 0));
      await rounds.updateOne({ _id: id }, { $max: { notBefore } });
      return { state: "postponed", error };
    }
    // Perhaps the place in the list is what GitHub no longer takes: the next round begins at the top.
    await rounds.updateOne({ _id: id }, { $unset: { walk: true } });
    if (error instanceof RefusedError) return { state: "refused", status: error.status };
    if (error instanceof GoneError) return { state: "refused", status: 404 };
    throw error;
  }
}

/** Failures of events we listen to; where the list holds successes too, what they made good is left out. */
function worthIt(deliveries: readonly HookDelivery[], oldest: Date): readonly HookDelivery[] {
  const good = new Set(deliveries.filter(isOk).map(({ guid }) => guid));
  return deliveries.filter(
    (one) => !isOk(one) && !good.has(one.guid) && listened.has(one.event) && one.at >= oldest,
  );
}

const isOk = ({ status }: HookDelivery): boolean => status >= 200 && status < 400;

/** @returns how many were sent again */
async function askAgain({ hook, arrived }: CatchUpOptions, missed: Missed): Promise<number> {
  let count = 0;
  const due = await missed.due(redeliveriesARound);
  const made = await madeSince(hook, due);
  for (const one of due) {
    if (made.has(one._id) || (await arrived(one.installation, one._id))) await missed.end(one);
    else if (await missed.take(one)) {
      if (await hook.redeliver(one.delivery)) count += 1;
      else await missed.end(one);
    }
  }
  return count;
}

/**
 * GUIDs that got through since they were asked for: events that leave nothing in the inbox are found
 * here. Where more came in than we look at, one of them may be asked for once more, which does no harm.
 */
async function madeSince(hook: Hook, due: readonly MissedDocument[]): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  const asked = due.flatMap(({ askedAt }) => (askedAt === undefined ? [] : [askedAt.getTime()]));
  if (asked.length === 0) return made;
  const since = Math.min(...asked) - overlap;
  let cursor: string | undefined;
  for (let page = 1; page <= pagesARound; page += 1) {
    const { deliveries, next } = await hook.list({ status: "success", cursor });
    for (const one of deliveries) if (isOk(one)) made.add(one.guid);
    if (next === undefined || deliveries.some(({ at }) => at.getTime() < since)) break;
    cursor = next;
  }
  return made;
}
