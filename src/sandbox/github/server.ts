/**
 * The HTTP side of the local GitHub: one request through faults, authentication, a route and back.
 * Everything it receives and answers is kept in the request log and shown to the observers.
 */
import type { KeyObject } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Exchange } from "./exchange.js";
import type { FaultKind, Faults } from "./faults.js";
import { encode, toJson } from "./json.js";
import { respond } from "./respond.js";
import type { Received } from "./respond.js";
import { allRoutes } from "./routes/index.js";
import type { Answer } from "./routes/route.js";
import { Tokens } from "./tokens.js";
import type { World } from "./world.js";

export interface ServerParts {
  readonly world: World;
  readonly publicKey: KeyObject | undefined;
  readonly faults: Faults;
  readonly observe: (exchange: Exchange) => void;
}

export type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The listener for `http.createServer`. */
export function listener(parts: ServerParts): Listener {
  const tokens = new Tokens(parts.world);
  const routes = allRoutes(tokens);
  return async (request, response) => {
    const received = await receive(request);
    const fault = parts.faults.take(received.method, received.url.pathname);
    if (fault?.delayMs !== undefined) await wait(fault.delayMs);
    if (fault?.delayMs !== undefined && response.destroyed) return; // GitHub ends a request after 10 s, undone
    const hasEffect = fault?.afterEffect === true || (fault?.status === undefined && fault?.reset !== true);
    if (fault?.effectAfterMs !== undefined)
      setTimeout(() => respond({ ...parts, tokens, routes }, received), fault.effectAfterMs).unref();
    const real: Answer = hasEffect ? respond({ ...parts, tokens, routes }, received) : { status: 500 };
    if (fault?.answerAfterMs !== undefined) await wait(fault.answerAfterMs);
    const answer = fault ? spoil(real, fault) : real;
    const sent = send(response, received, answer, fault);
    parts.observe(describe(parts.world, received, sent, fault));
  };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    method: request.method ?? "GET",
    url,
    headers: Object.fromEntries(headers),
    text: Buffer.concat(chunks).toString(),
  };
}

function spoil(real: Answer, fault: FaultKind): Answer {
  if (fault.status === undefined) return { ...real, headers: { ...real.headers, ...fault.headers } };
  const body = fault.body ?? { message: "Unavailable", documentation_url: "https://docs.github.com/rest" };
  return { status: fault.status, body, ...(fault.headers ? { headers: fault.headers } : {}) };
}

interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function send(response: ServerResponse, { method }: Received, answer: Answer, fault?: FaultKind): Sent {
  if (fault?.reset === true) {
    response.destroy();
    return { status: 0, headers: {}, body: "" };
  }
  const whole = encode(answer.body);
  const body = fault?.brokenJson === true ? whole.subarray(0, Math.floor(whole.length / 2)) : whole;
  const headers = {
    ...(answer.body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
    "x-github-media-type": "github.v3; format=json",
    ...answer.headers,
  };
  response.writeHead(answer.status, headers).end(method === "HEAD" ? undefined : body);
  return { status: answer.status, headers, body: body.toString() };
}

function describe(world: World, received: Received, sent: Sent, fault?: FaultKind): Exchange {
  const { method, url, text } = received;
  const requestHeaders = { ...received.headers };
  delete requestHeaders.authorization;
  return {
    method,
    path: url.pathname,
    query: url.search.slice(1),
    requestHeaders,
    requestBody: text === "" ? undefined : toJson(text),
    status: sent.status,
    responseHeaders: sent.headers,
    responseBody: sent.body,
    isFault: fault !== undefined && isWrong(fault),
    at: world.now(),
  };
}

/** A late answer is still GitHub's. */
const isWrong = ({ status, reset, brokenJson }: FaultKind) =>
  status !== undefined || reset === true || brokenJson === true;
