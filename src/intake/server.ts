/** The HTTP server: the webhook door and the two questions of whoever keeps us running. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answer, receiveWebhook, webhookPath, type DoorOptions } from "./door.js";

export interface ServerOptions extends DoorOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Rejects when the store does not answer. */
  readonly ready: () => Promise<void>;
  /** Milliseconds a sender gets for a whole request; 30,000 when absent. */
  readonly requestTimeout?: number;
}

export interface RunningServer {
  /** `http://host:port` */
  readonly url: string;
  /** Takes no new connections; resolves when the open requests are answered. */
  stop(): Promise<void>;
}

const longestRequest = 30_000;
const longestHeaders = 10_000;
/** Whoever asks whether we are ready hears it within two seconds. */
const longestReady = 1_800;

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { requestTimeout = longestRequest } = options;
  const timeouts = {
    requestTimeout,
    headersTimeout: Math.min(longestHeaders, requestTimeout),
    connectionsCheckingInterval: Math.min(1_000, requestTimeout),
  };
  const server = createServer(timeouts, (request, response) => {
    route(request, response, options).catch((error: unknown) => {
      options.refused({ delivery: "", status: 500, why: "request failed", error });
      if (response.headersSent) response.destroy();
      else answer(response, 500, "something went wrong");
    });
    response.once("finish", () => {
      if (!server.listening) server.closeIdleConnections(); // nobody waits for a connection kept alive
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
  const method = request.method ?? "";
  const path = (request.url ?? "").split("?")[0] ?? "";
  const allowed = methods.get(path);
  if (allowed === undefined) answer(response, 404, "there is nothing here");
  else if (!allowed.includes(method)) refuseMethod(response, allowed);
  else if (path === webhookPath) await receiveWebhook(request, response, options);
  else if (path === "/readyz") await answerReady(response, options);
  else answer(response, 200, "alive");
}

const methods: ReadonlyMap<string, readonly string[]> = new Map([
  [webhookPath, ["POST"]],
  ["/healthz", ["GET", "HEAD"]],
  ["/readyz", ["GET", "HEAD"]],
]);

function refuseMethod(response: ServerResponse, allowed: readonly string[]): void {
  response.setHeader("allow", allowed.join(", "));
  answer(response, 405, `this address takes ${allowed.join(" and ")}`);
}

async function answerReady(response: ServerResponse, { ready }: ServerOptions): Promise<void> {
  const isReady = ready().then(
    () => true,
    () => false,
  );
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), longestReady);
  });
  const answered = await Promise.race([isReady, waited]);
  clearTimeout(timer);
  if (answered) answer(response, 200, "ready");
  else answer(response, 503, "the store does not answer");
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
