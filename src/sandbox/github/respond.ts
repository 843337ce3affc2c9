/**
 * From a request to GitHub's answer: who asks, which route fits, what it says, and whether the
 * asker has that answer already (ETag).
 */
import { createHash } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { encode } from "./json.js";
import type { JsonObject } from "./records.js";
import { notFound, refuse, Refusal } from "./routes/answers.js";
import { matchPath } from "./routes/route.js";
import type { Answer, Asker, Question, Route } from "./routes/route.js";
import { checkAppToken } from "./tokens.js";
import type { Tokens } from "./tokens.js";
import type { World } from "./world.js";

export interface Parts {
  readonly world: World;
  readonly publicKey: KeyObject | undefined;
  readonly tokens: Tokens;
  readonly routes: readonly Route[];
}

/** A request as far as it is the same for every route. */
export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Never throws: what goes wrong in a route is a 500 with its message, for whoever mends the route. */
export function respond(parts: Parts, received: Received): Answer {
  try {
    const asker = identify(parts, received.headers.authorization);
    const answer = ask(parts, received, asker);
    return withEtag(received, answer);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    return { status: 500, body: { message: error instanceof Error ? error.message : "Server Error" } };
  }
}

function identify({ world, publicKey, tokens }: Parts, authorization = ""): Asker {
  const credential = /^(?:bearer|token) (.+)$/i.exec(authorization)?.[1];
  if (credential === undefined) return { kind: "nobody" };
  if (!/^ey[\w-]+\.[\w-]*\.[\w-]*$/.test(credential))
    return { kind: "installation", token: tokens.check(credential) };
  checkAppToken(credential, world, publicKey);
  return { kind: "app" };
}

function ask({ world, routes }: Parts, received: Received, asker: Asker): Answer {
  const { method, url } = received;
  const path = named(world, url.pathname);
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.path, path) : undefined;
    if (params) return handle(route, question(world, received, params), asker);
  }
  throw notFound();
}

/** `/repositories/{id}/…`, where redirects lead, is the same as `/repos/{owner}/{name}/…`. */
function named({ repositories }: World, path: string): string {
  return path.replace(/^\/repositories\/(\d+)/, (whole, id: string) => {
    const repository = repositories.find((one) => String(one.id) === id);
    return repository ? `/repos/${repository.owner.login}/${repository.name}` : whole;
  });
}

function handle(route: Route, question: Question, asker: Asker): Answer {
  if (route.by === "anybody") return route.handle(question);
  if (route.by === "app") {
    if (asker.kind !== "app") throw refuse(401, "A JSON web token could not be decoded");
    return route.handle(question);
  }
  if (asker.kind !== "installation") throw refuse(401, "Requires authentication");
  return route.handle(question, asker.token);
}

function question(
  world: World,
  { method, url, headers, text }: Received,
  params: Question["params"],
): Question {
  return {
    method,
    world,
    params,
    query: url.searchParams,
    body: parseBody(text),
    accept: headers.accept ?? "",
    url: url.origin,
    path: url.pathname,
  };
}

function parseBody(text: string): JsonObject {
  if (text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // answered below, like every other body that is not a JSON object
  }
  throw refuse(400, "Problems parsing JSON");
}

/** As on GitHub, an ETag holds only for the token it was given to. */
function withEtag({ method, headers }: Received, answer: Answer): Answer {
  if (method !== "GET" || answer.status !== 200) return answer;
  const hash = createHash("sha256")
    .update(headers.authorization ?? "")
    .update(encode(answer.body));
  const etag = `W/"${hash.digest("hex")}"`;
  const tagged = { ...answer.headers, etag };
  return headers["if-none-match"] === etag
    ? { status: 304, headers: tagged }
    : { ...answer, headers: tagged };
}
