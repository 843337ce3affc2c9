/**
 * `/metrics`, for whoever shows the token: its numbers are about everybody who uses the app, and the
 * port it is on is open to the world for GitHub. The token is compared in constant time.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { answer } from "./door.js";

export interface MetricsDoor {
  readonly token: string;
  readonly contentType: string;
  readonly render: () => Promise<string>;
}

/** Answers one request. Rejects when `render` does. */
export async function answerMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { token, contentType, render }: MetricsDoor,
): Promise<void> {
  const shown = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1];
  if (shown === undefined || !isSame(shown, token)) {
    response.setHeader("www-authenticate", "Bearer");
    answer(response, 401, "show the token: Authorization: Bearer <METRICS_TOKEN>");
    return;
  }
  const body = await render();
  response
    .writeHead(200, { "content-type": contentType, "content-length": Buffer.byteLength(body) })
    .end(body);
}

/** Hashes are of the same length, whatever was shown. */
function isSame(shown: string, token: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(shown), hash(token));
}
