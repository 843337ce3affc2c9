/** A worker whose store is down, whose lane is lost, and that is stopped: nothing is lost by it. */
import { describe, expect, test } from "@jest/globals";
import { StoreUnavailableError } from "../../src/store/store.js";
import { engines } from "../support/stores.js";
import { hold } from "./open-door.js";
import { useWorker } from "./use-worker.js";
import { until } from "./workshop.js";

const hour = 3_600_000;

describe.each(engines())("on the $name engine", (engine) => {
  const { bench, put, open } = useWorker(engine);

  describe("when the store does not answer", () => {
    const down = () => Promise.reject(new StoreUnavailableError("down"));

    test("at the end of a delivery, it is handled again", async () => {
      await put([1, "a"], [1, "b"]);
      let calls = 0;
      const { inbox } = bench();
      const finish: typeof inbox.finish = (...its) => ((calls += 1) === 1 ? down() : inbox.finish(...its));
      const { work, handled } = open(undefined, {}, { inbox: { ...inbox, finish } });
      await work();
      expect(handled).toEqual(["a"]);
      await work(2_000);
      expect(handled).toEqual(["a", "a", "b"]);
      expect(await bench().find("a")).toMatchObject({ state: "done" });
    });

    test("for anything at all, the lane is taken up again when its lease has run out", async () => {
      await put([1, "a"]);
      const { inbox } = bench();
      let isDown = true;
      const { work, handled, troubles } = open(
        undefined,
        { leaseMs: 15_000 },
        {
          inbox: {
            ...inbox,
            finish: (...its) => (isDown ? down() : inbox.finish(...its)),
            postpone: (...its) => (isDown ? down() : inbox.postpone(...its)),
            release: (...its) => (isDown ? down() : inbox.release(...its)),
          },
        },
      );
      await work();
      expect(handled).toEqual(["a"]);
      expect(troubles).toEqual([expect.any(StoreUnavailableError)]);
      isDown = false;
      await work(14_000);
      expect(handled).toEqual(["a"]);
      await work(1_000);
      expect(handled).toEqual(["a", "a"]);
      expect(await bench().find("a")).toMatchObject({ state: "done" });
    });

    test("when asked for work, it is asked again", async () => {
      await put([1, "a"]);
      const { inbox } = bench();
      let calls = 0;
      const claim: typeof inbox.claim = (...its) => ((calls += 1) === 1 ? down() : inbox.claim(...its));
      const { handled, troubles } = open(undefined, { pollMs: 5 }, { inbox: { ...inbox, claim } });
      await until(() => handled.length === 1);
      expect(troubles).toEqual([expect.any(StoreUnavailableError)]);
    });
  });

  describe("stop()", () => {
    test("waits for what runs, takes nothing new, and leaves the rest to others at once", async () => {
      const release = hold();
      const first = open(() => release.promise);
      await put([1, "a"], [1, "b"], [2, "c"]);
      first.worker.nudge();
      await until(() => first.handled.length === 2);
      const stopped = first.worker.stop().then(() => "stopped");
      await put([3, "d"]);
      first.worker.nudge();
      const soon = new Promise((resolve) => setTimeout(resolve, 50, "running"));
      expect(await Promise.race([stopped, soon])).toBe("running");
      release.resolve();
      expect(await stopped).toBe("stopped");
      expect([...first.handled].sort()).toEqual(["a", "c"]);
      expect(await bench().find("a")).toMatchObject({ state: "done" });

      const second = open();
      await second.work();
      expect([...second.handled].sort()).toEqual(["b", "d"]);
    });

    test("gives back what does not end in time, so that another process goes on at once", async () => {
      const never = hold();
      const first = open(() => never.promise, { stopMs: 30 });
      await put([1, "a"], [1, "b"]);
      first.worker.nudge();
      await until(() => first.handled.length === 1);
      await first.worker.stop();
      await first.worker.stop(); // a second signal loses nothing
      const second = open();
      await second.work();
      expect(second.handled).toEqual(["a", "b"]);
      never.resolve();
      await first.worker.idle();
      expect(first.ended).toEqual([]); // it comes too late, and says nothing
      expect(await bench().find("a")).toMatchObject({ state: "done", attempts: 1 });
    });

    test("of an idle worker is immediate, and nothing is taken afterwards", async () => {
      const { worker, handled } = open(undefined, { pollMs: 5 });
      await worker.stop();
      await put([1, "a"]);
      worker.nudge();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(handled).toEqual([]);
    });
  });

  test("a worker that has lost its lane takes nothing more from it", async () => {
    const release = hold();
    const slow = open(() => release.promise, { leaseMs: 30 });
    await put([1, "a"], [1, "b"]);
    slow.worker.nudge();
    await until(() => slow.handled.length === 1);
    for (let other; other === undefined; other = await bench().inbox.claim("other", hour))
      bench().clock.pass(hour);
    await new Promise((resolve) => setTimeout(resolve, 100)); // a few signs of life
    release.resolve();
    await slow.worker.idle();
    expect(slow.handled).toEqual(["a"]);
    expect(await bench().find("b")).toMatchObject({ state: "waiting" });
  });

  test("a lane stays ours while its delivery takes long", async () => {
    const release = hold();
    const { inbox } = bench();
    let begun = 0;
    let ended = 0;
    const extend: typeof inbox.extend = async (...its) => {
      const beat = (begun += 1);
      const held = await inbox.extend(...its);
      ended = Math.max(ended, beat);
      return held;
    };
    const { worker, handled, work } = open(
      () => release.promise,
      { leaseMs: 30 },
      { inbox: { ...inbox, extend } },
    );
    await put([1, "a"], [1, "b"]);
    worker.nudge();
    await until(() => handled.length === 1);
    for (let time = 0; time < 5; time++) {
      bench().clock.pass(29);
      const before = begun;
      await until(() => ended > before); // a beat that knows the new time has come through
      expect(await inbox.claim("other", hour)).toBeUndefined();
    }
    release.resolve();
    await work();
    expect(handled).toEqual(["a", "b"]);
  });
});
