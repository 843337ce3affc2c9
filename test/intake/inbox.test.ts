/** The inbox: nothing is lost, nothing is doubled, and every lane keeps its order. */
import { describe, expect, test } from "@jest/globals";
import { engines } from "../support/stores.js";
import { lease, useInbox } from "./use-inbox.js";
import { comment } from "./workshop.js";

describe.each(engines())("on the $name engine", (engine) => {
  const { bench, inbox, put, claim, next, workAll } = useInbox(engine);

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
      await inbox().postpone(delivery, bench().clock.now(), "RetryableError");
      await inbox().finish(delivery, "failed", "RetryableError");
      await workAll();
      bench().clock.pass(lease);
      await workAll();
      expect(await inbox().put(comment(1, "a"))).toBe("known");
      const again = await bench().find("a");
      expect(again).toMatchObject({ state: "waiting", attempts: 0 });
      expect(again).not.toHaveProperty("finishedAt");
      expect(again).not.toHaveProperty("outcome");
      expect(await workAll()).toEqual([["a"]]);
      expect(await bench().find("a")).toMatchObject({ state: "done" });
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
      bench().clock.pass(1_000);
      await put([1, "second"]);
      expect((await claim()).lane).toMatch(/:2$/);
    });

    test("leaves nothing behind when it is empty", async () => {
      await put([1, "a"], [2, "b"]);
      await workAll();
      expect(await bench().lanes.count({}, { limit: 9 })).toBe(0);
    });
  });

  describe("a postponed delivery", () => {
    test("counts its tries, says when it may be tried, and keeps its lane in order", async () => {
      await put([1, "a"], [1, "b"]);
      const held = await claim();
      const due = new Date(bench().clock.now().getTime() + 5_000);
      await inbox().postpone(await next(held), due, "RetryableError");
      await inbox().release(held, due);
      expect(await inbox().claim("b", lease)).toBeUndefined();
      bench().clock.pass(5_000);
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
      const due = new Date(bench().clock.now().getTime() + 5_000);
      await inbox().postpone(await next(held), due, "RetryableError");
      await inbox().release(held, due);
      await put([1, "b"]);
      expect(await next(await claim("b"))).toMatchObject({ guid: "a", notBefore: due });
    });

    test("that has ended meanwhile stays as it ended", async () => {
      await put([1, "a"]);
      const delivery = await next(await claim());
      await inbox().finish(delivery, "done", "answered");
      await inbox().postpone(delivery, bench().clock.now(), "StoreUnavailableError");
      const stored = await bench().find("a");
      expect(stored).toMatchObject({ state: "done", outcome: "answered", attempts: 1 });
      expect(stored).not.toHaveProperty("notBefore");
    });
  });

  test.each(["done", "failed"] as const)("a delivery that is %s keeps no event", async (state) => {
    await put([1, "/add_contacts jane@acme.com", "guid"]);
    const delivery = await next(await claim());
    await inbox().postpone(delivery, bench().clock.now(), "RetryableError");
    await inbox().finish(delivery, state, "answered");
    const stored = await bench().find("guid");
    expect(Object.keys(stored ?? {}).sort()).toEqual(
      "_id account arrival attempts finishedAt guid kind outcome receivedAt said state".split(" "),
    );
    expect(JSON.stringify(stored)).not.toContain("jane");
  });

  test("forgetting takes more than fit into one part", async () => {
    const finishedAt = bench().clock.now();
    for (let part = 0; part < 3; part++) {
      const many = Array.from({ length: 150 }, (_, n) => ({
        insertOne: {
          ...{ _id: `1001:${part}-${n}`, account: 1001, guid: `${part}-${n}`, state: "done" as const },
          ...{ arrival: "", attempts: 1, finishedAt },
        },
      }));
      await bench().deliveries.bulk(many);
    }
    bench().clock.pass(1_000);
    expect(await inbox().forgetFinishedBefore(bench().clock.now())).toBe(450);
    expect(await bench().deliveries.count({}, { limit: 9 })).toBe(0);
  });

  test("a lane whose worker died after its last delivery is left by the next one", async () => {
    await put([1, "a"]);
    await inbox().finish(await next(await claim("dead")), "done", "answered");
    bench().clock.pass(lease);
    expect(await workAll()).toEqual([[]]);
    expect(await bench().lanes.count({}, { limit: 9 })).toBe(0);
  });

  test("forgetting takes what ended before, whatever its end, and nothing else", async () => {
    await put([1, "old"], [2, "waiting"], [3, "failed"], [4, "new"]);
    const end = async (text: string, state: "done" | "failed") => {
      const delivery = await bench().find(text);
      if (delivery) await inbox().finish(delivery, state, "answered");
    };
    await end("old", "done");
    await end("failed", "failed");
    bench().clock.pass(1_000);
    const time = bench().clock.now();
    await end("new", "done");
    expect(await inbox().forgetFinishedBefore(time)).toBe(2);
    const left = await bench().deliveries.find({}, { limit: 9 });
    expect(left.map(({ guid }) => guid).sort()).toEqual(["new", "waiting"]);
    expect((await workAll()).flat()).toEqual(["waiting"]);
  });
});
