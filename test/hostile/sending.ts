/** Deliveries for hostile tests: genuine ones of the sample world, and a sender that signs whatever it is given. */
import { randomUUID } from "node:crypto";
import type { Delivery } from "../../src/sandbox/github/index.js";
import type { House } from "../e2e/house.js";
import { webhookPath } from "../../src/intake/door.js";
import { ask, signatureOf, type Heard } from "../intake/open-door.js";

/** How many runs a property gets; `LIAISON_FUZZ_RUNS=20000` for a night of it. */
export const fuzzRuns = Number(process.env.LIAISON_FUZZ_RUNS ?? "80");

/** Properties end after this time, in milliseconds, however many runs that were: a test is no load. */
export const fuzzTime = process.env.LIAISON_FUZZ_RUNS === undefined ? 3_000 : fuzzRuns * 200;

/** A Jest timeout for one property. */
export const fuzzTimeout = fuzzTime * 2 + 30_000;

/** What GitHub would deliver of what happens in `deed`; the app hears nothing of it. */
export function unheard(house: House, deed: () => void): readonly Delivery[] {
  const heard: Delivery[] = [];
  house.mute(true);
  const stop = house.world.onDelivery((delivery) => heard.push(structuredClone(delivery)));
  deed();
  stop();
  house.mute(false);
  return heard;
}

export interface Sent {
  readonly event: string;
  readonly guid?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** Posts a body with a good signature, unless `headers` say otherwise. */
export function send(house: House, body: string | Buffer, { event, guid, headers }: Sent): Promise<Heard> {
  return ask(house.app.url, {
    method: "POST",
    path: webhookPath,
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": guid ?? randomUUID(),
      "x-hub-signature-256": signatureOf(body),
      ...Object.fromEntries(Object.entries(headers ?? {}).filter(([, value]) => value !== undefined)),
    },
    body,
  });
}

/** Sends a payload and waits until all is answered. @returns the status */
export async function sendAndSettle(house: House, payload: unknown, sent: Sent): Promise<number> {
  const { status } = await send(house, JSON.stringify(payload), sent);
  await house.settle();
  return status;
}

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly state?: string;
}

/** Lines of the log that tell of something nobody foresaw: trouble, and deliveries that were given up or put off. */
export const troubleIn = (house: House): readonly string[] =>
  house.log.filter((text) => {
    const { level, state } = JSON.parse(text) as Line;
    return level === "error" || level === "fatal" || state === "failed" || state === "postponed";
  });
