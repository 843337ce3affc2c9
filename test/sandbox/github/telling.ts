/** Lets people act in the sample world and looks at what the world tells about it. */
import { expect } from "@jest/globals";
import { createSampleWorld } from "../../../src/sandbox/github/index.js";
import type { Delivery, Issue, SampleWorld } from "../../../src/sandbox/github/index.js";
import { webhookProblems } from "../../support/webhook-schema.js";

/** What the act makes the world say. */
export function told(act: (world: SampleWorld, issue: Issue) => void): Delivery[] {
  const world = createSampleWorld();
  const deliveries: Delivery[] = [];
  world.onDelivery((delivery) => deliveries.push(delivery));
  act(world, world.sample.issues.login);
  return deliveries;
}

export interface Row {
  readonly name: string;
  readonly act: (world: SampleWorld, issue: Issue) => void;
  /** Event, action, and what the payload must hold. */
  readonly told: readonly (readonly [string, object])[];
}

/** The row's webhooks, no others, in that order; each fits GitHub's schema and holds what the row says. */
export function expectTold({ act, told: expected }: Row): void {
  const deliveries = told(act);
  const names = deliveries.map(({ event, action }) => (action === null ? event : `${event}.${action}`));
  expect(names).toEqual(expected.map(([name]) => name));
  expect(deliveries.flatMap(({ event, payload }) => webhookProblems(event, payload))).toEqual([]);
  for (const [index, [, holds]] of expected.entries())
    expect(deliveries[index]?.payload).toMatchObject(holds);
}
