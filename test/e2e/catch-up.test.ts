/** Catching up: what GitHub could not deliver is asked for until it got through, and nothing else is. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import { composeCatchUp } from "../../src/compose/catching-up.js";
import { createGitHub } from "../../src/github/probot.js";
import type { CatchUp } from "../../src/intake/catch-up.js";
import { webhookPath } from "../../src/intake/door.js";
import { createInbox } from "../../src/intake/inbox.js";
import { deliver, type Deliverer, type Delivery } from "../../src/sandbox/github/index.js";
import { engines } from "../support/stores.js";
import { openHouse, webhookSecret, type House } from "./house.js";

const minute = 60_000;
const list = "/app/hook/deliveries";

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  let deliverer: Deliverer;
  let loses: (delivery: Delivery) => boolean;
  let ahead: number;
  let catchUp: CatchUp;
  const now = () => new Date(Date.now() + ahead);

  beforeEach(async () => {
    ahead = 0;
    loses = () => false;
    house = await openHouse({ engine });
    house.mute(true);
    const { world } = house;
    const url = `${house.app.url}${webhookPath}`;
    deliverer = deliver(world, { url, secret: webhookSecret, loses: (one) => loses(one) });
    catchUp = another();
  });
  afterEach(async () => {
    deliverer.stop();
    await house.close();
  });

  /** As another process has it: on the same store. */
  const another = (): CatchUp => {
    const { world, github, store } = house;
    const { privateKey, url: apiUrl } = github;
    const log = pino({ level: "silent" });
    const options = { appId: world.app.id, privateKey, webhookSecret, apiUrl, throttle: false, log };
    return composeCatchUp(store, createGitHub(options), createInbox(store, now), now);
  };
  const say = async (text: string, issue = house.world.sample.issues.login) => {
    house.world.comment(house.world.sample.people.pia, issue, text);
    await settle();
  };
  const settle = async () => {
    await deliverer.idle();
    await house.settle();
    await deliverer.idle();
  };
  const round = async (minutes = 0) => {
    ahead += minutes * minute;
    const done = await catchUp.round(0);
    await settle();
    return done;
  };
  const redelivered = () => house.world.deliveries.attempts.filter(({ delivery }) => delivery.redelivery);
  const asked = async (deed: () => Promise<unknown>) =>
    (await house.asked(deed)).filter(({ path }) => path.startsWith(list)).map(({ method }) => method);

  test("what got lost is sent again and answered once", async () => {
    const { login } = house.world.sample.issues;
    loses = ({ event }) => event === "issue_comment";
    await say("/add_contacts [contact:1]");
    expect(house.replies(login)).toEqual([]);
    loses = () => false;
    expect(await round()).toMatchObject({ state: "done", redelivered: 1 });
    expect(house.replies(login)).toHaveLength(1);
    expect(await house.linked(login)).toEqual([1]);
    expect(await round(6)).toMatchObject({ redelivered: 0 });
    expect(await round(60)).toMatchObject({ redelivered: 0 });
    expect(redelivered()).toHaveLength(1);
    expect(redelivered()[0]?.id).toBeGreaterThan(2n ** 53n);
  });

  test("a quiet app costs one question a round", async () => {
    await say("/contacts");
    expect(await asked(() => round())).toEqual(["GET"]);
    expect(await asked(() => round(6))).toEqual(["GET"]);
  });

  test("what fails again is asked for with growing pauses, five times at most", async () => {
    loses = ({ event }) => event === "issue_comment";
    await say("/contacts");
    const counts: number[] = [];
    for (const minutes of [0, 1, 5, 1, 31, 1, 121, 1, 481, 1, 600]) {
      await round(minutes);
      counts.push(redelivered().length);
    }
    expect(counts).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5]);
  });

  test("what is too old, and what we do not listen to, is left alone", async () => {
    const { sample } = house.world;
    loses = () => true;
    house.world.setVisibility(sample.people.olivia, sample.issues.login.repository, "internal");
    await settle();
    await round();
    expect(redelivered()).toEqual([]);
    await say("/contacts");
    await round(4 * 24 * 60);
    expect(redelivered()).toEqual([]);
  });

  test("what got through on another way is left alone", async () => {
    loses = ({ event }) => event === "issue_comment";
    await say("/contacts");
    const [failed] = house.world.deliveries.attempts.filter(({ statusCode }) => statusCode === 502);
    if (failed === undefined) throw new Error("nothing failed");
    loses = () => false;
    house.world.deliveries.redeliver(failed); // somebody pressed the button
    await settle();
    expect(await round()).toMatchObject({ redelivered: 0 });
    expect(redelivered()).toHaveLength(1);
  });

  test("several processes ask once between them, oldest first", async () => {
    loses = ({ event }) => event === "issue_comment";
    const { login, invoice } = house.world.sample.issues;
    await say("/contacts", login);
    house.later();
    await say("/contacts", invoice);
    loses = () => false;
    ahead = minute;
    const states = await Promise.all([catchUp, another(), another()].map((one) => one.round(minute)));
    await settle();
    expect(states.map(({ state }) => state).sort()).toEqual(["done", "not due", "not due"]);
    const guids = redelivered().map(({ delivery }) => delivery.guid);
    expect(guids).toEqual([...guids].sort());
    expect(guids).toHaveLength(2);
  });

  test("more failures than a round asks for wait for the next one; comments that say nothing to us are asked for once", async () => {
    const [count, { people, issues }] = [120, house.world.sample];
    loses = ({ event }) => event === "issue_comment";
    for (let n = 0; n < count; n += 1) house.world.comment(people.pia, issues.login, "hello");
    await deliverer.idle();
    loses = () => false;
    const rounds = [await round(), await round(1), await round(10), await round(60)];
    expect(rounds.map((one) => (one.state === "done" ? one.redelivered : one.state))).toEqual([
      100, 20, 0, 0,
    ]);
    expect(new Set(redelivered().map(({ delivery }) => delivery.guid)).size).toBe(count);
  });

  test.each([
    [401, "refused"],
    [403, "refused"],
    [404, "refused"],
    [502, "postponed"],
  ])("GitHub's %i makes the round %s, and the next one goes on", async (status, state) => {
    loses = ({ event }) => event === "issue_comment";
    await say("/contacts");
    loses = () => false;
    house.github.faults.next(status === 401 ? 2 : status === 502 ? 3 : 1, { match: { path: list }, status });
    expect(await round()).toMatchObject({ state });
    expect(await round(6)).toMatchObject({ state: "done", redelivered: 1 });
  });

  test("a limit is waited for", async () => {
    house.github.faults.next(1, { match: { path: list }, status: 429, headers: { "retry-after": "900" } });
    expect(await round()).toMatchObject({ state: "postponed" });
    expect(await asked(() => round(10))).toEqual([]);
    expect(await asked(() => round(6))).toEqual(["GET"]);
  });
});
