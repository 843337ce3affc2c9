/** The door of deliveries: what gets 202, what is refused and how, and that an answer tells nothing. */
import { afterEach, describe, expect, test } from "@jest/globals";
import { setTimeout as sleep } from "node:timers/promises";
import { readPayload } from "../../src/intake/payloads.js";
import { webhookPath } from "../../src/intake/door.js";
import { TooSlowError } from "../../src/intake/in-time.js";
import { ask, delivery, guid, hold, openDoor, post, signatureOf, type OpenDoor } from "./open-door.js";

const body = JSON.stringify({ zen: "Grüße" });

let door: OpenDoor | undefined;
afterEach(async () => {
  await door?.stop();
});

describe("a good delivery", () => {
  test("is read, accepted and answered by 202", async () => {
    door = await openDoor();
    const { status, text } = await post(door.url, body);
    expect([status, text]).toEqual([202, "accepted\n"]);
    expect(door.read).toEqual([["ping", guid, { zen: "Grüße" }]]);
    expect(door.accepted).toEqual([{ kind: "ignored", why: "a test" }]);
    expect(door.refused).toEqual([]);
  });

  test("is not acknowledged before it is stored", async () => {
    const stored = hold();
    door = await openDoor({ accept: () => stored.promise });
    const answer = post(door.url, body);
    const first = await Promise.race([answer, sleep(200, "no answer yet")]);
    expect(first).toBe("no answer yet");
    stored.resolve();
    expect((await answer).status).toBe(202);
  });

  test.each(["application/json; charset=utf-8", "Application/JSON", "application/json ;charset=utf-8"])(
    "may come as %s",
    async (type) => {
      door = await openDoor();
      expect((await post(door.url, body, { "content-type": type })).status).toBe(202);
    },
  );

  test.each(["null", "[]", "1", '"text"', "{}"])("may hold %s", async (json) => {
    door = await openDoor();
    expect((await post(door.url, json)).status).toBe(202);
    expect(door.read.map(([, , payload]) => payload)).toEqual([JSON.parse(json)]);
  });
});

describe("what cannot be kept", () => {
  test("is answered by 503, and the reason goes to the log only", async () => {
    const error = new Error("the disk of jane@acme.com is full");
    door = await openDoor({ accept: () => Promise.reject(error) });
    const { status, text } = await post(door.url, body);
    expect(status).toBe(503);
    expect(text).not.toMatch(/disk|jane/);
    expect(door.refused).toEqual([
      {
        delivery: guid,
        event: "ping",
        ms: expect.any(Number),
        status: 503,
        why: expect.stringContaining("stored"),
        error,
      },
    ]);
  });

  test("in time is answered by 503 while GitHub still listens, and may fail afterwards", async () => {
    let fail: (error: Error) => void = () => undefined;
    const answers = [new Promise<void>((_, reject) => (fail = reject)), Promise.resolve()];
    door = await openDoor({
      accept: () => answers.shift() ?? Promise.reject(new Error()),
      longestReception: 150,
    });
    const started = performance.now();
    expect((await post(door.url, body)).status).toBe(503);
    expect(performance.now() - started).toBeGreaterThanOrEqual(149);
    fail(new Error("the store is gone"));
    expect((await post(door.url, body)).status).toBe(202);
    expect(door.refused.map(({ status, error }) => [status, error])).toEqual([[503, new TooSlowError()]]);
  });

  test("in time counts from the head of the request on", async () => {
    const limits = { longestReception: 100, verify: () => sleep(150, true) };
    door = await openDoor({ ...limits, accept: () => sleep(50) });
    expect((await post(door.url, body)).status).toBe(503);
    await door.stop();
    door = await openDoor(limits); // stored at once: that it came late is no reason to send it away
    expect((await post(door.url, body)).status).toBe(202);
  });

  test("because the signature cannot be checked is answered by 500", async () => {
    door = await openDoor({ verify: () => Promise.reject(new Error("no key of jane@acme.com")) });
    const { status, text } = await post(door.url, body);
    expect([status, text]).toEqual([500, "something went wrong\n"]);
    expect(door.accepted).toEqual([]);
  });
});

describe("is refused, unread:", () => {
  const strange = { "x-github-delivery": "../../etc/passwd" };
  test.each<[string, number, Record<string, string | undefined>]>([
    ["a signature by another secret", 401, { "x-hub-signature-256": signatureOf(body, "development") }],
    ["a signature of another body", 401, { "x-hub-signature-256": signatureOf(`${body} `) }],
    [
      "a signature without its kind",
      401,
      { "x-hub-signature-256": signatureOf(body).replace("sha256=", "") },
    ],
    ["a malformed signature", 401, { "x-hub-signature-256": "sha256=zz" }],
    ["an empty signature", 401, { "x-hub-signature-256": "" }],
    ["no signature", 400, { "x-hub-signature-256": undefined }],
    [
      "only the old signature",
      400,
      { "x-hub-signature-256": undefined, "x-hub-signature": "sha1=00112233445566778899" },
    ],
    ["no event name", 400, { "x-github-event": undefined }],
    ["no GUID", 400, { "x-github-delivery": undefined }],
    ["an empty GUID", 400, { "x-github-delivery": "" }],
    ["a path for a GUID", 400, strange],
    ["a GUID with spaces", 400, { "x-github-delivery": "a b" }],
    ["a GUID that would divide a key", 400, { "x-github-delivery": "1001:abc" }],
    ["a GUID of 101 characters", 400, { "x-github-delivery": "a".repeat(101) }],
    ["a GUID beyond ASCII", 400, { "x-github-delivery": "é" }],
    ["no content type", 415, { "content-type": undefined }],
    ["a form", 415, { "content-type": "application/x-www-form-urlencoded" }],
    ["text", 415, { "content-type": "text/plain" }],
    ["something like JSON", 415, { "content-type": "application/json-patch+json" }],
    ["JSON in a parameter", 415, { "content-type": "text/plain; a=application/json" }],
  ])("%s", async (_, status, headers) => {
    door = await openDoor();
    const heard = await post(door.url, body, headers);
    expect(heard.status).toBe(status);
    expect(door.read).toEqual([]);
    expect(door.refused.map((line) => line.status)).toEqual([status]);
  });

  test("two GUIDs", async () => {
    door = await openDoor();
    const headers = { ...delivery(body), "x-github-delivery": `${guid}, ${guid}` };
    expect((await ask(door.url, { method: "POST", path: webhookPath, headers, body })).status).toBe(400);
  });

  test.each([
    ["an empty body", ""],
    ["no JSON", "payload=%7B%7D"],
    ["half of it", body.slice(0, -1)],
    ["two of it", `${body}${body}`],
    ["brackets that never close", "[".repeat(100_000)],
  ])("%s, though signed", async (_, text) => {
    door = await openDoor();
    const heard = await post(door.url, text);
    expect([heard.status, heard.text]).toEqual([400, "the body is not JSON\n"]);
    expect(door.read).toEqual([]);
  });
});

describe("hostile JSON does no harm:", () => {
  const nested = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);
  test.each([
    ["100,000 nested lists", nested("[", "]")],
    ["an issue in 100,000 objects", `{"issue":${nested('{"issue":', "}").replace("}", "{}}")}}`],
    [
      "__proto__",
      '{"__proto__":{"polluted":true},"action":"created","comment":{"__proto__":{"polluted":1}}}',
    ],
    ["constructor.prototype", '{"constructor":{"prototype":{"polluted":true}}}'],
  ])("%s", async (_, text) => {
    const reader = { appId: 1, mayConcern: () => true };
    door = await openDoor({ read: (name, id, payload) => readPayload(name, id, payload, reader) });
    expect((await post(door.url, text, { "x-github-event": "issue_comment" })).status).toBe(202);
    expect(door.accepted).toEqual([{ kind: "ignored", why: "payload" }]);
    expect("polluted" in {}).toBe(false);
  });
});

describe("no answer repeats what was sent:", () => {
  const mark = "zqxmark";
  test.each<[string, number, { path?: string; body?: string; headers?: Record<string, string> }]>([
    ["another path", 404, { path: `/${mark}?${mark}` }],
    ["a query", 401, { path: `${webhookPath}?${mark}`, headers: { "x-hub-signature-256": mark } }],
    ["the headers", 400, { headers: { "x-github-delivery": `${mark} ${mark}`, "x-github-event": mark } }],
    ["the content type", 415, { headers: { "content-type": `text/${mark}` } }],
    ["the body", 400, { body: `{"${mark}":` }],
  ])("%s", async (_, status, { path = webhookPath, body: text = body, headers = {} }) => {
    door = await openDoor();
    const heard = await ask(door.url, { method: "POST", path, headers: delivery(text, headers), body: text });
    expect(heard.status).toBe(status);
    expect(JSON.stringify([heard.headers, heard.text])).not.toContain(mark);
    expect(JSON.stringify(door.refused)).not.toContain(mark);
  });
});
