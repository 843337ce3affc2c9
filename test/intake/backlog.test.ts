/** What those who look after the app see of deliveries, and what they can do about them. */
import { describe, expect, test } from "@jest/globals";
import { createBacklog, type Backlog } from "../../src/intake/backlog.js";
import { engines } from "../support/stores.js";
import { lease, useInbox } from "./use-inbox.js";

describe.each(engines())("on the $name engine", (engine) => {
  const { bench, inbox, put, claim, next, workAll } = useInbox(engine);
  const backlog = (): Backlog => createBacklog(bench().store, bench().clock.now);

  /** Tried once, and due in an hour. */
  async function postponed(text: string) {
    await put([1, text]);
    const held = await claim();
    const due = new Date(bench().clock.now().getTime() + 3_600_000);
    await inbox().postpone(await next(held), due, "RetryableError");
    await inbox().release(held, due);
    return due;
  }

  /** Given up, one after the other. */
  async function failed(...texts: string[]) {
    for (const [n, text] of texts.entries()) {
      bench().clock.pass(1_000);
      await put([10 + n, text]);
      const held = await claim();
      await inbox().finish(await next(held), "failed", "TypeError");
      await inbox().leave(held);
    }
  }

  test("waiting ones are listed with their tries, their reason and when they are due", async () => {
    const receivedAt = bench().clock.now();
    const dueAt = await postponed("a");
    await put([2, "b"]);
    const common = { kind: "comment", account: 1001, receivedAt };
    expect(await backlog().list("waiting", 9)).toEqual([
      { ...common, guid: "a", attempts: 1, reason: "RetryableError", dueAt },
      { ...common, guid: "b", attempts: 0, reason: undefined, dueAt: undefined },
    ]);
    expect(await backlog().list("failed", 9)).toEqual([]);
  });

  test("failed ones are listed newest first, with their reason and nothing of what they said", async () => {
    await failed("old jane@acme.com", "new jane@acme.com");
    const listed = await backlog().list("failed", 9);
    expect(listed.map(({ guid, attempts, reason }) => [guid.slice(0, 3), attempts, reason])).toEqual([
      ["new", 1, "TypeError"],
      ["old", 1, "TypeError"],
    ]);
    expect(Object.keys(listed[0] ?? {}).sort()).toEqual(
      "account attempts dueAt guid kind reason receivedAt".split(" "),
    );
    expect(await backlog().list("failed", 1)).toHaveLength(1);
    expect(await backlog().list("waiting", 9)).toEqual([]);
  });

  test("a waiting one that is retried is due at once, and keeps the count of its tries", async () => {
    await postponed("a");
    expect(await inbox().claim("early", lease)).toBeUndefined();
    expect(await backlog().retry("a")).toBe("due");
    const taken = await next(await claim());
    expect(taken).toMatchObject({ guid: "a", attempts: 1 });
    expect(taken).not.toHaveProperty("notBefore");
  });

  test("one that is being worked on stays with whoever does", async () => {
    await put([1, "a"]);
    const held = await claim();
    expect(await backlog().retry("a")).toBe("due");
    expect(await inbox().claim("other", lease)).toBeUndefined();
    expect(await inbox().finish(await next(held), "done", "answered")).toBe(true);
  });

  test.each(["failed", "done", "unknown"] as const)("one that is %s is left as it is", async (state) => {
    if (state === "failed") await failed("a");
    if (state === "done") {
      await put([1, "a"]);
      await workAll();
    }
    const before = await bench().find("a");
    expect(await backlog().retry("a")).toBe(state);
    expect(await bench().find("a")).toEqual(before);
    expect(await inbox().claim("any", lease)).toBeUndefined();
  });
});
