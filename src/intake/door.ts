/**
 * The door for GitHub's deliveries: `POST /api/github/webhooks`. Bodies are counted while they are
 * read; a signature is checked before anything is believed; 202 is said only after what concerns us
 * is stored, 503 when it cannot be. What came over the wire is never put into an answer.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Incoming } from "./payloads.js";

export const webhookPath = "/api/github/webhooks";

/** GitHub never sends more (DESIGN §11). */
export const maxBody = 25 * 1024 * 1024;

export interface DoorOptions {
  verify(body: string, signature: string): Promise<boolean>;
  read(name: string, guid: string, payload: unknown): Incoming;
  /** Keeps what was read; rejects when it cannot. */
  accept(incoming: Incoming): Promise<void>;
  /** One line for each delivery that was not accepted. */
  refused(line: {
    readonly delivery: string;
    readonly status: number;
    readonly why: string;
    readonly error?: unknown;
  }): void;
}

interface Headers {
  readonly name: string;
  readonly guid: string;
  readonly signature: string;
}

export async function receiveWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  options: DoorOptions,
): Promise<void> {
  const headers = readHeaders(request);
  const refuse = (status: number, why: string, error?: unknown) => {
    options.refused({ delivery: headers?.guid ?? "", status, why, ...(error !== undefined && { error }) });
    answer(response, status, why);
  };
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    return refuse(415, "send application/json");
  }
  if (headers === undefined)
    return refuse(400, "a GitHub delivery has event, delivery and sha-256 signature headers");
  const body = await readBody(request);
  if (body === undefined) return refuse(413, "the body is over 25 MB");
  if (!(await options.verify(body, headers.signature))) return refuse(401, "the signature does not fit");
  const payload = parseJson(body);
  if (payload === undefined) return refuse(400, "the body is not JSON");
  try {
    await options.accept(options.read(headers.name, headers.guid, payload));
  } catch (error) {
    return refuse(503, "the delivery could not be stored; send it again later", error);
  }
  answer(response, 202, "accepted");
}

function readHeaders({ headers }: IncomingMessage): Headers | undefined {
  const name = headers["x-github-event"];
  const guid = headers["x-github-delivery"];
  const signature = headers["x-hub-signature-256"];
  if (typeof name !== "string" || typeof guid !== "string" || typeof signature !== "string") return undefined;
  return /^[\w-]{1,100}$/.test(guid) ? { name, guid, signature } : undefined;
}

/**
 * The whole body as text; undefined as soon as it is too long. What is too long is not read on, and
 * not destroyed either, so that the answer still gets through.
 */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > maxBody) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBody) return chunks.push(chunk);
      request.pause();
      resolve(undefined);
    });
    request.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.once("error", reject);
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
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    ...(status >= 400 && { connection: "close" }),
  });
  response.end(`${text}\n`);
}
