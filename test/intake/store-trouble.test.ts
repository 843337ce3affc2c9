/** A store that comes and goes under the worker: it costs time, and no tries. */
import { describe, expect, test } from "@jest/globals";
import { dueWithStore, maxAttempts } from "../../src/intake/worker.js";
import { StoreUnavailableError } from "../../src/store/store.js";
import { engines } from "../support/stores.js";
import { failing, forever, useWorker } from "./use-worker.js";

const minute = 60_000;

describe.each(engines())("on the $name engine", (engine) => {
  const { bench, put, open } = useWorker(engine);

  test("a delivery outlives more failures of the store than it has tries", async () => {
    await put([1, "a"]);
    const failures = Array.from({ length: 3 * maxAttempts }, () => new StoreUnavailableError("away"));
    const { work, handled } = open(failing({ a: failures }));
    for (let time = 0; time <= 3 * maxAttempts; time++) await work(10 * minute);
    expect(handled).toHaveLength(3 * maxAttempts + 1);
    expect(await bench().find("a")).toMatchObject({ state: "done", outcome: "answered", attempts: 1 });
  });

  test("a lane that could not be looked into is free again in a second, not when its lease ends", async () => {
    await put([1, "a"]);
    const { inbox } = bench();
    let failures = 1;
    const next: typeof inbox.next = (lease) =>
      failures-- > 0 ? Promise.reject(new StoreUnavailableError("away")) : inbox.next(lease);
    const { work, handled } = open(undefined, {}, { inbox: { ...inbox, next } });
    await work();
    expect(handled).toEqual([]);
    await work(1_500);
    expect(handled).toEqual(["a"]);
  });

  test("but not a day of them: then it has failed, with its reason", async () => {
    await put([1, "a"]);
    const { work } = open(failing({ a: forever(new StoreUnavailableError("away")) }));
    for (let time = 0; time <= 25; time++) await work(60 * minute);
    expect(await bench().find("a")).toMatchObject({ state: "failed", outcome: "StoreUnavailableError" });
  });
});

describe("the pause", () => {
  const now = new Date("2026-11-02T08:00:00Z");
  const pause = (age: number) => {
    const due = dueWithStore(new Date(now.getTime() - age), now);
    return due && due.getTime() - now.getTime();
  };

  test.each([
    ["at first is a second", 0, 1_000],
    ["grows with the delivery's age", 40_000, 10_000],
    ["ends growing", 60 * minute, 5 * minute],
    ["is there for a whole day", 24 * 60 * minute, 5 * minute],
  ])("%s", (_, age, least) => {
    expect(pause(age)).toBeGreaterThanOrEqual(least);
    expect(pause(age)).toBeLessThanOrEqual(least * 1.25);
  });

  test("is none after that", () => expect(pause(24 * 60 * minute + 1)).toBeUndefined());
});
