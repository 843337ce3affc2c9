/** Nothing of customers gets into the log, at any level, whoever logs and whatever fails. */
import { afterEach, describe, expect, test } from "@jest/globals";
import { Probot } from "probot";
import { RetryableError } from "../src/github/errors.js";
import { createLog } from "../src/log.js";
import type { LogOptions } from "../src/log.js";
import { githubAt, ISSUE, privateKey, startScriptedServer } from "./github/scripted-server.js";
import type { Reply, ScriptedServer } from "./github/scripted-server.js";

const ADDRESS = "jane.doe@acme.example";
const BODY = `/add_contacts [contact:${ADDRESS}] Jane Doe says hello`;
const LEAK = /jane|\bdoe\b|acme\.example|says hello/i;

function collect(options: Partial<LogOptions> = {}) {
  let text = "";
  const log = createLog({
    level: "trace",
    format: "json",
    destination: { write: (line) => (text += line) },
    ...options,
  });
  const lines = () =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, text: () => text, lines };
}

describe("a line", () => {
  test("keeps what is harmless: numbers, known words, ids, the fields of children", () => {
    const { log, lines } = collect();
    log
      .child({ delivery: "d-1", installation: 5 })
      .info({ status: 202, ms: 3, action: "created", repository: "9007199254740993" }, "handled");
    expect(lines()).toEqual([
      expect.objectContaining({
        level: "info",
        delivery: "d-1",
        installation: 5,
        status: 202,
        ms: 3,
        action: "created",
        repository: "9007199254740993",
        msg: "handled",
      }),
    ]);
  });

  test.each<[string, object]>([
    ["a body", { body: BODY }],
    ["a payload", { event: { id: "1", payload: { comment: { body: BODY } } } }],
    ["a title", { title: BODY }],
    ["words in a list", { contacts: [BODY] }],
    ["words under the name of an id", { issue: BODY }],
    ["a very long known word", { action: BODY.repeat(20) }],
    ["something in circles", { self: circle() }],
    ["an error that is none", { err: { message: BODY, stack: BODY } }],
    ["an error of somebody else", { err: new SyntaxError(BODY) }],
    ["words as an error", { error: BODY }],
    ["an error's cause", { err: new RetryableError("no answer"), cause: BODY }],
    ["a nested cause", { err: new Error("a", { cause: new Error(BODY) }) }],
    [
      "an error with a payload",
      { err: Object.assign(new Error("a"), { event: BODY, request: { body: BODY }, code: BODY }) },
    ],
    ["a message like a stack", { err: new Error(`x\n    at ${BODY} (a.js:1:1)`) }],
  ])("leaves out %s", (_name, fields) => {
    const { log, text, lines } = collect();
    log.error(fields, "failed");
    log.child(fields).error("failed");
    log.error(fields);
    expect(lines()).toHaveLength(3);
    expect(text()).not.toMatch(LEAK);
  });

  test("about a bare error says what failed and where, not what it said", () => {
    const { log, text, lines } = collect();
    log.error(new TypeError(BODY));
    expect(text()).not.toMatch(LEAK);
    expect(lines()[0]).toMatchObject({
      msg: "unexpected failure",
      err: { type: "TypeError", message: "(not shown)", stack: expect.stringContaining("log.test.ts:") },
    });
  });

  test("shows the messages of our own errors, codes and statuses", () => {
    const { log, lines } = collect();
    log.warn({ err: new RetryableError("GitHub answered 502 to GET /app") }, "later");
    log.warn({ err: Object.assign(new Error("connect"), { code: "ECONNREFUSED", status: 500 }) }, "later");
    expect(lines()[0]).toMatchObject({
      err: { type: "RetryableError", message: "GitHub answered 502 to GET /app" },
    });
    expect(lines()[1]).toMatchObject({ err: { code: "ECONNREFUSED", status: 500, message: "(not shown)" } });
  });

  test.each([
    ["plain", `sent to ${ADDRESS}.`],
    ["in brackets", `from "Jane" <${ADDRESS}>, today`.replace("Jane", "x")],
    ["after a line end", `a\n${ADDRESS}\tb`],
    ["percent-encoded", "GET /search?q=jane.doe%40acme.example&x=1"],
    ["full-width", "jane.doe＠acme.example"],
    ["international", "jane.döe@acme.example"],
    ["in our own error", ""],
  ])("never shows an address, %s", (name, message) => {
    const { log, text, lines } = collect();
    if (name === "in our own error") log.error({ err: new RetryableError(ADDRESS) }, "x");
    else log.info(message);
    expect(lines()).toHaveLength(1);
    expect(text()).toContain("[address]");
    expect(text()).not.toMatch(/jane|acme/);
  });

  test("passes the same gate on its way to a terminal", () => {
    const { log, text } = collect({ format: "pretty" });
    log.info({ status: 201, body: BODY }, `posted for ${ADDRESS}`);
    expect(text()).toContain("posted for [address]");
    expect(text()).toMatch(/status:.*201/);
    expect(text()).not.toMatch(/^\{/);
    expect(text()).not.toMatch(LEAK);
  });

  test("below the level is not written", () => {
    const { log, text } = collect({ level: "warn" });
    log.info("quiet");
    log.child({ name: "probot" }).debug("quiet");
    expect(text()).toBe("");
  });
});

describe("Probot and Octokit at level trace", () => {
  let server: ScriptedServer | undefined;
  /** One for each test: an installation's writes keep their distance. */
  let installation = 900;
  afterEach(() => server?.close());

  test.each<[string, Reply]>([
    ["success", { status: 201, json: { id: 4, body: BODY } }],
    ["a refusal that quotes", { status: 422, json: { message: BODY, errors: [{ value: BODY }] } }],
    ["a secondary limit", { status: 403, json: { message: `secondary rate limit ${BODY}` } }],
    ["an outage", { status: 502, text: BODY, headers: { "content-type": "text/html" } }],
    ["a deprecation", { status: 201, json: { id: 4 }, headers: { deprecation: "true", sunset: BODY } }],
    ["a broken connection", "reset"],
  ])("tell nothing of a comment: %s", async (_name, reply) => {
    server = await startScriptedServer();
    server.on("POST /repos/acme/helpdesk/issues/12/comments", reply);
    const { log, text, lines } = collect();
    await githubAt(server.url, { log, throttle: true })
      .installation((installation += 1))
      .createComment(ISSUE, BODY)
      .catch((error: unknown) => log.error(error));
    expect(lines().length).toBeGreaterThan(0);
    expect(text()).toContain("POST /repos/{owner}/{repo}/issues/{issue_number}/comments");
    expect(text()).not.toMatch(LEAK);
    expect(text()).not.toMatch(/helpdesk|ghs_/);
  });

  test("tell nothing of a payload whose handler fails", async () => {
    const { log, text, lines } = collect();
    const probot = new Probot({ appId: 7, privateKey, secret: "nobody knows it", log });
    probot.on("issue_comment.created", ({ payload }) => {
      throw new Error(payload.comment.body);
    });
    const payload = { action: "created", comment: { body: BODY }, sender: { login: "jane" } };
    const event = { id: "d-1", name: "issue_comment", payload } as unknown as Parameters<
      typeof probot.receive
    >[0];
    await expect(probot.receive(event)).rejects.toThrow();
    expect(lines().filter(({ level }) => level === "error").length).toBeGreaterThan(0);
    expect(text()).not.toMatch(LEAK);
  });
});

function circle(): object {
  const loop: Record<string, unknown> = { body: BODY };
  loop.self = loop;
  return loop;
}
