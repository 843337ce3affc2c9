/** What may go wrong between us and GitHub, in the three ways that matter to a caller. */

/** Try the same again later: 5xx, 429, rate limits, broken connections, answers that make no sense. */
export class RetryableError extends Error {
  override readonly name = "RetryableError";
  constructor(
    message: string,
    /** Milliseconds GitHub asked us to wait; undefined when it did not say. */
    readonly retryAfter?: number,
    /** The installation that GitHub asked to wait; undefined when the failure is not about a limit. */
    readonly installation?: number,
  ) {
    super(message);
  }
}

/** The thing is not there (any more) or not for us: 404, 410, 451. */
export class GoneError extends Error {
  override readonly name = "GoneError";
}

/** Not asked at all: whoever wanted to write has lost the right to (a `Fence` said so). */
export class FencedError extends Error {
  override readonly name = "FencedError";
}

/** GitHub refuses, and will refuse again: 401, 403 (not a rate limit), 422 and other 4xx. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}
