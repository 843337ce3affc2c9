/**
 * The door for GitHub's deliveries: `POST /api/github/webhooks`. Bodies are counted while they are
 * read; a signature is checked before anything is believed; 202 is said only after what concerns us
 * is stored, 503 when it cannot be. What came over the wire is never put into an answer.
 */
import { isUtf8 } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { eventWord } from "./event-names.js";
import { inTime } from "./in-time.js";
import type { Incoming } from "./payloads.js";
import { createRoom, type Place, type Room } from "./room.js";

export const webhookPath = "/api/github/webhooks";

/** GitHub never sends more (DESIGN §11). */
export const maxBody = 25 * 1024 * 1024;

/** How long the rest of a refused body is thrown away, in milliseconds. */
const longestRest = 2_000;

/** GitHub waits ten seconds for an answer (DESIGN §11): before that it hears from us that it failed. */
const longestReception = 9_000;

export interface DoorOptions {
  /** Shared by all bodies that arrive; each has its own when absent. */
  readonly room?: Room;
  /** Milliseconds from the head of a request to the answer, if storing is what takes long; 9,000 when absent. */
  readonly longestReception?: number;
  verify(body: string, signature: string): Promise<boolean>;
  read(name: string, guid: string, payload: unknown): Incoming;
  /** Keeps what was read; rejects when it cannot. */
  accept(incoming: Incoming): Promise<void>;
  /** One line for each delivery that was not accepted. */
  refused(line: DoorLine & { readonly status: number; readonly why: string; readonly error?: unknown }): void;
  /** One line for each delivery that was. */
  accepted?(line: DoorLine, incoming: Incoming): void;
}

export interface DoorLine {
  /** The GUID; "" where there is no good one. */
  readonly delivery: string;
  /** A word of `eventWord`. */
  readonly event: string;
  /** From the first byte of the head to the decision, in whole milliseconds. */
  readonly ms: number;
}

interface Headers {
  readonly name: string;
  readonly guid: string;
  readonly signature: string;
}

/** What the sender hears. */
interface Reception {
  readonly status: number;
  readonly why: string;
  readonly error?: unknown;
  /** What was accepted. */
  readonly incoming?: Incoming;
}

/** Answers one delivery. @throws what `verify` throws */
export async function receiveWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  options: DoorOptions,
): Promise<void> {
  const started = performance.now();
  const headers = readHeaders(request);
  const until = started + (options.longestReception ?? longestReception);
  const { incoming, ...reception } = await receive(request, headers, {
    ...options,
    accept: (read) => inTime(options.accept(read), until - performance.now()),
  });
  const ms = Math.round(performance.now() - started);
  const line = { delivery: headers?.guid ?? "", event: eventWord(headers?.name), ms };
  if (incoming === undefined) options.refused({ ...line, ...reception });
  else options.accepted?.(line, incoming);
  answer(response, reception.status, reception.why);
}

async function receive(
  request: IncomingMessage,
  headers: Headers | undefined,
  options: DoorOptions,
): Promise<Reception> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "")) {
    return { status: 415, why: "send application/json" };
  }
  if (headers === undefined) {
    return { status: 400, why: "a GitHub delivery has event, delivery and sha-256 signature headers" };
  }
  const place = (options.room ?? createRoom()).enter();
  try {
    return await receiveBody(request, headers, place, options);
  } finally {
    place.leave();
  }
}

async function receiveBody(
  request: IncomingMessage,
  headers: Headers,
  place: Place,
  options: DoorOptions,
): Promise<Reception> {
  const body = await readBody(request, place);
  if (body === "no room") return { status: 503, why: "too much arrives at once; send it again later" };
  if (body === "broken") return { status: 400, why: "the body did not arrive" };
  if (body === "no text") return { status: 400, why: "the body is not JSON" };
  if (body === "too long") return { status: 413, why: "the body is over 25 MB" };
  if (!(await options.verify(body.text, headers.signature))) {
    return { status: 401, why: "the signature does not fit" };
  }
  return keep(body.text, headers, options);
}

async function keep(text: string, { name, guid }: Headers, options: DoorOptions): Promise<Reception> {
  const payload = parseJson(text);
  if (payload === undefined) return { status: 400, why: "the body is not JSON" };
  try {
    const incoming = options.read(name, guid, payload);
    await options.accept(incoming);
    return { status: 202, why: "accepted", incoming };
  } catch (error) {
    return { status: 503, why: "the delivery could not be stored; send it again later", error };
  }
}

function readHeaders({ headers }: IncomingMessage): Headers | undefined {
  const name = headers["x-github-event"];
  const guid = headers["x-github-delivery"];
  const signature = headers["x-hub-signature-256"];
  if (typeof name !== "string" || typeof guid !== "string" || typeof signature !== "string") return undefined;
  return /^[\w-]{1,100}$/.test(guid) ? { name, guid, signature } : undefined;
}

/** The whole body as text. Nothing is kept of a body that is too long, or for which there is no room. */
function readBody(
  request: IncomingMessage,
  place: Place,
): Promise<{ readonly text: string } | "too long" | "broken" | "no text" | "no room"> {
  if (Number(request.headers["content-length"] ?? 0) > maxBody) return Promise.resolve("too long");
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBody && place.take(chunk.length)) return chunks.push(chunk);
      request.off("data", take);
      chunks.length = 0;
      resolve(size > maxBody ? "too long" : "no room");
    };
    request.on("data", take);
    request.once("end", () => {
      const whole = Buffer.concat(chunks);
      // Else other bytes than those that were signed would make the same text.
      resolve(isUtf8(whole) ? { text: whole.toString("utf8") } : "no text");
    });
    request.on("error", () => resolve("broken"));
  });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A short text answer; the connection closes on a refusal, so that an unread body is not waited for. */
export function answer(response: ServerResponse, status: number, text: string): void {
  const body = `${text}\n`;
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    ...(status >= 400 && { connection: "close" }),
    ...(status === 503 && { "retry-after": "5" }),
  });
  if (status < 400 || response.req.readableEnded || response.req.destroyed) response.end(body);
  else endWhenHeard(response, body);
}

/**
 * Closing on somebody who is still sending resets the connection, and the reset can overtake the
 * answer. So the rest is read and thrown away for a while first.
 */
function endWhenHeard(response: ServerResponse, body: string): void {
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, longestRest);
  response.req.once("end", end).once("close", end).resume();
  response.write(body);
}
