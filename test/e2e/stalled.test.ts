/**
 * A process that stalls while it answers, at every step there is, for longer than its lease: another one
 * takes the issue over, and whatever the first one does when it wakes, everything is said once.
 */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { DeliveryDocument } from "../../src/intake/inbox.js";
import { engines } from "../support/stores.js";
import { openStage, type Stage, type StallingProcess } from "./stalling.js";

/** Longer than a lease. */
const stall = 16_000;
const text = "/add_contacts [contact:1]\n/remove_contacts [contact:1]\n/add_contacts nobody@nowhere.org";

describe.each(engines())("on the $name engine", (engine) => {
  let stage: Stage;
  let first: StallingProcess;
  let second: StallingProcess;
  beforeEach(async () => {
    stage = await openStage(engine);
    [first, second] = [stage.start("first"), stage.start("second")];
  });
  afterEach(() => stage.close());

  /** @param stallAt the step at which the first process stands still while the second one works */
  async function answer(stallAt?: number) {
    const comment = await stage.say(stage.world.sample.issues.login, text);
    first.gate.open(stallAt);
    const working = first.worker.idle();
    await Promise.race([first.gate.stalled(), working]);
    stage.pass(stall);
    await second.worker.idle();
    first.gate.thaw();
    await working;
    stage.pass(stall);
    await Promise.all([first.worker.idle(), second.worker.idle()]);
    const waiting = await stage.store
      .collection<DeliveryDocument>("deliveries")
      .count({ lane: { $gt: "" } }, { limit: 9 });
    const replies = stage.repliesTo(comment).map((body) => body.replace(/<!--[^>]*-->/, ""));
    return { replies, reactions: stage.reactionsTo(comment), waiting };
  }

  test("a stall at any step neither loses nor doubles a reply, a reaction or an effect", async () => {
    await answer(); // what is asked once an hour is known now
    const undisturbed = await answer();
    const steps = [...first.gate.steps];
    expect(steps).toEqual(expect.arrayContaining(["before github.createComment", "before github.react"]));
    expect(undisturbed).toEqual({
      replies: [expect.stringMatching(/Linked Jane Doe[^]*Unlinked Jane Doe/)],
      reactions: ["confused"],
      waiting: 0,
    });
    const seen = [];
    for (const [n, step] of steps.entries()) seen.push([n, step, await answer(n)]);
    expect(seen).toEqual(steps.map((step, n) => [n, step, undisturbed]));
  }, 120_000);
});
