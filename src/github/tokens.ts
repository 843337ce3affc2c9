/**
 * The cache of installation tokens that Octokit's app authentication reads and fills. It is ours, and
 * not Probot's own, so that a token GitHub no longer takes (the installation was suspended for a
 * while, its permissions changed) can be forgotten before its hour is over.
 */
import { RetryableError } from "./errors.js";

/** One minute less than the hour for which GitHub issues tokens. */
const LIFETIME = 59 * 60_000;
const CAPACITY = 10_000;

/** Octokit's key is the installation's id, its value a line that starts with the token. */
export class TokenCache {
  readonly #entries = new Map<string, { readonly value: string; readonly until: number }>();

  get(key: string): string | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.until > Date.now() ? entry.value : undefined;
  }

  /** @throws RetryableError for an answer without a token, which Octokit would use as it is */
  set(key: string, value: string): void {
    if (!/^\w/.test(value) || value.startsWith("undefined|"))
      throw new RetryableError("GitHub answered the exchange of a token without a token");
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: Date.now() + LIFETIME });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= CAPACITY) break;
      this.#entries.delete(oldest);
    }
  }

  forget(installation: number): void {
    this.#entries.delete(String(installation));
  }
}
