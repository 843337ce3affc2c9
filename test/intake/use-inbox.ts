/** An inbox for each test of a file, and the hands that put into it and take out of it. */
import { afterEach, beforeEach } from "@jest/globals";
import type { Inbox, Lease } from "../../src/intake/inbox.js";
import type { Engine } from "../support/stores.js";
import { comment, openBench, type Bench } from "./workshop.js";

/** Milliseconds. */
export const lease = 15_000;

/** Opens a fresh store before each test of the describe block around it, and closes it afterwards. */
export function useInbox(engine: Engine) {
  let current: Bench | undefined;
  beforeEach(async () => {
    current = await openBench(engine);
  });
  afterEach(() => current?.close());
  const bench = (): Bench => {
    if (current === undefined) throw new Error("only inside a test");
    return current;
  };
  return { bench, inbox: () => bench().inbox, ...handsOn(() => bench().inbox) };
}

function handsOn(inbox: () => Inbox) {
  return {
    put: async (...events: Parameters<typeof comment>[]) => {
      for (const event of events) await inbox().put(comment(...event));
    },
    /** There must be one. */
    claim: async (holder = "a"): Promise<Lease> => {
      const claimed = await inbox().claim(holder, lease);
      if (claimed === undefined) throw new Error("no lane is due");
      return claimed;
    },
    /** There must be one. */
    next: async (held: Lease) => {
      const delivery = await inbox().next(held);
      if (delivery === undefined) throw new Error("the lane is empty");
      return delivery;
    },
    workAll: () => workAll(inbox()),
  };
}

/** Takes the lanes one after the other and empties them. @returns texts, lane by lane */
async function workAll(inbox: Inbox): Promise<string[][]> {
  const texts: string[][] = [];
  for (let held; (held = await inbox.claim("all", lease));) {
    const lane: string[] = [];
    texts.push(lane);
    for (let still: Lease | undefined = held; still; still = await inbox.leave(still)) {
      for (let delivery; (delivery = await inbox.next(still));) {
        lane.push(delivery.event?.text ?? "");
        await inbox.finish(delivery, "done", "answered");
      }
    }
  }
  return texts;
}
