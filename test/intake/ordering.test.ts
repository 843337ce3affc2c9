/** Any interleaving of arrivals, repeats, failures and two workers: each issue in order, each delivery once. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { RetryableError } from "../../src/github/errors.js";
import type { ConversationEvent } from "../../src/conversation/event.js";
import { engines } from "../support/stores.js";
import { comment, openBench, openWorkshop, type Bench } from "./workshop.js";

const arrival = fc.record({
  issue: fc.integer({ min: 1, max: 3 }),
  /** Turns of the event loop that handling it takes. */
  turns: fc.nat(4),
  failures: fc.constantFrom(0, 0, 0, 1, 2),
  /** Sent again later, as GitHub does when asked to. */
  repeated: fc.boolean(),
  /** Turns until the next arrival. */
  gap: fc.nat(3),
});

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe.each(engines())("on the $name engine", (engine) => {
  let bench: Bench;
  let account = 5_000;
  beforeAll(async () => {
    bench = await openBench(engine);
  });
  afterAll(() => bench.close());

  test("each issue's deliveries are carried out in the order of their arrival, each exactly once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 12 }), async (arrivals) => {
        account += 1;
        const { carriedOut, work, stop } = openOffice(bench, arrivals);
        for (const [n, { issue, gap, repeated }] of arrivals.entries()) {
          const event = comment(issue, String(n), `guid-${n}`, account);
          await bench.inbox.put(event);
          work.nudge();
          await turns(gap);
          if (repeated) await bench.inbox.put(event);
        }
        await work.off();
        await stop();
        const expected = [1, 2, 3].map((issue) =>
          arrivals.flatMap((its, n) => (its.issue === issue ? [String(n)] : [])),
        );
        expect([1, 2, 3].map((issue) => carriedOut.get(issue) ?? [])).toEqual(expected);
        expect(await bench.lanes.count({}, { limit: 9 })).toBe(0);
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});

interface Arrival {
  readonly turns: number;
  readonly failures: number;
}

/** Two workers on one inbox, as two processes would be. */
function openOffice(bench: Bench, arrivals: readonly Arrival[]) {
  const carriedOut = new Map<number, string[]>();
  const tries = new Map<string, number>();
  const handle = async ({ text, place }: ConversationEvent) => {
    const its = arrivals[Number(text)];
    const tried = tries.get(text) ?? 0;
    tries.set(text, tried + 1);
    await turns(its?.turns ?? 0);
    if (tried < (its?.failures ?? 0)) throw new RetryableError("later", 0);
    carriedOut.set(place.issue.number, [...(carriedOut.get(place.issue.number) ?? []), text]);
  };
  const shops = ["one", "two"].map((name) => openWorkshop(bench, handle, { name, concurrency: 2 }));
  for (const { worker } of shops) worker.start();
  return {
    carriedOut,
    work: {
      nudge: () => shops.forEach(({ worker }) => worker.nudge()),
      /** Passes time until nothing waits any more; a dozen deliveries fail at most 24 times in a row. */
      async off() {
        for (let round = 0; round < 30; round++) {
          bench.clock.pass(10_000);
          await Promise.all(shops.map(({ worker }) => worker.idle()));
          if ((await bench.deliveries.count({ state: "waiting" }, { limit: 1 })) === 0) return;
        }
      },
    },
    stop: () => Promise.all(shops.map(({ worker }) => worker.stop())),
  };
}
