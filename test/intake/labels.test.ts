/** Labels in deliveries: read along with a comment, no reason to do anything by themselves. */
import { expect, test } from "@jest/globals";
import { readPayload } from "../../src/intake/payloads.js";
import { createSampleWorld, type Delivery, type SampleWorld } from "../../src/sandbox/github/index.js";

const reader = { appId: 99, mayConcern: () => true };

/** What the last delivery of the act means, with a change to what it says of the issue. */
function read(act: (world: SampleWorld) => void, change: object = {}) {
  const world = createSampleWorld();
  const deliveries: Delivery[] = [];
  world.onDelivery((delivery) => deliveries.push(delivery));
  act(world);
  const last = deliveries.at(-1);
  if (last === undefined) throw new Error("nothing was told");
  const payload = { ...last.payload, issue: { ...(last.payload.issue as object), ...change } };
  return readPayload(last.event, last.guid, payload, reader);
}

const label = (world: SampleWorld, by = world.sample.people.dana) => {
  world.label(by, world.sample.issues.login, "Bug", "customer: Acme");
};

test.each<[string, (world: SampleWorld) => void]>([
  ["put on by a person", label],
  [
    "put on by us",
    (world) => {
      world.label(world.app.bot, world.sample.issues.login, "customer: Acme");
    },
  ],
  [
    "taken off",
    (world) => {
      label(world);
      world.unlabel(world.sample.people.dana, world.sample.issues.login, "bug");
    },
  ],
])("a label %s is ignored, and nothing is kept", (_name, act) => {
  expect(read(act)).toEqual({ kind: "ignored", why: "labels" });
});

test.each<[string, object, readonly string[] | undefined]>([
  ["as GitHub tells them", {}, ["Bug", "customer: Acme"]],
  ["none", { labels: [] }, []],
  ["not told", { labels: undefined }, undefined],
  ["not as expected", { labels: ["bug", null] }, undefined],
])("a comment's issue has labels: %s", (_name, change, labels) => {
  const incoming = read((world) => {
    label(world);
    world.comment(world.sample.people.pia, world.sample.issues.login, "/contacts");
  }, change);
  if (incoming.kind !== "conversation") throw new Error(incoming.kind);
  expect(incoming.event.place.issue.labels).toEqual(labels);
});
