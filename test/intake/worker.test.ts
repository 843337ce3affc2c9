/** Working the inbox off: order, patience, bounded tries. */
import { describe, expect, test } from "@jest/globals";
import { RefusedError, RetryableError } from "../../src/github/errors.js";
import { dueAfter, maxAttempts, maxAttemptsAfterMistake } from "../../src/intake/worker.js";
import { engines } from "../support/stores.js";
import { hold } from "./open-door.js";
import { failing, forever, useWorker } from "./use-worker.js";
import { until } from "./workshop.js";

const hour = 3_600_000;
const secret = "jane@acme.com said no";

describe.each(engines())("on the $name engine", (engine) => {
  const { bench, put, open } = useWorker(engine);

  describe("order:", () => {
    test("an issue's deliveries are worked on in the order of their arrival", async () => {
      await put([1, "a"], [1, "b"], [1, "c"]);
      const { work, handled, ended } = open();
      await work();
      expect(handled).toEqual(["a", "b", "c"]);
      expect(
        ended.map(({ delivery, state, outcome, attempts }) => [delivery, state, outcome, attempts]),
      ).toEqual(["a", "b", "c"].map((text) => [text, "done", "answered", 1]));
    });

    test("issues are worked on beside each other, as many as the worker may", async () => {
      const release = hold();
      const { handled, worker, work } = open(() => release.promise, { concurrency: 2 });
      await put([1, "a"], [1, "b"], [2, "c"], [3, "d"]);
      worker.nudge();
      await until(() => handled.length === 2);
      await put([4, "e"]);
      worker.nudge();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect([...handled].sort()).toEqual(["a", "c"]);
      release.resolve();
      await work();
      expect([...handled].sort()).toEqual(["a", "b", "c", "d", "e"]);
    });

    test("an issue that is stuck delays no other, and its own comments wait for their turn", async () => {
      await put([1, "stuck"], [1, "behind"], [2, "free"]);
      const { work, handled } = open(failing({ stuck: [new RetryableError(secret, 60_000)] }));
      await work();
      expect([...handled].sort()).toEqual(["free", "stuck"]);
      await put([2, "freer"], [1, "last"]);
      await work();
      expect(handled.slice(2)).toEqual(["freer"]);
      await work(75_000);
      expect(handled.slice(3)).toEqual(["stuck", "behind", "last"]);
    });

    test("a delivery that is sent again is not worked on again", async () => {
      await put([1, "a"]);
      const { work, handled } = open();
      await work();
      await put([1, "a"]);
      await work();
      expect(handled).toEqual(["a"]);
    });
  });

  describe("what may work later", () => {
    test("is tried again when GitHub said so, and not before", async () => {
      await put([1, "a"]);
      const { work, handled, ended } = open(failing({ a: [new RetryableError(secret, 90_000)] }));
      await work();
      await work(89_999);
      expect(handled).toEqual(["a"]);
      await work(1);
      expect(handled).toEqual(["a", "a"]);
      expect(ended.map(({ state, attempts }) => [state, attempts])).toEqual([
        ["postponed", 1],
        ["done", 2],
      ]);
    });

    test("is looked for from time to time, without anybody's nudge", async () => {
      await put([1, "a"]);
      const { handled } = open(failing({ a: [new RetryableError(secret)] }), { pollMs: 5 });
      await until(() => handled.length === 1);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(handled).toEqual(["a"]);
      bench().clock.pass(1_250);
      await until(() => handled.length === 2);
    });

    test.each([
      ["GitHub", new RetryableError(secret, 0), "RetryableError"],
      ["our own name on GitHub", new RefusedError(secret, 401), "RefusedError"],
    ])("is given up after ten tries when %s never recovers", async (_, error, reason) => {
      await put([1, "a"], [1, "b"]);
      const { work, handled, apologies } = open(failing({ a: forever(error) }));
      await work();
      for (let time = 0; time < 2 * maxAttempts; time++) await work(hour);
      expect(handled).toEqual([...Array.from({ length: maxAttempts }, () => "a"), "b"]);
      expect(await bench().find("a")).toMatchObject({ state: "failed", outcome: reason });
      expect(await bench().find("b")).toMatchObject({ state: "done" });
      expect(apologies).toEqual([]);
    });
  });

  describe("a mistake of ours", () => {
    test("is tried three times, then apologized for once, and then over", async () => {
      await put([1, "a"], [1, "b"]);
      const { work, handled, apologies } = open(failing({ a: forever(new TypeError(secret)) }));
      await work();
      for (let time = 0; time < 6; time++) await work(hour);
      expect(handled).toEqual(["a", "a", "a", "b"]);
      expect(apologies).toEqual(["a"]);
      expect(await bench().find("a")).toMatchObject({ state: "failed", outcome: "TypeError" });
    });

    test("that mends itself needs no apology", async () => {
      await put([1, "a"]);
      const { work, apologies } = open(failing({ a: [new TypeError(secret), new TypeError(secret)] }));
      for (let time = 0; time < 4; time++) await work(hour);
      expect(apologies).toEqual([]);
      expect(await bench().find("a")).toMatchObject({ state: "done", outcome: "answered" });
    });

    test("is over also when the apology fails", async () => {
      await put([1, "a"], [1, "b"]);
      const apologize = () => Promise.reject(new RetryableError(secret));
      const { work, troubles, apologies } = open(failing({ a: forever(new TypeError(secret)) }), {
        apologize,
      });
      for (let time = 0; time < 5; time++) await work(hour);
      expect(apologies).toEqual(["a"]);
      expect(troubles).toEqual([expect.any(RetryableError)]);
      expect(await bench().find("a")).toMatchObject({ state: "failed", outcome: "TypeError" });
      expect(await bench().find("b")).toMatchObject({ state: "done" });
    });

    test("such as a delivery without its event ends without anybody to apologize to", async () => {
      await put([1, "a"]);
      await bench().deliveries.updateOne({ _id: "1001:a" }, { $unset: { event: true } });
      const { work, handled, apologies } = open();
      for (let time = 0; time < 4; time++) await work(hour);
      expect([handled, apologies]).toEqual([[], []]);
      expect(await bench().find("a")).toMatchObject({ state: "failed", outcome: "Error" });
    });
  });

  test("lines and stored reasons name kinds of errors, never their words or anybody's", async () => {
    const strange = Object.assign(new Error(secret), { name: "HttpError" });
    await put([1, secret, "g1"], [2, "b", "g2"], [3, "c", "g3"]);
    const { work, ended } = open(
      failing({
        [secret]: forever(new TypeError(secret)),
        b: forever(strange),
        c: [new RetryableError(secret, 0)],
      }),
    );
    for (let time = 0; time < 5; time++) await work(hour);
    const lines = ended.map((line) => ({ ...line, error: undefined }));
    expect(lines).toHaveLength(8);
    expect(JSON.stringify(lines)).not.toContain("jane");
    const stored = await bench().deliveries.find({}, { limit: 9 });
    expect(stored.map(({ guid, outcome }) => [guid, outcome]).sort()).toEqual([
      ["g1", "TypeError"],
      ["g2", "HttpError"],
      ["g3", "answered"],
    ]);
    expect(JSON.stringify(stored)).not.toContain("jane");
  });

  test("what was thrown without being an error is called unknown", async () => {
    await put([1, "a"]);
    const words: Error = { name: secret, message: secret };
    const { work } = open(() => Promise.reject(words));
    for (let time = 0; time < 4; time++) await work(hour);
    expect(await bench().find("a")).toMatchObject({ state: "failed", outcome: "unknown" });
  });
});

describe("the pause after a failure", () => {
  const now = new Date("2026-11-02T08:00:00Z");
  const pause = (error: unknown, attempts: number) => {
    const due = dueAfter(error, attempts, now);
    return due && due.getTime() - now.getTime();
  };

  test.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [8, 128_000],
    [9, 256_000],
  ])("number %i is %i ms, and up to a quarter more", (attempts, least) => {
    for (let time = 0; time < 50; time++) {
      const waited = pause(new RetryableError(""), attempts);
      expect(waited).toBeGreaterThanOrEqual(least);
      expect(waited).toBeLessThanOrEqual(least * 1.25);
    }
  });

  test.each([
    ["a passing failure", new RetryableError("", 1), maxAttempts],
    ["credentials that somebody has to mend", new RefusedError("", 401), maxAttempts],
    ["a mistake", new Error("no"), maxAttemptsAfterMistake],
    ["anything else", undefined, maxAttemptsAfterMistake],
  ])("ends with the last try of %s", (_, error, most) => {
    expect(pause(error, most - 1)).toBeGreaterThan(0);
    expect(pause(error, most)).toBeUndefined();
  });

  test("is what GitHub asked for when that is longer", () => {
    expect(pause(new RetryableError("", 600_000), 1)).toBe(600_000);
    expect(pause(new RetryableError("", 10), 1)).toBeGreaterThanOrEqual(1_000);
  });
});
