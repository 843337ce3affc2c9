/**
 * Webhook deliveries: what happened, as told to whoever listens, and the log of attempts to post
 * it that `GET /app/hook/deliveries` answers from. Posting itself is in deliver.ts.
 */
import type { JsonObject } from "./records.js";

export interface Delivery {
  /** `X-GitHub-Delivery`: the same when it is delivered again. */
  readonly guid: string;
  /** `X-GitHub-Event`: `issue_comment`, without the action. */
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number;
  readonly repositoryId: number | null;
  readonly payload: JsonObject;
  readonly redelivery: boolean;
}

/** One try to post a delivery. */
export interface Attempt {
  /** Beyond 2^53, as on GitHub. */
  readonly id: bigint;
  readonly delivery: Delivery;
  readonly url: string;
  readonly deliveredAt: Date;
  /** Seconds. */
  readonly duration: number;
  /** "OK", the reason phrase, or why there was no answer. */
  readonly status: string;
  /** 0 when there was no answer. */
  readonly statusCode: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
}

export type DeliveryListener = (delivery: Delivery) => void;

const firstAttempt = 2n ** 53n + 1001n;

export class Deliveries {
  readonly #listeners = new Set<DeliveryListener>();
  readonly #attempts: Attempt[] = [];
  #next = firstAttempt;

  /** @returns a function that ends the subscription */
  subscribe(listener: DeliveryListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  announce(delivery: Delivery): void {
    for (const listener of this.#listeners) listener(delivery);
  }

  record(attempt: Omit<Attempt, "id">): Attempt {
    const recorded = { ...attempt, id: this.#next };
    this.#next += 1n;
    this.#attempts.push(recorded);
    return recorded;
  }

  /** Oldest first. */
  get attempts(): readonly Attempt[] {
    return this.#attempts;
  }

  attempt(id: string): Attempt | undefined {
    return this.#attempts.find((attempt) => String(attempt.id) === id);
  }

  redeliver(attempt: Attempt): void {
    this.announce({ ...attempt.delivery, redelivery: true });
  }
}
