/**
 * What Octokit throws, sorted into the three errors the house knows (errors.ts). Messages name the
 * route and the status, never an address, a name or what GitHub wrote.
 */
import { FencedError, GoneError, RefusedError, RetryableError } from "./errors.js";

/** The part of an Octokit error we look at; anything may be thrown, so nothing is taken for granted. */
interface Failure {
  readonly status?: unknown;
  readonly cause?: unknown;
  readonly request?: { readonly url?: unknown };
  readonly response?: { readonly headers?: Headers; readonly data?: unknown };
}

type Headers = Readonly<Record<string, string | number | undefined>>;

export type GitHubError = RetryableError | GoneError | RefusedError | FencedError;

/** "Wait at least one minute", says GitHub's documentation where an answer does not. */
const RATE_LIMIT_PAUSE = 60_000;
/** GitHub counts by the hour: longer waits are mistakes. */
const LONGEST_PAUSE = 60 * 60_000;
const RATE_LIMIT_WORDS = /\b(secondary rate|rate limit exceeded|abuse detection)/i;

/** Did GitHub answer this question (not the exchange of a token before it) with one of these statuses? */
export function answeredWith(error: unknown, statuses: readonly number[]): number | undefined {
  if (isOwn(error) || isTokenExchange(error) || pause(error) !== undefined) return undefined;
  const { status } = asFailure(error);
  return typeof status === "number" && statuses.includes(status) ? status : undefined;
}

/**
 * @param route the template of the question, `POST /repos/{owner}/…`: safe to show
 * @returns the error to throw; one of ours comes back as it is
 */
export function toGitHubError(error: unknown, route: string): GitHubError {
  if (isOwn(error)) return error;
  const wait = pause(error);
  if (wait !== undefined) return new RetryableError(`GitHub asks to wait before ${route}`, wait);
  const { status, response, cause } = asFailure(error);
  if (cause instanceof FencedError) return cause; // Octokit wraps what its fetch throws
  if (typeof status !== "number" || response === undefined)
    return new RetryableError(`no answer from GitHub to ${route}`);
  const exchange = isTokenExchange(error);
  return byStatus(status, exchange ? "the exchange of a token" : route);
}

/** @param asked the route, or what stands for it */
export function byStatus(status: number, asked: string): GitHubError {
  const message = `GitHub answered ${status} to ${asked}`;
  if (status === 404 || status === 410 || status === 451) return new GoneError(message);
  if (status >= 300 && status < 400) return new GoneError(`${message}: it has moved`);
  if (status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429)
    return new RefusedError(message, status);
  return new RetryableError(message);
}

/** @returns milliseconds to wait, when the answer is about a rate limit or names a time; else undefined */
function pause(error: unknown): number | undefined {
  const { status, response } = asFailure(error);
  if (response === undefined || typeof status !== "number") return undefined;
  const headers = response.headers ?? {};
  const asked = retryAfter(headers) ?? untilReset(headers);
  if (status === 403) return asked ?? (speaksOfRateLimit(response.data) ? RATE_LIMIT_PAUSE : undefined);
  if (status === 429) return asked ?? RATE_LIMIT_PAUSE;
  return status >= 500 ? retryAfter(headers) : undefined;
}

/** `retry-after` is a number of seconds or a date. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers["retry-after"];
  if (value === undefined) return undefined;
  const seconds = Number(value);
  const wait = Number.isNaN(seconds) ? Date.parse(String(value)) - now(headers) : seconds * 1000;
  return Number.isNaN(wait) ? undefined : bounded(wait);
}

/** One second more than to the reset, which is given in whole seconds. */
function untilReset(headers: Headers): number | undefined {
  if (Number(headers["x-ratelimit-remaining"] ?? Number.NaN) !== 0) return undefined;
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN) * 1000;
  return Number.isNaN(reset) ? RATE_LIMIT_PAUSE : bounded(reset - now(headers) + 1000);
}

/** GitHub's clock where it tells the time, so that ours may be wrong. */
function now(headers: Headers): number {
  const date = Date.parse(String(headers.date));
  return Number.isNaN(date) ? Date.now() : date;
}

function bounded(wait: number): number {
  return Math.min(Math.max(wait, 0), LONGEST_PAUSE);
}

function speaksOfRateLimit(data: unknown): boolean {
  if (typeof data !== "object" || data === null || !("message" in data)) return false;
  return typeof data.message === "string" && RATE_LIMIT_WORDS.test(data.message);
}

function isTokenExchange(error: unknown): boolean {
  return /\/app\/installations\/\d+\/access_tokens$/.test(String(asFailure(error).request?.url));
}

function isOwn(error: unknown): error is GitHubError {
  return [RetryableError, GoneError, RefusedError, FencedError].some((type) => error instanceof type);
}

function asFailure(error: unknown): Failure {
  return typeof error === "object" && error !== null ? error : {};
}
