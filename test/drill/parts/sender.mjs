/**
 * GitHub's side of webhooks, with somebody behind it who has everything delivered again that was not
 * acknowledged: the same GUID, the same bytes, until somebody says 202.
 */
import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

import { webhookPath } from "../../../dist/intake/door.js";
import { signed } from "../../../dist/sandbox/github/index.js";
import { webhookSecret } from "./stage.mjs";

/** How long a sender that was not heard waits before it asks again where to send to. */
const breath = 20;
/** GitHub waits ten seconds. */
const longestAnswer = 10_000;

/** @param world whose app the deliveries are for */
export function createSender(world) {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const seen = { sent: 0, acknowledged: 0, again: 0 };

  const once = (url, { headers, body }) => {
    seen.sent += 1;
    return post(agent, `${url}${webhookPath}`, headers, body);
  };

  return {
    seen,
    /** Signs it once; `once` takes what comes back as often as it is sent. */
    sign: (delivery) => signed(world, delivery, webhookSecret),
    /** @returns the status; 0 when there was no answer */
    once,
    /**
     * Sends it until it is acknowledged.
     * @param where asked before every try; undefined when nobody listens now
     */
    async until202(delivery, where, signal) {
      const message = signed(world, delivery, webhookSecret);
      for (let tries = 0; !signal.aborted; tries += 1) {
        const url = where();
        if (url !== undefined) {
          if (tries > 0) seen.again += 1;
          if ((await once(url, message)) === 202) {
            seen.acknowledged += 1;
            return true;
          }
        }
        await pause(breath);
      }
      return false;
    },
    close: () => agent.destroy(),
  };
}

function post(agent, url, headers, body) {
  return new Promise((resolve) => {
    const length = { "content-length": Buffer.byteLength(body) };
    const asked = request(url, { method: "POST", agent, headers: { ...headers, ...length } }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0)).once("error", () => resolve(0));
      answer.once("close", () => resolve(0));
    });
    asked.setTimeout(longestAnswer, () => asked.destroy());
    asked.once("error", () => resolve(0));
    asked.end(body);
  });
}
