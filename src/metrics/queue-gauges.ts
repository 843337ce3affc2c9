/**
 * How many deliveries wait and for how long: asked of the store when somebody looks, and not more
 * often than every few seconds, however many look. A store that does not answer makes them NaN, and
 * never makes a scrape fail or wait: that is when people look.
 */
import { Gauge, type Registry } from "prom-client";
import type { Queue } from "./watch.js";

const freshFor = 5_000;
const longestWait = 2_000;

/** @param read one look into the inbox, bounded and along an index */
export function addQueueGauges(registry: Registry, read: () => Promise<Queue>, now: () => number): void {
  const look = cached(() => within(read(), longestWait), now);
  const add = (name: string, help: string, valueOf: (queue: Queue) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const queue = await look();
        this.set(queue === undefined ? Number.NaN : valueOf(queue));
      },
    });
  add(
    "liaison_inbox_deliveries",
    "Deliveries that wait or are worked on; all processes on one store tell the same number.",
    ({ waiting }) => waiting,
  );
  add(
    "liaison_inbox_oldest_age_seconds",
    "Age of the oldest delivery that waits or is worked on; 0 when there is none.",
    ({ oldest }) => (oldest === undefined ? 0 : Math.max(0, (now() - oldest.getTime()) / 1000)),
  );
}

function cached(read: () => Promise<Queue>, now: () => number): () => Promise<Queue | undefined> {
  let kept: { readonly at: number; readonly queue: Promise<Queue | undefined> } | undefined;
  return () => {
    if (kept === undefined || now() - kept.at >= freshFor)
      kept = { at: now(), queue: read().catch(() => undefined) };
    return kept.queue;
  };
}

async function within<Value>(promise: Promise<Value>, milliseconds: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("too late")), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
