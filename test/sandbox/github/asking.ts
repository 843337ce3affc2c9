/** Asks the local GitHub over HTTP, as any client would: nothing but fetch. */
import { appToken, claimsOf } from "../../support/app-keys.js";

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed; undefined when there is no JSON. */
  readonly json: unknown;
}

export interface Options {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param line method and path: `GET /app` */
export async function ask(url: string, line: string, options: Options = {}): Promise<Reply> {
  const [method = "GET", path = "/"] = line.split(" ");
  const { token, body, headers } = options;
  const response = await fetch(url + path, {
    method,
    redirect: "manual",
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(5000),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

export const jwt = (at = Date.now()) => appToken(claimsOf(99, at));

/** A token of the installation, asked for over HTTP. `at` is the time of the world, if not the real one. */
export async function tokenFor(
  url: string,
  installation: number,
  body?: unknown,
  at = Date.now(),
): Promise<string> {
  const line = `POST /app/installations/${installation}/access_tokens`;
  const { json } = await ask(url, line, { token: jwt(at), body });
  if (typeof json === "object" && json && "token" in json && typeof json.token === "string")
    return json.token;
  throw new Error(`no token: ${JSON.stringify(json)}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
