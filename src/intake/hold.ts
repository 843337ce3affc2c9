/**
 * A lane in our hands: signs of life while its deliveries are worked on, and the fence before every
 * write on GitHub. A process that stalls (a long pause of the collector, a suspended machine) finds
 * out here that somebody else has gone on with its work, and stops before it writes.
 */
import { FencedError, RetryableError } from "../github/errors.js";
import type { Fence } from "../github/github.js";
import type { Inbox, Lease } from "./inbox.js";

export interface Hold {
  /** False once somebody else has the lane, or it was handed over. */
  isOurs(): boolean;
  /** Asks the store. @returns as `isOurs` */
  renew(): Promise<boolean>;
  readonly fence: Fence;
  /** Gives the lane back while work on it still goes on: that writes nothing more on GitHub. */
  handOver(): Promise<void>;
  /** No more signs of life. */
  end(): void;
}

export interface HoldOptions {
  readonly inbox: Pick<Inbox, "extend" | "release">;
  readonly now: () => Date;
  /**
   * How long a lane is ours without a sign of life, in milliseconds. What is left of it after the longest
   * request (10 s) is how far the clocks of two processes may be apart, and how long the store may take.
   */
  readonly leaseMs: number;
  readonly trouble: (error: unknown) => void;
}

/** A store that takes longer than the spare time of a lease is asked again this often. */
const tries = 3;

export function holdLane(lease: Lease, { inbox, now, leaseMs, trouble }: HoldOptions): Hold {
  let ours = true;
  let busyUntil = now();

  /** @returns until when the lane is ours at least */
  async function extend(): Promise<number> {
    const until = now().getTime() + leaseMs; // not later than what the store is told
    if (!(await inbox.extend(lease, leaseMs))) ours = false;
    return until;
  }

  const heart = setInterval(() => {
    extend().catch(trouble);
  }, leaseMs / 3);
  const end = () => clearInterval(heart);
  const isOurs = () => ours;

  return {
    isOurs,
    async renew() {
      if (ours) await extend();
      return ours;
    },
    async fence(ms) {
      for (let left = tries; isOurs() && left > 0; left -= 1) {
        const until = await extend();
        busyUntil = new Date(now().getTime() + ms);
        if (isOurs() && busyUntil.getTime() <= until) return;
      }
      throw isOurs() ? new RetryableError("the store is too slow to write safely") : new FencedError();
    },
    async handOver() {
      end();
      ours = false;
      await inbox.release(lease, now(), busyUntil);
    },
    end,
  };
}
