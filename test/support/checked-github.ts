/**
 * The local GitHub for tests, with every request, answer and webhook checked against GitHub's own
 * descriptions. `close()` throws when anything did not fit, and so fails the test it ends.
 */
import { startGitHub } from "../../src/sandbox/github/index.js";
import type { Delivery, LocalGitHub, World } from "../../src/sandbox/github/index.js";
import { appKeys } from "./app-keys.js";
import { exchangeProblems } from "./openapi.js";
import { webhookProblems } from "./webhook-schema.js";

export interface CheckedGitHub<W extends World> extends LocalGitHub {
  readonly world: W;
  /** PEM of the app's key; the server knows the public half. */
  readonly privateKey: string;
  /** Every webhook made so far, oldest first. Tests may empty it. */
  readonly deliveries: Delivery[];
  /** What did not fit so far. `close()` complains about what is left in it. */
  readonly problems: string[];
}

/** @param world with at least what the test is about; `createSampleWorld()` or a `new World()` */
export async function checkedGitHub<W extends World>(world: W): Promise<CheckedGitHub<W>> {
  const { privateKey, publicKey } = appKeys();
  const github = await startGitHub({ world, publicKey });
  const problems: string[] = [];
  const deliveries: Delivery[] = [];
  github.onExchange((exchange) => problems.push(...exchangeProblems(exchange)));
  const stop = world.onDelivery((delivery) => {
    deliveries.push(delivery);
    problems.push(...webhookProblems(delivery.event, delivery.payload));
  });
  const close = async () => {
    stop();
    await github.close();
    if (problems.length > 0) throw new Error(`Not as on GitHub:\n${[...new Set(problems)].join("\n")}`);
  };
  return { ...github, world, privateKey, deliveries, problems, close };
}
