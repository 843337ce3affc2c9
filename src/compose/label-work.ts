/**
 * Lets labels follow in the background. Every process looks every few seconds whether any have to; one of
 * them makes a round for all, at most one a minute, so that the calls it costs do not grow with processes.
 */
import type { Logger } from "pino";
import { createLabelWork } from "../conversation/label-work.js";
import { createLabelsDue } from "../crm/labels-due.js";
import type { Inbox } from "../intake/inbox.js";
import { claimRound } from "../intake/rounds.js";
import type { AccountDocument } from "../store/documents.js";
import type { Store } from "../store/store.js";

export interface LabelKeeper {
  /**
   * Makes a round if there is anything to do, after any that is under way.
   * @param apart milliseconds since the last round of any process; sooner, nothing is done
   * @returns how many issues were handed over
   */
  round(apart: number): Promise<number>;
  /** Resolves when a round that is under way has ended. */
  stop(): Promise<void>;
}

/** Milliseconds. */
const lookEvery = 10_000;
const roundsApart = 60_000;

export function keepLabels(
  store: Store,
  { inbox, arrived }: { readonly inbox: Pick<Inbox, "put">; readonly arrived: () => void },
  now: () => Date,
  log: Logger,
): LabelKeeper {
  const due = createLabelsDue(store, now);
  const work = createLabelWork({
    due,
    accountsByIds: (ids) => accountsByIds(store, ids),
    put: (event) => inbox.put(event),
  });
  const make = async (apart: number) => {
    if (!(await due.any()) || (await claimRound(store, "labels", apart, now)) === undefined) return 0;
    const count = await work();
    if (count > 0) arrived();
    return count;
  };
  let last: Promise<number> = Promise.resolve(0);
  const round = (apart: number) => {
    last = last.catch(() => 0).then(() => make(apart));
    return last;
  };
  const timer = setInterval(() => {
    round(roundsApart).catch((error: unknown) => log.error({ err: error }, "labels"));
  }, lookEvery).unref();
  return {
    round,
    async stop() {
      clearInterval(timer);
      await last.catch(() => 0); // whoever waited for it was told
    },
  };
}

async function accountsByIds(
  store: Store,
  ids: readonly number[],
): Promise<ReadonlyMap<number, AccountDocument>> {
  const asked = [...new Set(ids.map(String))];
  const found = await store
    .collection<AccountDocument>("accounts")
    .find({ _id: { $in: asked } }, { limit: asked.length });
  return new Map(found.map((account) => [account.account, account]));
}
