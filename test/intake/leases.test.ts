/** Leases of lanes: held by signs of life, lost by silence, given back, and broken after a crash. */
import { describe, expect, test } from "@jest/globals";
import { createInbox } from "../../src/intake/inbox.js";
import type { Collection, Store, StoredDocument } from "../../src/store/store.js";
import { engines } from "../support/stores.js";
import { lease, useInbox } from "./use-inbox.js";
import { comment } from "./workshop.js";

describe.each(engines())("on the $name engine", (engine) => {
  const { bench, inbox, put, claim, next, workAll } = useInbox(engine);

  describe("a lease", () => {
    test("ends when its holder gives no sign of life", async () => {
      await put([1, "a"]);
      const first = await claim("dead");
      bench().clock.pass(lease - 1);
      expect(await inbox().claim("b", lease)).toBeUndefined();
      bench().clock.pass(1);
      const second = await claim("b");
      expect(second.lane).toBe(first.lane);
      expect((await next(second)).event?.text).toBe("a");
    });

    test("lasts as long as it is extended", async () => {
      await put([1, "a"]);
      const held = await claim();
      for (let beat = 0; beat < 4; beat++) {
        bench().clock.pass(lease - 1);
        expect(await inbox().extend(held, lease)).toBe(true);
      }
      expect(await inbox().claim("b", lease)).toBeUndefined();
    });

    test("that is lost cannot be extended, given back or left", async () => {
      await put([1, "a"]);
      const lost = await claim("slow");
      bench().clock.pass(lease);
      const held = await claim("b");
      expect(await inbox().extend(lost, lease)).toBe(false);
      await inbox().release(lost, bench().clock.now());
      expect(await inbox().leave(lost)).toBeUndefined();
      expect(await inbox().claim("c", lease)).toBeUndefined();
      expect(await inbox().extend(held, lease)).toBe(true);
    });

    test("that was given back is not taken again by a sign of life that comes late", async () => {
      await put([1, "a"]);
      const held = await claim("a");
      await inbox().release(held, bench().clock.now());
      expect(await inbox().extend(held, lease)).toBe(false);
      expect((await claim("b")).lane).toBe(held.lane);
    });

    test("of a lane that was left is over", async () => {
      await put([1, "a"]);
      const held = await claim();
      await inbox().finish(await next(held), "done", "answered");
      expect(await inbox().leave(held)).toBeUndefined();
      expect(await inbox().extend(held, lease)).toBe(false);
    });
  });

  describe("leaving", () => {
    test("is refused when something has arrived since the lane was looked into", async () => {
      await put([1, "a"]);
      const held = await claim();
      await inbox().finish(await next(held), "done", "answered");
      expect(await inbox().next(held)).toBeUndefined();
      await put([1, "b"]);
      const renewed = await inbox().leave(held);
      if (renewed === undefined) throw new Error("the lane was left with a delivery in it");
      const late = await next(renewed);
      expect(late.event?.text).toBe("b");
      await inbox().finish(late, "done", "answered");
      expect(await inbox().leave(renewed)).toBeUndefined();
    });

    test("races with arrivals without losing one", async () => {
      for (let round = 0; round < 20; round++) {
        await put([1, `a${round}`]);
        const held = await claim();
        await inbox().finish(await next(held), "done", "answered");
        const [left] = await Promise.all([inbox().leave(held), put([1, `b${round}`])]);
        if (left) await inbox().release(left, bench().clock.now());
        expect((await workAll()).flat()).toEqual([`b${round}`]);
      }
    });
  });

  describe("recover", () => {
    /** The store of a process that dies before its `n`th write of lanes. */
    const dyingStore = (store: Store): Store => ({
      ...bindStore(store),
      collection: <T extends StoredDocument>(name: string): Collection<T> =>
        name === "lanes"
          ? ({ updateOne: () => Promise.reject(new Error("killed")) } as unknown as Collection<T>)
          : store.collection<T>(name),
    });
    const bindStore = (store: Store): Store => ({
      engine: store.engine,
      collection: (name) => store.collection(name),
      ping: () => store.ping(),
      close: () => store.close(),
    });

    test("finds what a crash left between the two writes of an arrival", async () => {
      const dying = createInbox(dyingStore(bench().store), bench().clock.now);
      await expect(dying.put(comment(1, "a"))).rejects.toThrow("killed");
      await expect(dying.put(comment(2, "b"))).rejects.toThrow("killed");
      expect(await inbox().claim("a", lease)).toBeUndefined();
      await inbox().recover({ breakLeases: false });
      expect((await workAll()).sort()).toEqual([["a"], ["b"]]);
    });

    test("is not even needed when the delivery is sent again", async () => {
      const dying = createInbox(dyingStore(bench().store), bench().clock.now);
      await expect(dying.put(comment(1, "a"))).rejects.toThrow("killed");
      expect(await inbox().put(comment(1, "a"))).toBe("known");
      expect(await workAll()).toEqual([["a"]]);
    });

    test("breaks the leases of the dead where no one else can be alive", async () => {
      await put([1, "a"]);
      await claim("dead");
      await inbox().recover({ breakLeases: true });
      expect(await workAll()).toEqual([["a"]]);
    });

    test("leaves the leases of others alone where they may be alive", async () => {
      await put([1, "a"]);
      const held = await claim("alive");
      await inbox().recover({ breakLeases: false });
      expect(await inbox().claim("b", lease)).toBeUndefined();
      expect(await inbox().extend(held, lease)).toBe(true);
    });

    test("does not try a postponed delivery before its time", async () => {
      await put([1, "a"]);
      const held = await claim();
      const due = new Date(bench().clock.now().getTime() + 5_000);
      await inbox().postpone(await next(held), due, "RetryableError");
      await inbox().release(held, due);
      await inbox().recover({ breakLeases: true });
      expect(await next(await claim())).toMatchObject({ notBefore: due });
    });

    test("of an empty inbox does nothing", async () => {
      await inbox().recover({ breakLeases: true });
      expect(await inbox().claim("a", lease)).toBeUndefined();
    });
  });
});
