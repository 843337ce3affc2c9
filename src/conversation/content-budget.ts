/**
 * How many comments may be made on an account: GitHub takes about 80 a minute and 500 an hour from an
 * installation, whichever process makes them. Kept in the store as two moments an account: until when
 * the minute's and the hour's share are used up (the "generic cell rate algorithm"). Reactions and
 * edits are not counted: GitHub warns of this limit where something notifies people, and they do not.
 */
import { RetryableError } from "../github/errors.js";
import type { Store, StoredDocument } from "../store/store.js";

export interface ContentBudget {
  /** Counts a comment that is made now. @returns false when there is no room now; nothing is counted then */
  take(account: number): Promise<boolean>;
  /** Counts a comment that is made later. @returns when; in the order of the calls */
  reserve(account: number): Promise<Date>;
  /** Comments that may be made at once, as far as this process knows; for those who watch the app. */
  left(): ReadonlyMap<number, BudgetLeft>;
}

export interface BudgetLeft {
  readonly minute: number;
  readonly hour: number;
}

interface BudgetDocument extends StoredDocument {
  /** The account's id. */
  readonly _id: string;
  readonly account: number;
  readonly minute: Date;
  readonly hour: Date;
  readonly version: number;
}

/**
 * `atOnce` comments, then one every `pause` milliseconds: in any minute 35 + 37, in any hour 100 + 378.
 * What is left to GitHub's limits of 80 and 500 is for replies that come a little late (owed.ts), and for
 * people, whose comments count too.
 */
const limits = { minute: { atOnce: 35, pause: 1_600 }, hour: { atOnce: 100, pause: 9_500 } } as const;
/** Of processes that count at the same moment, one is first each time. */
const tries = 30;
const mostKnown = 1_000;

export function createContentBudget(store: Store, now: () => Date): ContentBudget {
  const budgets = store.collection<BudgetDocument>("budgets");
  const known = new Map<number, Spent>();

  async function count(account: number, mayWait: boolean): Promise<Date | undefined> {
    for (let left = tries; left > 0; left -= 1) {
      const document = await budgets.findOne({ _id: String(account) });
      const time = now().getTime();
      const spent = spentUntil(document);
      const at = Math.max(time, freeAt(spent.minute, limits.minute), freeAt(spent.hour, limits.hour));
      if (at > time && !mayWait) return undefined;
      const next = {
        minute: after(spent.minute, at, limits.minute),
        hour: after(spent.hour, at, limits.hour),
      };
      if (!(await write(account, document, next))) continue;
      remember(known, account, next);
      return new Date(at);
    }
    throw new RetryableError("too many count comments of one account at the same moment");
  }

  async function write(account: number, document: BudgetDocument | undefined, next: Spent): Promise<boolean> {
    const _id = String(account);
    const $set = { minute: new Date(next.minute), hour: new Date(next.hour) };
    if (document === undefined) {
      await budgets.updateOne({ _id }, { $setOnInsert: { account, version: 0, ...ever } }, { upsert: true });
    }
    const version = document?.version ?? 0;
    return (await budgets.updateOne({ _id, version }, { $set, $inc: { version: 1 } })).matched === 1;
  }

  return {
    take: async (account) => (await count(account, false)) !== undefined,
    async reserve(account) {
      const at = await count(account, true);
      return at ?? now();
    },
    left: () => new Map([...known].map(([account, spent]) => [account, roomIn(spent, now().getTime())])),
  };
}

/** Moments in milliseconds. */
interface Spent {
  readonly minute: number;
  readonly hour: number;
}

interface Limit {
  readonly atOnce: number;
  readonly pause: number;
}

const ever = { minute: new Date(0), hour: new Date(0) };

const spentUntil = (document: BudgetDocument | undefined): Spent => ({
  minute: document?.minute.getTime() ?? 0,
  hour: document?.hour.getTime() ?? 0,
});

const freeAt = (spent: number, { atOnce, pause }: Limit): number => spent - (atOnce - 1) * pause;

const after = (spent: number, at: number, { pause }: Limit): number => Math.max(spent, at) + pause;

const roomIn = (spent: Spent, time: number): BudgetLeft => ({
  minute: room(spent.minute, time, limits.minute),
  hour: room(spent.hour, time, limits.hour),
});

const room = (spent: number, time: number, { atOnce, pause }: Limit): number =>
  Math.max(0, Math.floor(atOnce - Math.max(0, spent - time) / pause));

function remember(known: Map<number, Spent>, account: number, spent: Spent): void {
  known.delete(account);
  known.set(account, spent);
  const [oldest] = known.keys();
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
}
