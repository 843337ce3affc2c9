/**
 * The one way onto the wire: `fetch` with a time limit on every single request, token exchanges
 * included, and without fetch's habit of turning a redirected POST into a GET.
 */

import type { Fence } from "./github.js";

type Fetch = typeof globalThis.fetch;

/**
 * @param timeout milliseconds until a request, answer and its body included, is given up
 * @returns what Octokit calls instead of `fetch`. A write that GitHub redirects for a renamed repository
 *   (307, 308) is repeated once at the new address if that is on the same host; any other
 *   redirect of a write comes back as it is: the issue is elsewhere now.
 */
export function createTransport(timeout: number): Fetch {
  return async (input, init = {}) => {
    const limited = { ...init, signal: AbortSignal.timeout(timeout) };
    if (isRead(init.method)) return fetch(input, limited);
    const answer = await fetch(input, { ...limited, redirect: "manual" });
    const next = newAddress(answer);
    if (next === undefined) return answer;
    await answer.body?.cancel();
    return fetch(next, { ...limited, redirect: "manual" });
  };
}

/**
 * Asks the fence before every write. It stands here, behind Octokit's queues and the exchange of tokens,
 * because a write may wait long before it gets here; nothing is waited for between fence and wire.
 */
export function fencedTransport(transport: Fetch, fence: Fence, timeout: number): Fetch {
  return async (input, init = {}) => {
    if (!isRead(init.method)) await fence(timeout);
    return transport(input, init);
  };
}

function isRead(method: string | undefined): boolean {
  return method === undefined || method === "GET" || method === "HEAD";
}

function newAddress(answer: Response): URL | undefined {
  const location = answer.headers.get("location");
  if ((answer.status !== 307 && answer.status !== 308) || location === null) return undefined;
  if (!URL.canParse(location, answer.url)) return undefined;
  const next = new URL(location, answer.url);
  return next.origin === new URL(answer.url).origin ? next : undefined;
}
