/**
 * The real HTTP server with fakes behind it, and a client that says what it heard even when the server
 * answers before everything was sent.
 */
import { createHmac } from "node:crypto";
import { request as httpRequest, type Agent, type IncomingHttpHeaders } from "node:http";
import { webhookPath } from "../../src/intake/door.js";
import type { Incoming } from "../../src/intake/payloads.js";
import { startServer, type ServerOptions } from "../../src/intake/server.js";

const secret = "a secret for tests";
export const guid = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

/** The header GitHub signs a body with. */
export const signatureOf = (body: string | Buffer, key = secret): string =>
  `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;

export interface Refusal {
  readonly delivery: string;
  readonly event: string;
  readonly status: number;
  readonly why: string;
  readonly error?: unknown;
}

export interface OpenDoor {
  readonly url: string;
  /** What `read` was given: name, GUID, payload. */
  readonly read: (readonly [string, string, unknown])[];
  readonly accepted: Incoming[];
  readonly refused: Refusal[];
  readonly stop: () => Promise<void>;
}

/** @param fakes what this test wants otherwise than "a good signature is accepted at once" */
export async function openDoor(fakes: Partial<ServerOptions> = {}): Promise<OpenDoor> {
  const read: OpenDoor["read"] = [];
  const accepted: Incoming[] = [];
  const refused: Refusal[] = [];
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    verify: (body, signature) => Promise.resolve(signatureOf(body) === signature),
    read: (...arrived) => {
      read.push(arrived);
      return { kind: "ignored", why: "a test" };
    },
    accept: (incoming) => {
      accepted.push(incoming);
      return Promise.resolve();
    },
    refused: (line) => refused.push(line),
    ready: () => Promise.resolve(),
    ...fakes,
  });
  return { url: server.url, read, accepted, refused, stop: () => server.stop() };
}

export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The client's own port: tells connections apart. */
  readonly port: number | undefined;
}

export interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** A generator is sent in chunks, without a length; it is not asked for more once an answer is there. */
  readonly body?: string | Buffer | Iterable<Buffer>;
  readonly agent?: Agent;
}

/** Headers of a good delivery of `body`; those given as undefined are left out. */
export function delivery(body: string | Buffer, headers: Asked["headers"] = {}): Record<string, string> {
  const all: Record<string, string | undefined> = {
    "content-type": "application/json",
    "x-github-event": "ping",
    "x-github-delivery": guid,
    "x-hub-signature-256": signatureOf(body),
    ...headers,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Posts a delivery to the door, signed unless `headers` say otherwise. */
export const post = (url: string, body: string | Buffer, headers: Asked["headers"] = {}): Promise<Heard> =>
  ask(url, { method: "POST", path: webhookPath, headers: delivery(body, headers), body });

/** One request. Rejects only when the connection ends without an answer. */
export function ask(
  url: string,
  { method = "GET", path = "/", headers, body, agent }: Asked,
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${url}${path}`, {
      method,
      headers: { ...headers },
      ...(agent ? { agent } : { agent: false }),
    });
    sent.setTimeout(10_000, () => sent.destroy(new Error("no answer")));
    let answered = false;
    sent.once("response", (response) => {
      answered = true;
      const port = response.socket.localPort;
      let text = "";
      const heard = () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, port });
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.once("end", heard).once("error", heard);
    });
    sent.on("error", (error) => {
      if (!answered) reject(error);
    });
    void send(sent, body, () => answered);
  });
}

async function send(
  sent: ReturnType<typeof httpRequest>,
  body: Asked["body"],
  isAnswered: () => boolean,
): Promise<void> {
  if (body === undefined || typeof body === "string" || Buffer.isBuffer(body)) {
    sent.end(body);
    return;
  }
  for (const chunk of body) {
    if (isAnswered() || sent.destroyed) break;
    if (!sent.write(chunk))
      await new Promise((resolve) => sent.once("drain", resolve).once("close", resolve));
  }
  sent.end();
}

/** Something that ends when the test says so. */
export function hold(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
