/**
 * GitHub may carry out a request that the app has given up, after the app looked for what it did and
 * asked again: of two replies the one that is known stays, and the other goes when it is heard of.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { DeliveryDocument } from "../../src/intake/inbox.js";
import type { Delivery } from "../../src/sandbox/github/index.js";
import { engines } from "../support/stores.js";
import { openHouse, type House } from "./house.js";
import { post } from "./posting.js";

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  let made: Delivery[];
  beforeEach(async () => {
    house = await openHouse({ engine });
    made = [];
    house.world.onDelivery((delivery) => made.push(delivery));
  });
  afterEach(() => house.close());

  const answerLate = (effectAfterMs: number) =>
    house.github.faults.next(1, {
      match: { method: "POST", path: /\/issues\/\d+\/comments$/ },
      reset: true,
      effectAfterMs,
    });
  const issue = () => house.world.sample.issues.login;
  const say = (text: string) => house.say(house.world.sample.people.pia, issue(), text);
  /** Deliveries of our own comments, as the app got them. */
  const own = (action: string) =>
    made.filter(
      ({ event, payload }) => event === "issue_comment" && isOurs(payload) && payload.action === action,
    );
  const isOurs = (payload: Delivery["payload"]) =>
    (payload as { readonly sender?: { readonly type?: string } }).sender?.type === "Bot";
  const until = async (isTrue: () => boolean) => {
    for (const end = Date.now() + 10_000; !isTrue() && Date.now() < end;) await sleep(20);
    await house.settle();
    expect(isTrue()).toBe(true);
  };
  const deletions = () => house.github.requests.filter(({ method }) => method === "DELETE").length;

  test("a second reply that comes to be after the first is known goes, and the first stays", async () => {
    answerLate(4_000); // the second try begins within 2.5 s
    await say("/add_contacts [contact:1]");
    await until(() => house.replyComments(issue()).length === 1);
    const [known] = house.replyComments(issue());
    await until(() => own("deleted").length === 1);
    expect(own("created")).toHaveLength(2);
    expect(house.replyComments(issue())).toEqual([known]);
    expect(await house.linked(issue())).toEqual([1]);
    // Heard of again, neither of them does anything.
    for (const delivery of own("created")) {
      expect(await post(house, { ...delivery, guid: `again-${delivery.guid}` })).toBe(202);
      await house.settle();
    }
    expect(house.replyComments(issue())).toEqual([known]);
    // An edit finds the one that is known.
    expect(await say("/contacts")).toHaveLength(2);
  });

  test("one that comes to be before the app looks for it is the reply", async () => {
    answerLate(200);
    await say("/add_contacts [contact:1]");
    await until(() => house.replyComments(issue()).length === 1);
    await sleep(1_500); // by now the app has tried again
    await house.settle();
    expect(house.replyComments(issue())).toHaveLength(1);
    expect([own("created").length, deletions()]).toEqual([1, 0]);
  });

  test("where all is well nothing is asked of GitHub, and nothing waits", async () => {
    await say("/add_contacts [contact:1]");
    await house.settle();
    const [created] = own("created");
    if (created === undefined) throw new Error("there is no reply");
    const asked = await house.asked(async () => {
      expect(await post(house, { ...created, guid: "again" })).toBe(202);
      await house.settle();
    });
    expect(asked).toEqual([]);
    const deliveries = house.store.collection<DeliveryDocument>("deliveries");
    const { id: account } = house.world.sample.acme;
    expect(await deliveries.findOne({ _id: `${account}:again` })).toBeUndefined();
  });
});
