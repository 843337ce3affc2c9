/** The HTTP server: the webhook door and the two questions of whoever keeps us running. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answer, receiveWebhook, webhookPath, type DoorOptions } from "./door.js";
import { createReadiness } from "./readiness.js";
import { createRoom } from "./room.js";
import { answerMetrics, type MetricsDoor } from "./metrics-door.js";

export interface ServerOptions extends DoorOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Rejects when the store does not answer. */
  readonly ready: () => Promise<void>;
  /** When absent, there is no `/metrics`. */
  readonly metrics?: MetricsDoor | undefined;
  /** Milliseconds a sender gets for a whole request; 30,000 when absent. */
  readonly requestTimeout?: number;
  /** At once; 512 when absent. */
  readonly maxConnections?: number;
}

interface Inside extends ServerOptions {
  readonly isReady: () => Promise<boolean>;
}

export interface RunningServer {
  /** `http://host:port` */
  readonly url: string;
  /** Takes no new connections; resolves when the open requests are answered. */
  stop(): Promise<void>;
}

const longestRequest = 30_000;
const longestHeaders = 10_000;
/** A connection on which nothing happens, in milliseconds. */
const longestIdle = 5_000;
/** More are turned away: bounds what senders without a signature can make us keep (room.ts). */
const mostConnections = 512;

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { requestTimeout = longestRequest } = options;
  const timeouts = {
    requestTimeout,
    headersTimeout: Math.min(longestHeaders, requestTimeout),
    connectionsCheckingInterval: Math.min(1_000, requestTimeout),
    keepAliveTimeout: longestIdle,
  };
  const inside: Inside = {
    ...options,
    room: options.room ?? createRoom(),
    isReady: createReadiness(options.ready),
  };
  const server = createServer(timeouts, (request, response) => {
    route(request, response, inside).catch((error: unknown) => {
      options.refused({ delivery: "", event: "other", status: 500, why: "request failed", ms: 0, error });
      if (response.headersSent) response.destroy();
      else answer(response, 500, "something went wrong");
    });
    response.once("finish", () => {
      if (!server.listening) server.closeIdleConnections(); // nobody waits for a connection kept alive
    });
  });
  server.maxConnections = options.maxConnections ?? mostConnections;
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return { url: `http://${host}:${port}`, stop: () => close(server) };
}

async function route(request: IncomingMessage, response: ServerResponse, options: Inside): Promise<void> {
  const method = request.method ?? "";
  const path = (request.url ?? "").split("?")[0] ?? "";
  const { metrics } = options;
  const allowed = path === metricsPath && metrics === undefined ? undefined : methods.get(path);
  if (allowed === undefined) answer(response, 404, "there is nothing here");
  else if (!allowed.includes(method)) refuseMethod(response, allowed);
  else if (path === webhookPath) await receiveWebhook(request, response, options);
  else if (path === metricsPath && metrics) await answerMetrics(request, response, metrics);
  else if (path === "/readyz" && !(await options.isReady()))
    answer(response, 503, "the store does not answer");
  else if (path === "/readyz") answer(response, 200, "ready");
  else answer(response, 200, "alive");
}

const metricsPath = "/metrics";
const methods: ReadonlyMap<string, readonly string[]> = new Map([
  [webhookPath, ["POST"]],
  ["/healthz", ["GET", "HEAD"]],
  ["/readyz", ["GET", "HEAD"]],
  [metricsPath, ["GET", "HEAD"]],
]);

function refuseMethod(response: ServerResponse, allowed: readonly string[]): void {
  response.setHeader("allow", allowed.join(", "));
  answer(response, 405, `this address takes ${allowed.join(" and ")}`);
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
