/** The HTTP server: the webhook door and the two questions of whoever keeps us running. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answer, receiveWebhook, webhookPath, type DoorOptions } from "./door.js";

export interface ServerOptions extends DoorOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Rejects when the store does not answer. */
  ready(): Promise<void>;
}

export interface RunningServer {
  /** `http://host:port` */
  readonly url: string;
  /** Takes no new connections; resolves when the open requests are answered. */
  stop(): Promise<void>;
}

/** A slow sender gets this long for headers and for a whole request. */
const headersTimeout = 10_000;
const requestTimeout = 30_000;

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const server = createServer({ headersTimeout, requestTimeout }, (request, response) => {
    route(request, response, options).catch((error: unknown) => {
      options.refused({ delivery: "", status: 500, why: "request failed", error });
      if (response.headersSent) response.destroy();
      else answer(response, 500, "something went wrong");
    });
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return { url: `http://${host}:${port}`, stop: () => close(server) };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServerOptions,
): Promise<void> {
  const path = (request.url ?? "").split("?")[0] ?? "";
  const asked = `${request.method ?? ""} ${path}`;
  if (asked === `POST ${webhookPath}`) return receiveWebhook(request, response, options);
  if (asked === "GET /healthz") return answer(response, 200, "alive");
  if (asked === "GET /readyz") return answerReady(response, options);
  if (path === webhookPath) return answer(response, 405, "send a POST");
  answer(response, 404, "there is nothing here");
}

async function answerReady(response: ServerResponse, { ready }: ServerOptions): Promise<void> {
  try {
    await ready();
  } catch {
    return answer(response, 503, "the store does not answer");
  }
  answer(response, 200, "ready");
}

const listen = (server: Server, { host, port }: ServerOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
