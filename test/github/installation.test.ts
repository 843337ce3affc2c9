/** What each question sends to GitHub and makes of its answers. */
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { GoneError, RefusedError } from "../../src/github/errors.js";
import { githubAt, ISSUE, REPOSITORY, startScriptedServer } from "./scripted-server.js";
import type { Reply, ScriptedServer } from "./scripted-server.js";

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => {
  jest.useRealTimers();
  await server.close();
});

const installation = () => githubAt(server.url).installation(5);
const json = (body: unknown, status = 200): Reply => ({ status, json: body });

describe("the permission on a repository", () => {
  const PATH = "/repos/acme/helpdesk/collaborators/jane/permission";
  const nobody = { permission: "none", roleName: "none", userId: undefined };

  test.each<[string, Reply, unknown]>([
    [
      "a custom role",
      json({ permission: "read", role_name: "Release manager", user: { id: 9 } }),
      { permission: "read", roleName: "Release manager", userId: 9 },
    ],
    [
      "no role name",
      json({ permission: "admin" }),
      { permission: "admin", roleName: "admin", userId: undefined },
    ],
    [
      "no user",
      json({ permission: "none", role_name: "", user: null }),
      { permission: "none", roleName: "", userId: undefined },
    ],
    ["404", json({ message: "Not Found" }, 404), nobody],
  ])("%s", async (_name, reply, expected) => {
    server.on(`GET ${PATH}`, reply);
    await expect(installation().permission(REPOSITORY, "jane")).resolves.toEqual(expected);
  });

  test.each([
    ["owner", { ...REPOSITORY, owner: "../orgs" }, "jane"],
    ["repository", { ...REPOSITORY, name: ".." }, "jane"],
    ["repository with a query", { ...REPOSITORY, name: "helpdesk?a=b" }, "jane"],
    ["login", REPOSITORY, "../../other/collaborators/owner"],
    ["empty login", REPOSITORY, ""],
  ])("is never asked with an impossible %s", async (_name, repository, login) => {
    await expect(installation().permission(repository, login)).resolves.toEqual(nobody);
    expect(server.asked).toHaveLength(0);
  });

  test("is asked for bots and managed users too", async () => {
    for (const login of ["dependabot[bot]", "jane_acme", "a"])
      await installation().permission(REPOSITORY, login);
    expect(server.questions().map(({ path }) => path.split("/")[5])).toEqual([
      "dependabot%5Bbot%5D",
      "jane_acme",
      "a",
    ]);
  });
});

describe("membership", () => {
  test.each<[string, Reply, string]>([
    ["an owner", json({ state: "active", role: "admin" }), "admin"],
    ["a member", json({ state: "active", role: "member" }), "member"],
    ["somebody invited as owner", json({ state: "pending", role: "admin" }), "none"],
    ["who pays the bills", json({ state: "active", role: "billing_manager" }), "none"],
    ["a stranger", json({}, 404), "none"],
    ["what GitHub hides", json({}, 403), "none"],
  ])("in an organization: %s", async (_name, reply, expected) => {
    server.on("GET /orgs/acme/memberships/jane", reply);
    await expect(installation().organizationRole("acme", "jane")).resolves.toBe(expected);
  });

  test.each<[string, Reply, boolean]>([
    ["a member", json({ state: "active", role: "member" }), true],
    ["its maintainer", json({ state: "active", role: "maintainer" }), true],
    ["somebody invited", json({ state: "pending", role: "member" }), false],
    ["nobody of it", json({}, 404), false],
    ["whom GitHub hides from an app without Members: read", json({}, 403), false],
  ])("in a team: %s", async (_name, reply, expected) => {
    server.on("GET /orgs/acme/teams/support/memberships/jane", reply);
    await expect(installation().isTeamMember("acme", "support", "jane")).resolves.toBe(expected);
  });

  test.each([
    ["acme", "..", "jane"],
    ["acme", "a/b", "jane"],
    ["acme", "", "jane"],
    ["a/b", "c", "jane"],
    ["acme", "c", "."],
  ])("is false without a question for %p, %p, %p", async (organization, slug, login) => {
    await expect(installation().isTeamMember(organization, slug, login)).resolves.toBe(false);
    expect(server.asked).toHaveLength(0);
  });
});

describe("a file", () => {
  const QUESTION = "GET /repos/acme/helpdesk/contents/.github/liaison.yml";
  const file = (content: Buffer | string, more: object = {}): Reply => {
    const bytes = Buffer.from(content);
    const base64 = bytes.toString("base64").replaceAll(/.{60}/g, "$&\n");
    const data = { type: "file", encoding: "base64", size: bytes.length, content: base64, ...more };
    return { status: 200, json: data, headers: { etag: 'W/"abc"' } };
  };
  const read = (etag?: string, path = ".github/liaison.yml", maxBytes = 200) =>
    installation().readFile(REPOSITORY, path, { etag, maxBytes });

  test.each<[string, Reply, unknown]>([
    [
      "text",
      file("größe: 客\r\n".repeat(9)),
      { state: "found", text: "größe: 客\r\n".repeat(9), etag: 'W/"abc"' },
    ],
    ["empty", file(""), { state: "found", text: "", etag: 'W/"abc"' }],
    ["just small enough", file("x".repeat(200)), { state: "found", text: "x".repeat(200), etag: 'W/"abc"' }],
    [
      "one byte too big",
      file("x".repeat(201)),
      { state: "unreadable", reason: "it is bigger than 200 bytes" },
    ],
    [
      "bigger than it says",
      file("x".repeat(201), { size: 3 }),
      { state: "unreadable", reason: "it is bigger than 200 bytes" },
    ],
    [
      "so big that GitHub sends no text",
      file("", { size: 9e6, encoding: "none" }),
      { state: "unreadable", reason: "it is bigger than 200 bytes" },
    ],
    [
      "not UTF-8",
      file(Buffer.from([0xff, 0xfe, 0x41])),
      { state: "unreadable", reason: "it is not UTF-8 text" },
    ],
    ["binary", file("a\0b"), { state: "unreadable", reason: "it is not UTF-8 text" }],
    ["a folder", json([{ type: "file", name: "a" }]), { state: "unreadable", reason: "it is not a file" }],
    [
      "a submodule",
      json({ type: "submodule", size: 0 }),
      { state: "unreadable", reason: "it is not a file" },
    ],
    ["unchanged", { status: 304 }, { state: "unchanged" }],
  ])("%s", async (_name, reply, expected) => {
    server.on(QUESTION, reply);
    await expect(read()).resolves.toEqual(expected);
  });

  test.each<[string, Reply, string]>([
    ["absent where its repository can be read", json({ id: 1 }), "absent"],
    ["invisible where that is a 404 too", json({ message: "Not Found" }, 404), "invisible"],
  ])("that is a 404 is %s", async (_name, reply, state) => {
    server.on(QUESTION, json({ message: "Not Found" }, 404));
    server.on("GET /repos/acme/helpdesk", reply);
    await expect(read('W/"abc"')).resolves.toEqual({ state });
    expect(server.questions().map(({ path }) => path)).toEqual([
      "/repos/acme/helpdesk/contents/.github/liaison.yml",
      "/repos/acme/helpdesk",
    ]);
  });

  test("that is a 404 is neither while GitHub does not say which", async () => {
    server.on("GET /repos/acme/helpdesk", json({}, 403));
    await expect(read()).rejects.toBeInstanceOf(RefusedError);
  });

  test("of an impossible repository is invisible, and never asked for", async () => {
    const options = { maxBytes: 9 };
    const impossible = { owner: "acme", name: ".." };
    await expect(installation().readFile(impossible, "a", options)).resolves.toEqual({ state: "invisible" });
    expect(server.asked).toHaveLength(0);
  });

  test("is asked for conditionally with an etag, and only then", async () => {
    server.on(QUESTION, file("a"));
    await read();
    await read('W/"abc"');
    const sent = server.questions().map(({ headers }) => headers["if-none-match"]);
    expect(sent).toEqual([undefined, 'W/"abc"']);
  });

  test.each([
    ["a b/ü#?.yml", "/repos/acme/helpdesk/contents/a%20b/%C3%BC%23%3F.yml"],
    ["a{owner}/:repo.yml", "/repos/acme/helpdesk/contents/a%7Bowner%7D/%3Arepo.yml"],
  ])("path %p is encoded part by part", async (path, expected) => {
    server.on(`GET ${expected}`, file("a"));
    await expect(read(undefined, path)).resolves.toMatchObject({ state: "found" });
    expect(server.questions().map((asked) => asked.path)).toEqual([expected]);
  });

  test.each(["../issues", "a/../../b", "/etc", "a//b", ""])("path %p is nowhere", async (path) => {
    await expect(read(undefined, path)).resolves.toEqual({ state: "absent" });
    expect(server.asked).toHaveLength(0);
  });
});

describe("comments and reactions", () => {
  const BASE = "/repos/acme/helpdesk/issues";

  test.each<[string, () => Promise<unknown>, string, unknown, Reply, unknown]>([
    [
      "create",
      () => installation().createComment(ISSUE, "hi"),
      `POST ${BASE}/12/comments`,
      { body: "hi" },
      json({ id: 44 }, 201),
      { id: 44 },
    ],
    [
      "update",
      () => installation().updateComment(ISSUE, 44, "ho"),
      `PATCH ${BASE}/comments/44`,
      { body: "ho" },
      json({ id: 44 }),
      undefined,
    ],
    [
      "delete",
      () => installation().deleteComment(ISSUE, 44),
      `DELETE ${BASE}/comments/44`,
      undefined,
      { status: 204 },
      undefined,
    ],
    [
      "delete what is gone",
      () => installation().deleteComment(ISSUE, 44),
      `DELETE ${BASE}/comments/44`,
      undefined,
      json({}, 404),
      undefined,
    ],
    [
      "react to a comment",
      () => installation().react(ISSUE, { kind: "comment", id: 3 }, "+1"),
      `POST ${BASE}/comments/3/reactions`,
      { content: "+1" },
      json({ id: 8 }, 201),
      { id: 8 },
    ],
    [
      "react again",
      () => installation().react(ISSUE, { kind: "issue" }, "confused"),
      `POST ${BASE}/12/reactions`,
      { content: "confused" },
      json({ id: 8 }),
      { id: 8 },
    ],
    [
      "unreact",
      () => installation().unreact(ISSUE, { kind: "comment", id: 3 }, 8),
      `DELETE ${BASE}/comments/3/reactions/8`,
      undefined,
      { status: 204 },
      undefined,
    ],
    [
      "unreact what is gone",
      () => installation().unreact(ISSUE, { kind: "issue" }, 8),
      `DELETE ${BASE}/12/reactions/8`,
      undefined,
      json({}, 404),
      undefined,
    ],
  ])("%s", async (_name, call, question, body, reply, expected) => {
    server.on(question, reply);
    await expect(call()).resolves.toEqual(expected);
    const sent = server.questions();
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([question]);
    expect(sent[0]?.body).toEqual(body);
    expect(sent[0]?.headers["x-github-api-version"]).toBe("2022-11-28");
  });

  test.each<[string, () => Promise<unknown>]>([
    ["updating a deleted comment", () => installation().updateComment(ISSUE, 44, "ho")],
    ["reacting to a deleted comment", () => installation().react(ISSUE, { kind: "comment", id: 3 }, "+1")],
    [
      "a repository no one can have",
      () => installation().createComment({ repository: { id: 1, owner: "a/b", name: "c" }, number: 1 }, "x"),
    ],
  ])("%s is gone", async (_name, call) => {
    await expect(call()).rejects.toBeInstanceOf(GoneError);
  });
});

describe("our own comment", () => {
  const LIST = "GET /repos/acme/helpdesk/issues/12/comments";
  const MARK = "<!-- liaison 1 -->";
  const since = new Date("2026-03-01T12:00:00.700Z");
  const bot = { login: "liaison[bot]", type: "Bot" };
  const comment = (id: number, more: object = {}) => ({
    id,
    body: `done ${MARK}`,
    created_at: "2026-03-01T12:00:00Z",
    user: bot,
    performed_via_github_app: { id: 7 },
    ...more,
  });
  const find = () => installation().findOwnComment(ISSUE, MARK, since);

  test.each<[string, object[], number | undefined]>([
    ["ours", [comment(1)], 1],
    ["the newest of ours", [comment(1), comment(3), comment(2)], 3],
    ["made in the same second", [comment(1, { created_at: "2026-03-01T12:00:00Z" })], 1],
    ["older, only edited since", [comment(1, { created_at: "2026-03-01T11:00:00Z" })], undefined],
    ["without the marker", [comment(1, { body: "done" })], undefined],
    ["without a body", [comment(1, { body: null })], undefined],
    [
      "of a person who pasted the marker",
      [comment(1, { user: { login: "jane", type: "User" }, performed_via_github_app: null })],
      undefined,
    ],
    ["of a person through our app", [comment(1, { user: { login: "jane", type: "User" } })], undefined],
    ["of another app", [comment(1, { performed_via_github_app: { id: 8 } })], undefined],
    [
      "of another bot, app unnamed",
      [comment(1, { user: { login: "other[bot]", type: "Bot" }, performed_via_github_app: null })],
      undefined,
    ],
    ["of our bot, app unnamed", [comment(1, { performed_via_github_app: null })], 1],
    ["of nobody", [comment(1, { user: null })], undefined],
  ])("%s", async (_name, comments, expected) => {
    server.on(LIST, json(comments));
    server.on("GET /app", json({ slug: "liaison" }));
    await expect(find()).resolves.toEqual(expected === undefined ? undefined : { id: expected });
  });

  test("is looked for from an hour earlier, page by page, and no further than issues go", async () => {
    const others = Array.from({ length: 100 }, (_, id) => comment(id, { body: "no" }));
    server.on(LIST, json(others), json([comment(500)]));
    await expect(find()).resolves.toEqual({ id: 500 });
    const query = "since=2026-03-01T11%3A00%3A00.700Z&per_page=100&page=";
    expect(server.questions().map(({ path }) => path.split("?")[1])).toEqual([`${query}1`, `${query}2`]);

    server.on(LIST, json(others));
    await expect(find()).resolves.toBeUndefined();
    expect(server.questions()).toHaveLength(28);
  });
});

describe("a token GitHub no longer takes", () => {
  test("is replaced at once, and the comment posted", async () => {
    jest.useFakeTimers({
      doNotFake: [
        "setTimeout",
        "clearTimeout",
        "setImmediate",
        "clearImmediate",
        "setInterval",
        "clearInterval",
        "nextTick",
        "queueMicrotask",
        "performance",
        "hrtime",
      ],
    });
    const kept = installation();
    await kept.permission(REPOSITORY, "jane");
    jest.setSystemTime(Date.now() + 60_000);
    server.on(
      "POST /repos/acme/helpdesk/issues/12/comments",
      json({ message: "Bad credentials" }, 401),
      json({ id: 2 }, 201),
    );
    await expect(kept.createComment(ISSUE, "hi")).resolves.toEqual({ id: 2 });
    const used = server.questions().map(({ headers }) => headers.authorization);
    expect(used[1]).toBe(used[0]);
    expect(used[2]).not.toBe(used[1]);
  });
});
