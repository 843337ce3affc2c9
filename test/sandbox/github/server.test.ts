/** Who is let in, what goes wrong on demand, and what the request log remembers. */
import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createSampleWorld } from "../../../src/sandbox/github/index.js";
import type { FaultKind, SampleWorld } from "../../../src/sandbox/github/index.js";
import { appKeys, appToken, claimsOf } from "../../support/app-keys.js";
import { checkedGitHub } from "../../support/checked-github.js";
import type { CheckedGitHub } from "../../support/checked-github.js";
import { ask, jwt, tokenFor } from "./asking.js";

let opened: CheckedGitHub<SampleWorld>[] = [];
let github: CheckedGitHub<SampleWorld>;
let token: string;

beforeEach(async () => {
  github = await open();
  token = await tokenFor(github.url, 7001);
  github.requests.length = 0;
});
afterEach(async () => {
  const closing = opened;
  opened = [];
  await Promise.all(closing.map((one) => one.close()));
});

async function open(world = createSampleWorld()) {
  const started = await checkedGitHub(world);
  opened.push(started);
  return started;
}

const claims = claimsOf(99);
const strangersKey = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

describe("the door", () => {
  test.each([
    ["nothing", undefined],
    ["another key's token", appToken(claims, strangersKey)],
    ["another app's token", appToken({ ...claims, iss: 98 })],
    ["a token of yesterday", appToken(claimsOf(99, Date.now() - 86_400_000))],
    ["a token of tomorrow", appToken(claimsOf(99, Date.now() + 86_400_000))],
    ["a token for an hour", appToken({ ...claims, exp: claims.iat + 3600 })],
    ["another algorithm", appToken(claims, appKeys(), "HS256")],
    ["no signature", appToken(claims).replace(/[^.]*$/, "")],
    [
      "changed claims",
      appToken(claims).replace(/\.[^.]*\./, `.${appToken(claimsOf(99, 0)).split(".")[1] ?? ""}.`),
    ],
    ["gibberish", "eyJ.x.y"],
    ["an unknown installation token", "ghs_nothing"],
  ])("does not open for %s", async (_name, credential) => {
    const options = credential === undefined ? {} : { token: credential };
    expect((await ask(github.url, "GET /app", options)).status).toBe(401);
  });

  test.each([
    ["an installation's token", "GET /app", () => token],
    ["the app's token", "GET /repos/acme/helpdesk", () => jwt()],
  ])("is another one for %s", async (_name, line, credential) => {
    expect((await ask(github.url, line, { token: credential() })).status).toBe(401);
  });

  test("a token ends after an hour", async () => {
    let now = new Date();
    const world = createSampleWorld({ now: () => now });
    const other = await open(world);
    const given = await tokenFor(other.url, 7001);
    now = new Date(now.getTime() + 3_599_000);
    expect((await ask(other.url, "GET /repos/acme/website", { token: given })).status).toBe(200);
    now = new Date(now.getTime() + 2000);
    expect((await ask(other.url, "GET /repos/acme/website", { token: given })).status).toBe(401);
  });
});

describe("faults", () => {
  const post = () =>
    ask(github.url, "POST /repos/acme/helpdesk/issues/3/comments", { token, body: { body: "x" } });
  const made = () => github.world.commentsOf(github.world.sample.issues.export).length;

  interface Row {
    readonly name: string;
    readonly fault: FaultKind;
    /** 0: the connection breaks. */
    readonly status: number;
    readonly comments: number;
  }

  const rows: readonly Row[] = [
    { name: "a status instead of the effect", fault: { status: 502 }, status: 502, comments: 0 },
    {
      name: "a status after the effect",
      fault: { status: 502, afterEffect: true },
      status: 502,
      comments: 1,
    },
    { name: "a broken connection", fault: { reset: true }, status: 0, comments: 0 },
    { name: "one after the effect", fault: { reset: true, afterEffect: true }, status: 0, comments: 1 },
    { name: "half an answer", fault: { brokenJson: true }, status: 201, comments: 1 },
    { name: "another path", fault: { status: 500, match: { path: "/app" } }, status: 201, comments: 1 },
    { name: "another method", fault: { status: 500, match: { method: "GET" } }, status: 201, comments: 1 },
    {
      name: "a matching path",
      fault: { status: 500, match: { path: /comments$/ } },
      status: 500,
      comments: 0,
    },
  ];

  test.each(rows)("$name", async ({ fault, status, comments }) => {
    github.faults.next(1, fault);
    const got = await post().then(
      (reply) => reply,
      () => ({ status: 0, json: undefined, text: "" }),
    );
    expect(got.status).toBe(status);
    expect(made()).toBe(comments);
    if (fault.brokenJson) expect(() => JSON.parse(got.text) as unknown).toThrow();
    github.faults.clear();
    expect((await post()).status).toBe(201);
  });

  test("n times, then no more; headers and body as asked", async () => {
    github.faults.next(2, { status: 429, headers: { "retry-after": "7" }, body: { message: "slow down" } });
    const replies = [await post(), await post(), await post()];
    expect(replies.map(({ status }) => status)).toEqual([429, 429, 201]);
    expect(replies[0]?.headers.get("retry-after")).toBe("7");
    expect(replies[0]?.json).toEqual({ message: "slow down" });
  });

  test("a delay only delays", async () => {
    github.faults.next(1, { delayMs: 60 });
    const start = performance.now();
    expect((await post()).status).toBe(201);
    expect(performance.now() - start).toBeGreaterThan(50);
  });
});

describe("the request log", () => {
  test("tells what was asked and answered, without the token", async () => {
    await ask(github.url, "POST /repos/acme/helpdesk/issues/3/comments?x=1", { token, body: { body: "hi" } });
    expect(github.requests).toMatchObject([
      {
        method: "POST",
        path: "/repos/acme/helpdesk/issues/3/comments",
        query: "x=1",
        requestBody: { body: "hi" },
        status: 201,
        isFault: false,
      },
    ]);
    expect(JSON.stringify(github.requests)).not.toContain(token);
  });

  test("an unknown path is 404, and the checks notice that GitHub has none such", async () => {
    expect((await ask(github.url, "GET /repos/acme/helpdesk/nonsense", { token })).status).toBe(404);
    expect(github.problems).toEqual(["GitHub has no operation GET /repos/acme/helpdesk/nonsense"]);
    github.problems.length = 0;
  });

  test("a token of another server is none", async () => {
    const other = await open();
    expect(other.url).not.toBe(github.url);
    expect((await ask(other.url, "GET /repos/acme/helpdesk", { token })).status).toBe(401);
  });
});
