/** Fencing: who lost a lane ends nothing, writes nothing, and finds out in time. */
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { FencedError, RetryableError } from "../../src/github/errors.js";
import { holdLane, type Hold, type HoldOptions } from "../../src/intake/hold.js";
import { engines } from "../support/stores.js";
import { lease, useInbox } from "./use-inbox.js";

/** GitHub's longest request. */
const request = 10_000;

describe.each(engines())("on the $name engine", (engine) => {
  const { bench, inbox, put, claim, next } = useInbox(engine);
  const holds: Hold[] = [];
  afterEach(() => {
    for (const held of holds.splice(0)) held.end();
  });

  /** The first process has taken the delivery, stalls, and the second one takes it, too. */
  async function takenOver() {
    await put([1, "a"]);
    const old = await claim("first");
    const stale = await next(old);
    bench().clock.pass(lease);
    const young = await claim("second");
    return { old, stale, young, taken: await next(young) };
  }

  const hold = async (its: Partial<HoldOptions["inbox"]> = {}) => {
    await put([1, "a"]);
    const held = await claim();
    const options = { now: bench().clock.now, leaseMs: lease, trouble: () => undefined };
    const made = holdLane(held, { inbox: { ...inbox(), ...its }, ...options });
    holds.push(made);
    return { held, hold: made };
  };

  test("every claim of a lane has a higher token", async () => {
    const { old, young } = await takenOver();
    expect(young.token).toBeGreaterThan(old.token);
  });

  test.each(["done", "failed"] as const)(
    "a delivery that another one has taken cannot be %s",
    async (state) => {
      const { stale, taken } = await takenOver();
      expect(await inbox().finish(stale, state, "answered")).toBe(false);
      expect(await bench().find("a")).toMatchObject({ state: "waiting", attempts: 0 });
      expect(await inbox().finish(taken, "done", "repeated")).toBe(true);
      expect(await bench().find("a")).toMatchObject({ state: "done", outcome: "repeated", attempts: 1 });
    },
  );

  test("nor postponed", async () => {
    const { stale } = await takenOver();
    expect(await inbox().postpone(stale, bench().clock.now(), "RetryableError")).toBe(false);
    const stored = await bench().find("a");
    expect(stored).toMatchObject({ state: "waiting", attempts: 0 });
    expect(stored).not.toHaveProperty("notBefore");
  });

  test("nor taken again, nor is the one behind it taken in its place", async () => {
    const { old } = await takenOver();
    await put([1, "b"]);
    await expect(inbox().next(old)).rejects.toThrow(FencedError);
    expect(await bench().find("b")).not.toHaveProperty("token");
  });

  test("a delivery that had failed and is sent again can be taken, though its lane counts anew", async () => {
    const { taken, young } = await takenOver();
    await inbox().finish(taken, "failed", "TypeError");
    expect(await inbox().leave(young)).toBeUndefined();
    await put([1, "a"]);
    expect(await next(await claim("third"))).toMatchObject({ guid: "a", token: 1 });
  });

  describe("the fence", () => {
    test("opens while the lane is ours, and makes the lease last", async () => {
      const { hold: held } = await hold();
      bench().clock.pass(lease - 1);
      await held.fence(request);
      bench().clock.pass(request);
      expect(await inbox().claim("other", lease)).toBeUndefined();
      expect(held.isOurs()).toBe(true);
    });

    test("stays shut once somebody else has the lane, and so do all later ones", async () => {
      const { hold: held } = await hold();
      bench().clock.pass(lease);
      await claim("other");
      await expect(held.fence(request)).rejects.toThrow(FencedError);
      expect(held.isOurs()).toBe(false);
      await expect(held.fence(request)).rejects.toThrow(FencedError);
    });

    test("asks again when the store took so long that a request would outlast the lease", async () => {
      const extend = jest.fn<typeof held.extend>();
      const held = inbox();
      const { hold: slow } = await hold({ extend });
      extend.mockImplementationOnce(async (...its) => {
        const ours = await held.extend(...its);
        bench().clock.pass(lease - request + 1);
        return ours;
      });
      extend.mockImplementation((...its) => held.extend(...its));
      await slow.fence(request);
      expect(extend).toHaveBeenCalledTimes(2);
    });

    test("finds out when the lane was taken while the store's answer was on its way", async () => {
      const real = inbox();
      const { hold: stalled } = await hold({
        async extend(...its) {
          const ours = await real.extend(...its);
          if (ours) {
            bench().clock.pass(lease);
            await real.claim("other", lease);
          }
          return ours;
        },
      });
      await expect(stalled.fence(request)).rejects.toThrow(FencedError);
    });

    test("says that it may be tried later when the store is always too slow", async () => {
      const real = inbox();
      const { hold: slow } = await hold({
        async extend(...its) {
          const ours = await real.extend(...its);
          bench().clock.pass(lease - request + 1);
          return ours;
        },
      });
      await expect(slow.fence(request)).rejects.toThrow(RetryableError);
    });
  });

  describe("handing over", () => {
    test("gives the lane to others at once, and shuts the fence here", async () => {
      const { held, hold: given } = await hold();
      await given.handOver();
      expect((await claim("other")).lane).toBe(held.lane);
      await expect(given.fence(request)).rejects.toThrow(FencedError);
    });

    test("waits for a request that may be under way, whatever arrives meanwhile", async () => {
      const { held, hold: given } = await hold();
      await given.fence(request);
      await given.handOver();
      await put([1, "b"]);
      bench().clock.pass(request - 1);
      expect(await inbox().claim("other", lease)).toBeUndefined();
      bench().clock.pass(1);
      expect((await claim("other")).lane).toBe(held.lane);
    });
  });
});
