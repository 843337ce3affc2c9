/** Deliveries posted to an app: signed, one try each, logged, repeatable; and the log over HTTP. */
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createSampleWorld, deliver } from "../../../src/sandbox/github/index.js";
import type { SampleWorld } from "../../../src/sandbox/github/index.js";
import { checkedGitHub } from "../../support/checked-github.js";
import type { CheckedGitHub } from "../../support/checked-github.js";
import { ask, jwt } from "./asking.js";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const secret = "a secret of tests";
let github: CheckedGitHub<SampleWorld>;
let received: Received[];
/** What the app answers; 0 breaks the connection. */
let status: number;
let url: string;
let stopApp: () => void;

beforeEach(async () => {
  github = await checkedGitHub(createSampleWorld());
  [received, status] = [[], 202];
  const app = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      if (status === 0) response.destroy();
      else response.writeHead(status).end("noted");
    });
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/api/github/webhooks`;
  stopApp = () => app.close().closeAllConnections();
});
afterEach(async () => {
  stopApp();
  await github.close();
});

const comment = (text: string) => {
  const { people, issues } = github.world.sample;
  return github.world.comment(people.pia, issues.login, text);
};
const asApp = (line: string) => ask(github.url, line, { token: jwt() });
/** Ids as text: they are too big for JavaScript's numbers. */
const ids = (text: string) => [...text.matchAll(/"id":(\d+),"guid"/g)].map(([, id]) => id ?? "");

describe("a delivery", () => {
  test("has GitHub's headers and a signature over its very bytes", async () => {
    const { idle } = deliver(github.world, { url, secret });
    comment("Grüße 👋");
    await idle();
    const [{ headers, body } = { headers: {}, body: "" }] = received;
    expect(headers).toMatchObject({
      "x-github-event": "issue_comment",
      "x-github-delivery": github.deliveries[0]?.guid,
      "x-github-hook-installation-target-id": "99",
      "x-github-hook-installation-target-type": "integration",
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
      "content-type": "application/json",
    });
    expect(headers["user-agent"]).toMatch(/^GitHub-Hookshot\//);
    expect(JSON.parse(body)).toEqual(github.deliveries[0]?.payload);
  });

  test.each([
    ["accepted", 202, "OK", 202],
    ["failed", 500, "Internal Server Error", 500],
    ["cut off", 0, "failed to connect to host", 502],
  ])("%s: tried once, and logged", async (_name, answer, text, code) => {
    status = answer;
    const { idle } = deliver(github.world, { url, secret });
    comment("one");
    await idle();
    expect(received).toHaveLength(1);
    const { json } = await asApp("GET /app/hook/deliveries");
    expect(json).toMatchObject([
      {
        status: text,
        status_code: code,
        event: "issue_comment",
        action: "created",
        redelivery: false,
        installation_id: 7001,
        repository_id: 2001,
      },
    ]);
  });

  test("an app that is too slow is given up", async () => {
    const slow = createServer();
    await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
    const there = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
    const { idle } = deliver(github.world, { url: there, secret, timeout: 50 });
    comment("one");
    await idle();
    expect(github.world.deliveries.attempts).toMatchObject([{ status: "timed out", statusCode: 504 }]);
    slow.close().closeAllConnections();
  });

  test("nothing after stop, and in order before it", async () => {
    const { idle, stop } = deliver(github.world, { url, secret });
    for (const text of ["a", "b", "c"]) comment(text);
    stop();
    comment("d");
    await idle();
    const texts = received.map(
      ({ body }) => (JSON.parse(body) as { comment: { body: string } }).comment.body,
    );
    expect(texts).toEqual(["a", "b", "c"]);
  });
});

describe("the log", () => {
  test("delivers again with the same GUID and an id of its own", async () => {
    status = 500;
    const { idle } = deliver(github.world, { url, secret });
    comment("one");
    await idle();
    status = 202;
    const [id = ""] = ids((await asApp("GET /app/hook/deliveries?status=failure")).text);
    expect(BigInt(id)).toBeGreaterThan(2n ** 53n);
    expect((await asApp(`POST /app/hook/deliveries/${id}/attempts`)).status).toBe(202);
    await idle();
    const guids = received.map(({ headers }) => headers["x-github-delivery"]);
    expect(guids).toEqual([guids[0], guids[0]]);
    expect((await asApp("GET /app/hook/deliveries")).json).toMatchObject([
      { redelivery: true, status_code: 202 },
      { redelivery: false, status_code: 500 },
    ]);
    const full = await asApp(`GET /app/hook/deliveries/${id}`);
    expect(full.json).toMatchObject({
      request: { payload: { comment: { body: "one" } } },
      response: { payload: "noted" },
    });
  });

  test("comes in pages, by cursor", async () => {
    const { idle } = deliver(github.world, { url, secret, inOrder: false });
    for (const text of ["a", "b", "c"]) comment(text);
    await idle();
    const first = await asApp("GET /app/hook/deliveries?per_page=2");
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const second = await ask("", `GET ${next}`, { token: jwt() });
    expect([...ids(first.text), ...ids(second.text)]).toHaveLength(3);
    expect(new Set([...ids(first.text), ...ids(second.text)]).size).toBe(3);
    expect(second.headers.get("link")).toBeNull();
  });

  test.each([
    ["GET /app/hook/deliveries/1", 404],
    ["POST /app/hook/deliveries/1/attempts", 404],
    ["GET /app/hook/deliveries?cursor=x", 400],
  ])("%s is %i", async (line, expected) => {
    expect((await asApp(line)).status).toBe(expected);
  });
});
