/** The inbox: nothing is lost, nothing is doubled, and no lane is in two hands. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createInbox, type Lease } from "../../src/intake/inbox.js";
import type { Collection, Store, StoredDocument } from "../../src/store/store.js";
import { engines } from "../support/stores.js";
import { comment, openBench, type Bench } from "./workshop.js";

const lease = 15_000;

describe.each(engines())("on the $name engine", (engine) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench(engine);
  });
  afterEach(() => bench.close());

  const inbox = () => bench.inbox;
  const put = async (...events: Parameters<typeof comment>[]) => {
    for (const event of events) await inbox().put(comment(...event));
  };
  /** Must be there. */
  const claim = async (holder = "a"): Promise<Lease> => {
    const claimed = await inbox().claim(holder, lease);
    if (claimed === undefined) throw new Error("no lane is due");
    return claimed;
  };
  const next = async (held: Lease) => {
    const delivery = await inbox().next(held);
    if (delivery === undefined) throw new Error("the lane is empty");
    return delivery;
  };
  /** Takes the lanes one after the other and empties them. @returns texts, lane by lane */
  const workAll = async (holder = "all") => {
    const texts: string[][] = [];
    for (let held; (held = await inbox().claim(holder, lease));) {
      const lane: string[] = [];
      texts.push(lane);
      for (let still: Lease | undefined = held; still; still = await inbox().leave(still)) {
        for (let delivery; (delivery = await inbox().next(still));) {
          lane.push(delivery.event?.text ?? "");
          await inbox().finish(delivery, "done", "answered");
        }
      }
    }
    return texts;
  };

  describe("put", () => {
    test("stores a delivery once, whatever comes under its GUID later", async () => {
      expect(await inbox().put(comment(1, "first", "guid"))).toBe("stored");
      expect(await inbox().put(comment(1, "second", "guid"))).toBe("known");
      expect(await workAll()).toEqual([["first"]]);
      expect(await inbox().put(comment(1, "third", "guid"))).toBe("known");
      expect(await workAll()).toEqual([[]]);
    });

    test("gives a delivery that had failed another chance, with as many tries as a new one", async () => {
      await put([1, "a"]);
      const delivery = await next(await claim());
      await inbox().postpone(delivery, bench.clock.now(), "RetryableError");
      await inbox().finish(delivery, "failed", "RetryableError");
      await workAll();
      bench.clock.pass(lease);
      await workAll();
      expect(await inbox().put(comment(1, "a"))).toBe("known");
      const again = await bench.find("a");
      expect(again).toMatchObject({ state: "waiting", attempts: 0 });
      expect(again).not.toHaveProperty("finishedAt");
      expect(again).not.toHaveProperty("outcome");
      expect(await workAll()).toEqual([["a"]]);
      expect(await bench.find("a")).toMatchObject({ state: "done" });
    });

    test("takes the same GUID of two accounts for two", async () => {
      expect(await inbox().put(comment(1, "ours", "guid"))).toBe("stored");
      expect(await inbox().put(comment(1, "theirs", "guid", 1002))).toBe("stored");
      expect((await workAll()).flat().sort()).toEqual(["ours", "theirs"]);
    });

    test("of the same GUID many times at once stores it once", async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => inbox().put(comment(1, "a"))));
      expect(answers.sort()).toEqual([...Array.from({ length: 7 }, () => "known"), "stored"]);
      expect(await workAll()).toEqual([["a"]]);
    });

    test("keeps everything that the event holds", async () => {
      const event = { ...comment(1, "/contacts\r\n\u{1F600} ’"), previous: "" };
      await inbox().put(event);
      expect((await next(await claim())).event).toEqual(event);
    });
  });

  describe("a lane", () => {
    test("holds its deliveries in the order of their arrival, also within a millisecond", async () => {
      const texts = Array.from({ length: 30 }, (_, n) => `${n}`);
      for (const text of texts) await put([1, text]);
      expect(await workAll()).toEqual([texts]);
    });

    test("is one for each issue", async () => {
      await put([1, "a"], [2, "b"], [1, "c"]);
      expect((await workAll()).sort()).toEqual([["a", "c"], ["b"]]);
    });

    test("is never in two hands, whoever reaches for it", async () => {
      await put([1, "a"], [2, "b"], [3, "c"]);
      const claims = await Promise.all(
        Array.from({ length: 5 }, (_, n) => inbox().claim(`claimer ${n}`, lease)),
      );
      const lanes = claims.flatMap((claimed) => claimed?.lane ?? []);
      expect(lanes).toHaveLength(3);
      expect(new Set(lanes).size).toBe(3);
      await put([1, "d"]);
      expect(await inbox().claim("a sixth", lease)).toBeUndefined();
    });

    test("that was due for longest comes first", async () => {
      await put([2, "first"]);
      bench.clock.pass(1_000);
      await put([1, "second"]);
      expect((await claim()).lane).toMatch(/:2$/);
    });

    test("leaves nothing behind when it is empty", async () => {
      await put([1, "a"], [2, "b"]);
      await workAll();
      expect(await bench.lanes.count({}, { limit: 9 })).toBe(0);
    });
  });

  describe("a lease", () => {
    test("ends when its holder gives no sign of life", async () => {
      await put([1, "a"]);
      const first = await claim("dead");
      bench.clock.pass(lease - 1);
      expect(await inbox().claim("b", lease)).toBeUndefined();
      bench.clock.pass(1);
      const second = await claim("b");
      expect(second.lane).toBe(first.lane);
      expect((await next(second)).event?.text).toBe("a");
    });

    test("lasts as long as it is extended", async () => {
      await put([1, "a"]);
      const held = await claim();
      for (let beat = 0; beat < 4; beat++) {
        bench.clock.pass(lease - 1);
        expect(await inbox().extend(held, lease)).toBe(true);
      }
      expect(await inbox().claim("b", lease)).toBeUndefined();
    });

    test("that is lost cannot be extended, given back or left", async () => {
      await put([1, "a"]);
      const lost = await claim("slow");
      bench.clock.pass(lease);
      const held = await claim("b");
      expect(await inbox().extend(lost, lease)).toBe(false);
      await inbox().release(lost, bench.clock.now());
      expect(await inbox().leave(lost)).toBeUndefined();
      expect(await inbox().claim("c", lease)).toBeUndefined();
      expect(await inbox().extend(held, lease)).toBe(true);
    });

    test("that was given back is not taken again by a sign of life that comes late", async () => {
      await put([1, "a"]);
      const held = await claim("a");
      await inbox().release(held, bench.clock.now());
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
        if (left) await inbox().release(left, bench.clock.now());
        expect((await workAll()).flat()).toEqual([`b${round}`]);
      }
    });
  });

  describe("a postponed delivery", () => {
    test("counts its tries, says when it may be tried, and keeps its lane in order", async () => {
      await put([1, "a"], [1, "b"]);
      const held = await claim();
      const due = new Date(bench.clock.now().getTime() + 5_000);
      await inbox().postpone(await next(held), due, "RetryableError");
      await inbox().release(held, due);
      expect(await inbox().claim("b", lease)).toBeUndefined();
      bench.clock.pass(5_000);
      expect(await next(await claim("b"))).toMatchObject({
        guid: "a",
        attempts: 1,
        notBefore: due,
        outcome: "RetryableError",
        state: "waiting",
      });
    });

    test("is still first when an arrival wakes its lane early", async () => {
      await put([1, "a"]);
      const held = await claim();
      const due = new Date(bench.clock.now().getTime() + 5_000);
      await inbox().postpone(await next(held), due, "RetryableError");
      await inbox().release(held, due);
      await put([1, "b"]);
      expect(await next(await claim("b"))).toMatchObject({ guid: "a", notBefore: due });
    });

    test("that has ended meanwhile stays as it ended", async () => {
      await put([1, "a"]);
      const delivery = await next(await claim());
      await inbox().finish(delivery, "done", "answered");
      await inbox().postpone(delivery, bench.clock.now(), "StoreUnavailableError");
      const stored = await bench.find("a");
      expect(stored).toMatchObject({ state: "done", outcome: "answered", attempts: 0 });
      expect(stored).not.toHaveProperty("notBefore");
    });
  });

  test.each(["done", "failed"] as const)("a delivery that is %s keeps no event", async (state) => {
    await put([1, "/add_contacts jane@acme.com", "guid"]);
    const delivery = await next(await claim());
    await inbox().postpone(delivery, bench.clock.now(), "RetryableError");
    await inbox().finish(delivery, state, "answered");
    const stored = await bench.find("guid");
    expect(Object.keys(stored ?? {}).sort()).toEqual(
      ["_id", "account", "arrival", "attempts", "finishedAt", "guid", "outcome", "state"].sort(),
    );
    expect(JSON.stringify(stored)).not.toContain("jane");
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
      const dying = createInbox(dyingStore(bench.store), bench.clock.now);
      await expect(dying.put(comment(1, "a"))).rejects.toThrow("killed");
      await expect(dying.put(comment(2, "b"))).rejects.toThrow("killed");
      expect(await inbox().claim("a", lease)).toBeUndefined();
      await inbox().recover({ breakLeases: false });
      expect((await workAll()).sort()).toEqual([["a"], ["b"]]);
    });

    test("is not even needed when the delivery is sent again", async () => {
      const dying = createInbox(dyingStore(bench.store), bench.clock.now);
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
      const due = new Date(bench.clock.now().getTime() + 5_000);
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

  test("forgetting takes what ended before, whatever its end, and nothing else", async () => {
    await put([1, "old"], [2, "waiting"], [3, "failed"], [4, "new"]);
    const end = async (text: string, state: "done" | "failed") => {
      const delivery = await bench.find(text);
      if (delivery) await inbox().finish(delivery, state, "answered");
    };
    await end("old", "done");
    await end("failed", "failed");
    bench.clock.pass(1_000);
    const time = bench.clock.now();
    await end("new", "done");
    expect(await inbox().forgetFinishedBefore(time)).toBe(2);
    const left = await bench.deliveries.find({}, { limit: 9 });
    expect(left.map(({ guid }) => guid).sort()).toEqual(["new", "waiting"]);
    expect((await workAll()).flat()).toEqual(["waiting"]);
  });
});
