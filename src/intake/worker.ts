/**
 * Works the inbox off: lane by lane, several lanes at once, each in order. What may work later is
 * tried again later, with growing pauses; what keeps failing ends as `failed`, never in a loop.
 */
import { FencedError, RefusedError, RetryableError } from "../github/errors.js";
import { StoreUnavailableError } from "../store/store.js";
import type { ConversationDoor } from "../conversation/index.js";
import type { DeliveryDocument, Inbox, Lease } from "./inbox.js";
import { holdLane, type Hold } from "./hold.js";
import { createTurns, type Turns } from "./turns.js";

export interface WorkLog {
  /** One line a delivery: ids and words of ours only. */
  ended(line: {
    readonly delivery: string;
    readonly state: "done" | "failed" | "postponed";
    readonly outcome: string;
    readonly attempts: number;
    readonly ms: number;
    readonly error?: unknown;
  }): void;
  /** Trouble that belongs to no delivery. */
  trouble(error: unknown): void;
}

export interface WorkerOptions {
  readonly inbox: Inbox;
  readonly conversation: ConversationDoor;
  readonly log: WorkLog;
  readonly now: () => Date;
  /** Unique among all processes. */
  readonly name: string;
  /** Lanes at once. They mostly wait for GitHub, so there are more than a processor could work on. */
  readonly concurrency?: number;
  /** Of these, lanes of one account at once. */
  readonly lanesOfAnAccount?: number;
  /** How long a lane is ours without a sign of life. */
  readonly leaseMs?: number;
  /** How often to look for due lanes when nobody calls `nudge`. */
  readonly pollMs?: number;
  /** How long `stop` waits for what runs. */
  readonly stopMs?: number;
}

export interface Worker {
  start(): void;
  /** Something has arrived. */
  readonly nudge: () => void;
  /** Resolves when everything that is due now has been worked on. */
  readonly idle: () => Promise<void>;
  /**
   * Takes nothing new; resolves when what runs has ended. What has not ended in time is given back, so that
   * another process can go on with it at once; here it writes nothing more on GitHub.
   */
  stop(): Promise<void>;
}

/** After so many tries a delivery is given up; the pauses between them add up to about 17 minutes. */
export const maxAttempts = 10;
/** A mistake of ours does not mend itself: fewer tries. */
export const maxAttemptsAfterMistake = 3;

const firstPauseMs = 1_000;
const longestPauseMs = 5 * 60_000;
/** For a store that comes and goes. */
const longestWaitMs = 24 * 60 * 60_000;

export function createWorker(options: WorkerOptions): Worker {
  const { inbox, log, concurrency = 16, leaseMs = 15_000, pollMs = 1_000, stopMs = 8_000, name } = options;
  const running = new Set<Promise<void>>();
  const holds = new Set<Hold>();
  const turns = createTurns(options.now, options.lanesOfAnAccount);
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;
  let claims = 0;

  async function workLane(lease: Lease): Promise<void> {
    const { now } = options;
    const hold = holdLane(lease, { inbox, now, leaseMs, trouble: (error) => log.trouble(error) });
    holds.add(hold);
    try {
      await drain(lease, { ...options, turns, hold }, () => stopped || !hold.isOurs());
    } catch (error) {
      if (error instanceof FencedError) return; // somebody else does it
      const soon = new Date(now().getTime() + firstPauseMs);
      await inbox.release(lease, soon).catch(() => undefined); // else nobody has the lane until the lease ends
      throw error;
    } finally {
      hold.end();
      holds.delete(hold);
    }
  }

  async function fill(): Promise<void> {
    while (!stopped && running.size < concurrency) {
      const lease = await inbox.claim(`${name}:${(claims += 1)}`, leaseMs, turns.excluded());
      if (lease === undefined) return;
      turns.take(lease.account);
      const work = workLane(lease)
        .catch((error: unknown) => log.trouble(error))
        .finally(() => {
          running.delete(work);
          turns.giveBack(lease.account);
          nudge();
        });
      running.add(work);
    }
  }

  let filling: Promise<void> | undefined;
  let again = false;
  function nudge(): void {
    if (stopped) return;
    again = true;
    filling ??= (async () => {
      while (again) {
        again = false;
        await fill().catch((error: unknown) => log.trouble(error));
      }
      filling = undefined;
    })();
  }

  return {
    start() {
      stopped = false;
      timer = setInterval(nudge, pollMs);
      nudge();
    },
    nudge,
    async idle() {
      nudge();
      while (filling ?? running.size > 0) await Promise.all([filling, ...running]);
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await filling;
      await inTime(Promise.all(running), stopMs);
      await Promise.all([...holds].map((hold) => hold.handOver()));
    },
  };
}

/** Resolves with the promise, or after so many milliseconds. */
async function inTime(promise: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

type Working = WorkerOptions & { readonly turns: Turns; readonly hold: Hold };

/** Takes the deliveries of a lane one by one until none is left or one has to wait. */
async function drain(lease: Lease, options: Working, isStopped: () => boolean): Promise<void> {
  const { inbox, now } = options;
  let held: Lease | undefined = lease;
  while (held && !isStopped()) {
    const delivery = await inbox.next(held);
    if (delivery === undefined) {
      held = await inbox.leave(held);
      continue;
    }
    const early = delivery.notBefore !== undefined && delivery.notBefore > now();
    const due = early ? delivery.notBefore : await attempt(delivery, options);
    if (due) return inbox.release(held, due);
  }
  if (held) await inbox.release(held, now());
}

/** @returns when to try again; undefined when the delivery has ended, here or elsewhere */
async function attempt(delivery: DeliveryDocument, options: Working): Promise<Date | undefined> {
  const { inbox, conversation, log, hold } = options;
  const started = performance.now();
  const line = (outcome: string) => ({
    delivery: delivery.guid,
    outcome,
    attempts: delivery.attempts + 1,
    ms: Math.round(performance.now() - started),
  });
  try {
    if (delivery.event === undefined) throw new Error("a waiting delivery without its event");
    const verdict = await conversation.handle(delivery.event, hold.fence);
    if (await inbox.finish(delivery, "done", verdict)) log.ended({ state: "done", ...line(verdict) });
    else await hold.renew(); // an end whose answer was lost, or somebody else's: the next look tells
    return undefined;
  } catch (error) {
    if (error instanceof FencedError) throw error;
    const reason = error instanceof Error ? error.name : "unknown";
    const isStores = error instanceof StoreUnavailableError;
    const due = isStores
      ? dueWithStore(delivery.receivedAt, options.now())
      : dueAfter(error, delivery.attempts + 1, options.now());
    const isWritten = due
      ? await inbox.postpone(delivery, due, reason, { counts: !isStores })
      : await giveUp(delivery, error, reason, options);
    if (!isWritten) {
      await hold.renew();
      return undefined;
    }
    if (due && isLimitOf(delivery, error)) options.turns.rest(delivery.account, due);
    log.ended({ state: due ? "postponed" : "failed", ...line(reason), error });
    return due;
  }
}

/** Has GitHub asked the installation to wait that the delivery came from? Then the account's other lanes wait too. */
const isLimitOf = ({ event }: DeliveryDocument, error: unknown): boolean =>
  error instanceof RetryableError &&
  error.installation !== undefined &&
  error.installation === event?.place.installation;

/** When a failed delivery is due again; undefined when it has been tried often enough. */
export function dueAfter(error: unknown, attempts: number, now: Date): Date | undefined {
  const limit = isPassing(error) ? maxAttempts : maxAttemptsAfterMistake;
  if (attempts >= limit) return undefined;
  const asked = error instanceof RetryableError ? error.retryAfter : undefined;
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1)) * (1 + Math.random() / 4);
  return new Date(now.getTime() + Math.max(asked ?? 0, pause));
}

/**
 * When a delivery is due again that the store was not there for. That uses up no tries, only time, for
 * it says nothing about the delivery; the pauses grow with its age.
 * @returns undefined when it came more than a day ago
 */
export function dueWithStore(receivedAt: Date | undefined, now: Date): Date | undefined {
  const age = now.getTime() - (receivedAt ?? now).getTime();
  if (age > longestWaitMs) return undefined;
  const pause = Math.min(longestPauseMs, Math.max(firstPauseMs, age / 4)) * (1 + Math.random() / 4);
  return new Date(now.getTime() + pause);
}

/** 401 passes when somebody mends the app's credentials. */
const isPassing = (error: unknown): boolean =>
  error instanceof RetryableError ||
  error instanceof StoreUnavailableError ||
  (error instanceof RefusedError && error.status === 401);

async function giveUp(
  delivery: DeliveryDocument,
  error: unknown,
  reason: string,
  { inbox, conversation, log, hold }: Working,
): Promise<boolean> {
  if (delivery.event !== undefined && !isPassing(error)) {
    await conversation
      .apologize(delivery.event, hold.fence)
      .catch((failure: unknown) => log.trouble(failure));
  }
  return inbox.finish(delivery, "failed", reason);
}
