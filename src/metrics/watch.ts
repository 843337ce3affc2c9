/**
 * What the house tells whoever watches it: plain calls with plain values, so that no other room knows
 * of Prometheus. Words are words of our own code (`stored`, `permission`), never a name, a login, a
 * path or an address; times are in seconds.
 */

/** One request to GitHub, tokens not counted. */
export interface AskedGitHub {
  /** What was asked for: `comment`, `permission`. */
  readonly operation: string;
  /** The answer's; undefined where none came. */
  readonly status: number | undefined;
  readonly seconds: number;
  /** Undefined when the app asked as itself or as nobody. */
  readonly installation: number | undefined;
  /** What the answer said is left of the hour's requests. */
  readonly rateLimitLeft: number | undefined;
}

export interface Watch {
  /** A delivery came to the door. `outcome` is what became of it there, `status` what the sender heard. */
  received(event: string, outcome: string, status: number): void;
  /** A try to work on a delivery has ended. */
  worked(event: string, state: string, outcome: string, seconds: number): void;
  parsed(seconds: number): void;
  suggested(seconds: number): void;
  stored(operation: string, succeeded: boolean, seconds: number): void;
  asked(call: AskedGitHub): void;
}

/** Deliveries that wait, as the store counts them. */
export interface Queue {
  readonly waiting: number;
  /** When the one that has waited for longest came. */
  readonly oldest: Date | undefined;
}
