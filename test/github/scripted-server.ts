/**
 * A GitHub that says what the test tells it to: tokens by itself, everything else from a script of
 * answers by method and path. It remembers every request.
 */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import type { Logger } from "pino";
import type { GitHub } from "../../src/github/github.js";
import { createGitHub } from "../../src/github/probot.js";

export type Reply =
  | { readonly status: number; readonly json?: unknown; readonly headers?: Record<string, string> }
  | { readonly status: number; readonly text: string; readonly headers?: Record<string, string> }
  /** The connection breaks; with "hang" nothing ever comes. */
  | "reset"
  | "hang";

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
  readonly at: number;
}

export interface ScriptedServer {
  readonly url: string;
  readonly asked: Asked[];
  /** The same, without the exchange of tokens. */
  questions(): Asked[];
  /** Answers for `METHOD /path` (no query), one after the other; the last one stays. */
  on(question: string, ...replies: Reply[]): void;
  close(): Promise<void>;
}

const TOKENS = /^POST \/app\/installations\/\d+\/access_tokens$/;

export async function startScriptedServer(): Promise<ScriptedServer> {
  const script = new Map<string, Reply[]>();
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const [path = ""] = (request.url ?? "").split("?");
      const question = `${request.method ?? ""} ${path}`;
      asked.push({
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body,
        at: Date.now(),
      });
      send(next(script, question, asked.length), request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    questions: () => asked.filter(({ method, path }) => !TOKENS.test(`${method} ${path}`)),
    on: (question, ...replies) => script.set(question, replies),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function next(script: Map<string, Reply[]>, question: string, count: number): Reply {
  const replies = script.get(question);
  const reply = replies !== undefined && replies.length > 1 ? replies.shift() : replies?.[0];
  if (reply !== undefined) return reply;
  if (!TOKENS.test(question)) return { status: 404, json: { message: "Not Found" } };
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  return { status: 201, json: { token: `ghs_${count}`, expires_at, permissions: { issues: "write" } } };
}

function send(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  if (reply === "hang") return;
  if (reply === "reset") {
    request.socket.destroy();
    return;
  }
  const body = "text" in reply ? reply.text : reply.json === undefined ? "" : JSON.stringify(reply.json);
  const type = "application/json; charset=utf-8";
  response.writeHead(reply.status, body === "" ? reply.headers : { "content-type": type, ...reply.headers });
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? undefined : JSON.parse(text);
}

export const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
export const WEBHOOK_SECRET = "a secret only this test knows";

export function githubAt(
  url: string,
  options: { readonly throttle?: boolean; readonly timeout?: number; readonly log?: Logger } = {},
): GitHub {
  return createGitHub({
    appId: 7,
    privateKey,
    webhookSecret: WEBHOOK_SECRET,
    apiUrl: url,
    log: options.log ?? pino({ level: "silent" }),
    throttle: options.throttle ?? false,
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
  });
}

/** A repository and an issue for tests that need any. */
export const REPOSITORY = { id: 1, owner: "acme", name: "helpdesk" };
export const ISSUE = { repository: REPOSITORY, number: 12 };
