/** What becomes of GitHub's failures: which error, after how many requests, with what in its message. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { GoneError, RefusedError, RetryableError } from "../../src/github/errors.js";
import { githubAt, ISSUE, REPOSITORY, startScriptedServer } from "./scripted-server.js";
import type { Reply, ScriptedServer } from "./scripted-server.js";

const COMMENTS = "POST /repos/acme/helpdesk/issues/12/comments";
const PERMISSION = "GET /repos/acme/helpdesk/collaborators/jane/permission";
const TOKENS = "POST /app/installations/5/access_tokens";
const BODY = "Hello jane.doe@acme.example";

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.close());

const installation = (options: { readonly timeout?: number } = {}) =>
  githubAt(server.url, options).installation(5);
const post = (options: { readonly timeout?: number } = {}) =>
  failureOf(installation(options).createComment(ISSUE, BODY));

async function failureOf(
  promise: Promise<unknown>,
): Promise<Error & { retryAfter?: number; status?: number }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("it did not fail");
}

describe("a comment that cannot be posted is tried exactly once", () => {
  const inTwoMinutes = () => String(Math.floor(Date.now() / 1000) + 120);
  const message = (text: string) => ({ message: `${text} ${BODY}` });
  const cases: readonly [string, Reply, new (...given: never[]) => Error, number?][] = [
    ["500", { status: 500, json: message("oops") }, RetryableError],
    [
      "502 with a page",
      { status: 502, text: "<html>", headers: { "content-type": "text/html" } },
      RetryableError,
    ],
    ["503 with retry-after", { status: 503, headers: { "retry-after": "7" } }, RetryableError, 7_000],
    ["429 with retry-after", { status: 429, headers: { "retry-after": "30" } }, RetryableError, 30_000],
    ["429 without", { status: 429 }, RetryableError, 60_000],
    [
      "429 with a useless retry-after",
      { status: 429, headers: { "retry-after": "soon" } },
      RetryableError,
      60_000,
    ],
    [
      "429 that asks for a year",
      { status: 429, headers: { "retry-after": "31536000" } },
      RetryableError,
      3_600_000,
    ],
    ["403 with retry-after", { status: 403, headers: { "retry-after": "9" } }, RetryableError, 9_000],
    [
      "403 in the words of the secondary limit",
      { status: 403, json: message("You have exceeded a secondary rate limit.") },
      RetryableError,
      60_000,
    ],
    [
      "403 for other reasons",
      { status: 403, json: message("Resource not accessible by integration") },
      RefusedError,
    ],
    ["404", { status: 404, json: message("Not Found") }, GoneError],
    ["410, issues are off", { status: 410, json: message("Issues are disabled") }, GoneError],
    ["451", { status: 451 }, GoneError],
    ["422", { status: 422, json: message("Body is too long") }, RefusedError],
    [
      "301, the issue moved",
      { status: 301, headers: { location: "/repositories/9/issues/1/comments" } },
      GoneError,
    ],
    ["201 without JSON", { status: 201, text: "<html>it is done" }, RetryableError],
    ["201 with half a body", { status: 201, text: '{"id": 4' }, RetryableError],
    ["201 without an id", { status: 201, json: { body: BODY } }, RetryableError],
    ["a broken connection", "reset", RetryableError],
  ];

  test.each(cases.map(([name, ...row]) => ({ name, row })))(
    "$name",
    async ({ row: [reply, type, retryAfter] }) => {
      server.on(COMMENTS, reply);
      const failure = await post();
      expect(failure).toBeInstanceOf(type);
      expect(failure.retryAfter).toBe(retryAfter);
      expect(server.questions()).toHaveLength(1);
      expect(failure.message).not.toMatch(/jane|acme|helpdesk|127\.0\.0\.1/);
      expect(failure.message).toContain("comment");
    },
  );

  test("an exhausted primary limit waits for its reset, by GitHub's clock", async () => {
    const headers = {
      date: new Date(Date.now() - 60_000).toUTCString(),
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": inTwoMinutes(),
    };
    server.on(COMMENTS, { status: 403, json: { message: "API rate limit exceeded" }, headers });
    const failure = await post();
    expect(failure).toBeInstanceOf(RetryableError);
    expect(failure.retryAfter).toBeGreaterThan(178_000);
    expect(failure.retryAfter).toBeLessThan(184_000);
  });

  test("an answer that does not come", async () => {
    server.on(COMMENTS, "hang");
    const started = Date.now();
    expect(await post({ timeout: 200 })).toBeInstanceOf(RetryableError);
    expect(Date.now() - started).toBeLessThan(2_000);
    expect(server.questions()).toHaveLength(1);
  });

  test("nobody there at all", async () => {
    const github = githubAt(server.url);
    await server.close();
    expect(await failureOf(github.installation(5).createComment(ISSUE, BODY))).toBeInstanceOf(RetryableError);
  });

  test("a redirect of a renamed repository is followed as it is, on the same host only", async () => {
    server.on(COMMENTS, { status: 307, headers: { location: "/repositories/9/issues/12/comments" } });
    server.on("POST /repositories/9/issues/12/comments", { status: 201, json: { id: 4 } });
    await expect(installation().createComment(ISSUE, BODY)).resolves.toEqual({ id: 4 });
    expect(server.questions().map(({ body }) => body)).toEqual([{ body: BODY }, { body: BODY }]);

    server.on(COMMENTS, { status: 307, headers: { location: "http://127.0.0.2:1/elsewhere" } });
    expect(await post()).toBeInstanceOf(GoneError);
  });
});

describe("a read", () => {
  const ok: Reply = { status: 200, json: { permission: "write", role_name: "maintain", user: { id: 3 } } };
  const ask = (options = {}) => installation(options).permission(REPOSITORY, "jane");

  test("is repeated twice at most, quickly", async () => {
    server.on(PERMISSION, { status: 502 }, "reset", ok);
    await expect(ask()).resolves.toEqual({ permission: "write", roleName: "maintain", userId: 3 });
    expect(server.questions()).toHaveLength(3);

    server.on(PERMISSION, { status: 500 });
    expect(await failureOf(ask())).toBeInstanceOf(RetryableError);
    expect(server.questions()).toHaveLength(6);
  });

  test.each<[string, Reply]>([
    ["429", { status: 429 }],
    ["503 with retry-after", { status: 503, headers: { "retry-after": "1" } }],
    ["403 of the secondary limit", { status: 403, json: { message: "secondary rate limit" } }],
    ["403", { status: 403 }],
    ["422", { status: 422 }],
  ])("is not repeated after %s", async (_name, reply) => {
    server.on(PERMISSION, reply);
    await failureOf(ask());
    expect(server.questions()).toHaveLength(1);
  });

  test("gives up at once on an exhausted limit instead of waiting for it, throttled too", async () => {
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Date.now() / 1000 + 3_000) };
    server.on(PERMISSION, { status: 403, headers });
    const throttled = githubAt(server.url, { throttle: true }).installation(5);
    const failure = await failureOf(throttled.permission(REPOSITORY, "jane"));
    expect(failure).toBeInstanceOf(RetryableError);
    expect(failure.retryAfter).toBeGreaterThan(2_990_000);
  });
});

describe("the exchange of a token", () => {
  const calls: readonly [string, () => Promise<unknown>][] = [
    ["permission", () => installation().permission(REPOSITORY, "jane")],
    ["organizationRole", () => installation().organizationRole("acme", "jane")],
    ["isTeamMember", () => installation().isTeamMember("acme", "support", "jane")],
    ["readFile", () => installation().readFile(REPOSITORY, "a.yml", { maxBytes: 10 })],
    ["deleteComment", () => installation().deleteComment(ISSUE, 3)],
  ];

  test.each(calls)("of an uninstalled app is no answer to %s", async (_name, call) => {
    server.on(TOKENS, { status: 404, json: { message: "Not Found" } });
    expect(await failureOf(call())).toBeInstanceOf(GoneError);
    expect(server.questions()).toHaveLength(0);
  });

  test.each<[string, Reply, unknown]>([
    [
      "a wrong key",
      { status: 401, json: { message: "A JSON web token could not be decoded" } },
      RefusedError,
    ],
    [
      "a suspended installation",
      { status: 403, json: { message: "This installation has been suspended" } },
      RefusedError,
    ],
    ["an outage", { status: 502 }, RetryableError],
    [
      "an answer without a token",
      { status: 201, json: { expires_at: "2030-01-01T00:00:00Z" } },
      RetryableError,
    ],
    ["an answer that is no JSON", { status: 201, text: "<html>" }, RetryableError],
    ["a broken connection", "reset", RetryableError],
  ])("fails with %s, and nothing is posted", async (_name, reply, type) => {
    server.on(TOKENS, reply);
    expect(await post()).toBeInstanceOf(type);
    expect(server.questions()).toHaveLength(0);
  });

  test("is made once for many questions, and again when GitHub no longer takes the token", async () => {
    const granted: Reply = { status: 200, json: { permission: "read" } };
    server.on(PERMISSION, granted);
    const kept = installation();
    await Promise.all([kept.permission(REPOSITORY, "jane"), kept.permission(REPOSITORY, "jane")]);
    expect(server.asked.length - server.questions().length).toBe(1);

    server.on(PERMISSION, { status: 403, json: { message: "Resource not accessible" } }, granted);
    expect(await failureOf(kept.permission(REPOSITORY, "jane"))).toBeInstanceOf(RefusedError);
    await kept.permission(REPOSITORY, "jane");
    const used = new Set(server.questions().map(({ headers }) => headers.authorization));
    expect(used.size).toBe(2);
  });
});

describe("the throttle", () => {
  test("holds back nobody but the installation itself", async () => {
    server.on(COMMENTS, { status: 201, json: { id: 1 } });
    const github = githubAt(server.url, { throttle: true });
    const started = Date.now();
    const times = await Promise.all(
      [21, 22, 23, 21].map(async (id) => {
        await github.installation(id).createComment(ISSUE, BODY);
        return Date.now() - started;
      }),
    );
    const [first = 0, second = 0, third = 0, again = 0] = times;
    expect(Math.max(first, second, third)).toBeLessThan(900);
    expect(again).toBeGreaterThan(2_500);
  });
});
