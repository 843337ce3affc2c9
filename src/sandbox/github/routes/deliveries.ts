/** The log of webhook deliveries, and delivering again: what an app reads to find what it missed. */
import { timestamp } from "../clock.js";
import type { Attempt } from "../deliveries.js";
import type { JsonObject } from "../records.js";
import { notFound, refuse } from "./answers.js";
import type { Answer, Question, Route } from "./route.js";

export const deliveryRoutes: readonly Route[] = [
  { method: "GET", path: "/app/hook/deliveries", by: "app", handle: list },
  {
    method: "GET",
    path: "/app/hook/deliveries/{attempt}",
    by: "app",
    handle: (question) => ({ status: 200, body: fullShape(attemptOf(question)) }),
  },
  {
    method: "POST",
    path: "/app/hook/deliveries/{attempt}/attempts",
    by: "app",
    handle: (question) => {
      question.world.deliveries.redeliver(attemptOf(question));
      return { status: 202, body: {} };
    },
  },
];

/** Newest first. `cursor` is the id after which the next page starts; `status` is success or failure. */
function list({ world, query, url, path }: Question): Answer {
  const size = Math.min(Number(query.get("per_page") ?? 30) || 30, 100);
  const [status, cursor] = [query.get("status"), query.get("cursor")];
  if (cursor !== null && !/^\d+$/.test(cursor)) throw refuse(400, "Invalid cursor");
  const all = world.deliveries.attempts
    .filter((one) => status === null || succeeded(one) === (status === "success"))
    .filter(({ id }) => cursor === null || id < BigInt(cursor))
    .reverse();
  const body = all.slice(0, size).map(itemShape);
  const last = all[size - 1];
  if (!last || all.length === size) return { status: 200, body };
  const next = new URLSearchParams(query);
  next.set("cursor", String(last.id));
  return { status: 200, body, headers: { link: `<${url}${path}?${next.toString()}>; rel="next"` } };
}

function attemptOf({ world, params }: Question): Attempt {
  const attempt = world.deliveries.attempt(params.attempt ?? "");
  if (!attempt) throw notFound();
  return attempt;
}

const succeeded = ({ statusCode }: Attempt) => statusCode >= 200 && statusCode < 300;

function itemShape({ id, delivery, deliveredAt, duration, status, statusCode }: Attempt): JsonObject {
  return {
    id,
    guid: delivery.guid,
    delivered_at: timestamp(deliveredAt),
    redelivery: delivery.redelivery,
    duration,
    status,
    status_code: statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

function fullShape(attempt: Attempt): JsonObject {
  return {
    ...itemShape(attempt),
    url: attempt.url,
    request: { headers: attempt.requestHeaders, payload: attempt.delivery.payload },
    response: { headers: attempt.responseHeaders, payload: attempt.responseBody },
  };
}
