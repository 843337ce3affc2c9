/** Posts deliveries to an app, signed, the way GitHub does: one try each, and every try in the log. */
import { createHmac } from "node:crypto";
import type { Attempt, Delivery } from "./deliveries.js";
import type { World } from "./world.js";

export interface Hook {
  /** Where the app listens: `http://127.0.0.1:3000/api/github/webhooks`. */
  readonly url: string;
  readonly secret: string;
  /** One after the other (default), or all at once, as they may come on GitHub. */
  readonly inOrder?: boolean;
  /** Milliseconds an app may take to answer; GitHub waits 10 s. */
  readonly timeout?: number;
  /** Deliveries that get lost on their way: the log has a 502 for them. */
  readonly loses?: (delivery: Delivery) => boolean;
}

export interface Deliverer {
  /** Resolves when everything that happened so far was posted. */
  readonly idle: () => Promise<void>;
  readonly stop: () => void;
}

const hookId = 400_001;

/** Posts all that happens from now on. Never rejects: what went wrong is in the log of deliveries. */
export function deliver(world: World, hook: Hook): Deliverer {
  let last: Promise<unknown> = Promise.resolve();
  const stop = world.onDelivery((delivery) => {
    const posted =
      hook.inOrder === false ? post(world, hook, delivery) : last.then(() => post(world, hook, delivery));
    last = Promise.all([last, posted]);
  });
  const idle = async () => {
    for (let seen; seen !== last; await seen) seen = last;
  };
  return { idle, stop };
}

/** Headers and body of one delivery. The signature is over the exact bytes of the body. */
export function signed(world: World, delivery: Delivery, secret: string) {
  const body = JSON.stringify(delivery.payload);
  const headers = {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/local",
    "x-github-event": delivery.event,
    "x-github-delivery": delivery.guid,
    "x-github-hook-id": String(hookId),
    "x-github-hook-installation-target-id": String(world.app.id),
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
  return { headers, body };
}

async function post(world: World, hook: Hook, delivery: Delivery): Promise<Attempt> {
  const { headers, body } = signed(world, delivery, hook.secret);
  const [deliveredAt, start] = [world.now(), performance.now()];
  const answer = hook.loses?.(delivery) === true ? lost : await ask(hook, headers, body);
  const duration = Math.round(performance.now() - start) / 1000;
  const requestHeaders = headers;
  return world.deliveries.record({
    delivery,
    url: hook.url,
    deliveredAt,
    duration,
    requestHeaders,
    ...answer,
  });
}

const lost: Outcome = {
  status: "failed to connect to host",
  statusCode: 502,
  responseHeaders: {},
  responseBody: "",
};

type Outcome = Pick<Attempt, "status" | "statusCode" | "responseHeaders" | "responseBody">;

async function ask(
  { url, timeout = 10_000 }: Hook,
  headers: Record<string, string>,
  body: string,
): Promise<Outcome> {
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    return {
      status: response.ok ? "OK" : response.statusText,
      statusCode: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: await response.text(),
    };
  } catch {
    const status = signal.aborted ? "timed out" : "failed to connect to host";
    return { status, statusCode: signal.aborted ? 504 : 502, responseHeaders: {}, responseBody: "" };
  }
}
