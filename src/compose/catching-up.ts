/** When the app catches up on deliveries that did not reach it, and what the log hears of it. */
import type { Logger } from "pino";
import type { GitHub } from "../github/github.js";
import { createCatchUp, type CatchUp, type Round } from "../intake/catch-up.js";
import type { Inbox } from "../intake/inbox.js";
import type { AccountDocument } from "../store/documents.js";
import type { Store } from "../store/store.js";

/** Milliseconds. Whoever restarts us in a hurry gets the house first, and the past afterwards. */
const firstAfter = 30_000;
const every = 5 * 60_000;
/** Several processes that start together have one round; the clocks of timers are not exact. */
const apartAtStart = 60_000;
const apart = every - 15_000;

export function composeCatchUp(
  store: Store,
  { hook }: Pick<GitHub, "hook">,
  inbox: Pick<Inbox, "knows">,
  now: () => Date,
): CatchUp {
  const accounts = store.collection<AccountDocument>("accounts");
  return createCatchUp({
    store,
    hook,
    now,
    async arrived(installation, guid) {
      if (installation === undefined) return false;
      const account = await accounts.findOne({ installation }, { projection: ["account"] });
      return account !== undefined && inbox.knows(account.account, guid);
    },
  });
}

/** @returns a function that ends it */
export function keepCatchingUp(catchUp: CatchUp, log: Logger): () => void {
  const tell = tellRounds(log);
  const go = (least: number) => {
    catchUp.round(least).then(tell, (error: unknown) => log.error({ err: error }, "catch-up"));
  };
  const first = setTimeout(go, firstAfter, apartAtStart).unref();
  const timer = setInterval(go, every, apart).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}

/** A refusal is told once: servers without this part of the API refuse every time. */
function tellRounds(log: Logger): (round: Round) => void {
  let wasRefused = false;
  return (round) => {
    switch (round.state) {
      case "not due":
        return;
      case "done":
        wasRefused = false;
        if (round.redelivered > 0) log.info({ redelivered: round.redelivered }, "catch-up");
        return;
      case "refused":
        if (!wasRefused)
          log.warn({ status: round.status, why: "GitHub does not list its deliveries" }, "catch-up");
        wasRefused = true;
        return;
      case "postponed":
        log.warn({ err: round.error }, "catch-up");
    }
  };
}
