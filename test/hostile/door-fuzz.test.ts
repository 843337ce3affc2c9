/**
 * The HTTP door of the real app under random requests: random headers, bodies and chunks, and genuine
 * deliveries with something else put in anywhere, well signed. Whatever comes, there is an answer in
 * time, it is one of ours, it repeats nothing of what was sent, and the app lives on and works.
 */
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { webhookPath } from "../../src/intake/door.js";
import type { Delivery } from "../../src/sandbox/github/index.js";
import { openHouse, type House } from "../e2e/house.js";
import { ask, signatureOf } from "../intake/open-door.js";
import { payload, type PayloadName } from "../support/payload-fixtures.js";
import { engines } from "../support/stores.js";
import { mutantOf } from "./mutants.js";
import { fuzzRuns, fuzzTime, fuzzTimeout, send, troubleIn, unheard } from "./sending.js";

const [engine] = engines();
if (engine === undefined) throw new Error("no engine");

let house: House;
beforeAll(async () => {
  house = await openHouse({ engine });
});
afterAll(async () => {
  house.github.problems.length = 0; // hostile numbers make requests that GitHub's description does not know
  await house.close();
});

const limits = { numRuns: fuzzRuns, interruptAfterTimeLimit: fuzzTime };
/** In everything that is sent, and in no answer. */
const mark = "zqxmark";
const answers = new Set([202, 400, 401, 404, 405, 413, 415]);

async function expectAlive(): Promise<void> {
  await house.settle();
  expect((await ask(house.app.url, { path: "/healthz" })).status).toBe(200);
  const { people, issues } = house.world.sample;
  const before = house.replies(issues.export).length;
  await house.say(people.pia, issues.export, "/contacts");
  expect(house.replies(issues.export)).toHaveLength(before + 1);
}

test(
  "random requests",
  async () => {
    const odd = fc.string({
      unit: fc.constantFrom("a", "Z", "0", ";", "=", ",", "/", "@", " ", "\t", '"', "{", "é", "\u00ff"),
      maxLength: 40,
    });
    const header = fc.tuple(
      fc.constantFrom(
        ...["x-github-event", "x-github-delivery", "x-hub-signature-256", "x-hub-signature", "content-type"],
        ...["accept", "cookie", "x-forwarded-for", "content-encoding", "expect", "authorization", "origin"],
      ),
      fc.oneof(odd, fc.constantFrom("application/json", "issue_comment", "gzip", "sha256=", "a-guid", mark)),
    );
    const request = fc.record({
      method: fc.constantFrom(
        "GET",
        "POST",
        "POST",
        "POST",
        "PUT",
        "DELETE",
        "OPTIONS",
        "HEAD",
        "PATCH",
        "TRACE",
      ),
      path: fc.oneof(
        fc.constantFrom(
          webhookPath,
          webhookPath,
          webhookPath,
          "/",
          "/healthz",
          "/readyz",
          "//",
          "/api/github",
        ),
        fc.webPath().map((path) => (path.startsWith("/") ? path : `/${path}`)),
      ),
      headers: fc.array(header, { maxLength: 7 }),
      body: fc.oneof(
        fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
        fc.json({ maxDepth: 3 }).map((text) => Buffer.from(text)),
      ),
      cuts: fc.array(fc.nat(300), { maxLength: 4 }),
      isSigned: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, headers, body, cuts, isSigned }) => {
        const sent = Buffer.concat([body, Buffer.from(mark)]);
        const good = {
          "content-type": "application/json",
          "x-github-event": "issues",
          "x-github-delivery": "a-guid",
        };
        const signed = isSigned ? { ...good, "x-hub-signature-256": signatureOf(sent) } : {};
        const heard = await ask(house.app.url, {
          method,
          path: `${path}?${mark}`,
          headers: { ...signed, ...Object.fromEntries(headers.map(([name, value]) => [name, value.trim()])) },
          ...(["POST", "PUT", "PATCH"].includes(method) && { body: pieces(sent, cuts) }),
        });
        const expected = new Set([...answers, ...(/^\/(healthz|readyz)$/.test(path) ? [200] : []), 417]);
        expect(expected).toContain(heard.status);
        expect(JSON.stringify([heard.headers, heard.text])).not.toContain(mark);
      }),
      limits,
    );
    await expectAlive();
    expect(troubleIn(house)).toEqual([]);
  },
  fuzzTimeout,
);

/** The body in chunks, cut at these places. */
function pieces(body: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const at = [0, ...cuts.map((cut) => Math.min(cut, body.length)).sort((a, b) => a - b), body.length];
  return at.slice(1).map((end, index) => body.subarray(at[index], end));
}

test(
  "random bytes on the wire",
  async () => {
    const line = fc.constantFrom(
      ...[
        `POST ${webhookPath} HTTP/1.1\r\n`,
        "GET / HTTP/1.1\r\n",
        "Host: a\r\n",
        "Content-Length: 5\r\n",
        "\r\n",
      ],
      ...[
        "Content-Length: -1\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: chunked\r\n",
      ],
      ...[
        "Transfer-Encoding: chunked, identity\r\n",
        "5\r\nhello\r\n",
        "0\r\n\r\n",
        "ffffffffffff\r\n",
        "\0",
        "\n",
      ],
      ...[
        "Connection: keep-alive\r\n",
        "Expect: 100-continue\r\n",
        "Upgrade: h2c\r\n",
        ": no name\r\n",
        mark,
      ],
      `X: ${"a".repeat(20_000)}\r\n`,
    );
    const wire = fc.array(fc.oneof(line, fc.string({ unit: "binary", maxLength: 30 })), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(wire, async (parts) => {
        const text = await talk(Number(new URL(house.app.url).port), parts.join(""));
        for (const [, status] of text.matchAll(/HTTP\/1\.1 (\d+)/g))
          expect([100, 400, 404, 405, 408, 411, 413, 415, 417, 431]).toContain(Number(status));
        expect(text).not.toContain(mark);
      }),
      limits,
    );
    await expectAlive();
  },
  fuzzTimeout,
);

/** Says all of it, and that there is no more. @returns what the other side said until it hung up */
const talk = (port: number, said: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    let text = "";
    socket.setTimeout(5_000, () => socket.destroy(new Error("no end")));
    socket.on("data", (data) => (text += data.toString("latin1")));
    socket.on("error", () => undefined).on("close", () => resolve(text));
    socket.end(said);
  });

const fixtures: readonly PayloadName[] = [
  ...([
    "issue_comment.created",
    "issue_comment.edited",
    "issues.opened",
    "issues.edited",
    "issues.deleted",
  ] as const),
  ...(["issues.opened.by-transfer", "issues.transferred", "push", "installation.created"] as const),
  ...(["repository.renamed", "repository.transferred", "organization.renamed"] as const),
];

/** One genuine delivery of each kind that makes the app do something. */
function genuine(): readonly Pick<Delivery, "event" | "payload">[] {
  const { world } = house;
  const { people, issues, helpdesk } = world.sample;
  return unheard(house, () => {
    const comment = world.comment(people.pia, issues.login, "/add_contacts [contact:1] jane@acme.com");
    world.editComment(people.pia, comment, "/contacts");
    const issue = world.openIssue(people.pia, helpdesk, "New", "/remove_contacts [contact:1]");
    world.editIssue(people.pia, issue, { body: "/find_contacts Jane" });
    world.pushFile(people.olivia, helpdesk, ".github/liaison.yml", "group: support\n");
  });
}

test(
  "genuine deliveries with something else in them, well signed",
  async () => {
    const real = [
      ...genuine(),
      ...fixtures.map((name) => ({ event: name.split(".")[0] ?? "", payload: payload(name) })),
    ];
    const mutant = fc.constantFrom(...real).chain(({ event, payload: whole }) =>
      fc.record({
        event: fc.constant(event),
        body: mutantOf(whole).map((json) => JSON.stringify(json)),
      }),
    );
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(mutant, async ({ event, body }) => {
        runs += 1;
        const heard = await send(house, body, { event });
        expect([heard.status, heard.text]).toEqual([202, "accepted\n"]);
      }),
      limits,
    );
    await expectAlive();
    // Many of them were still something that people say to the app.
    expect(await house.store.collection("deliveries").count({}, { limit: 1_000 })).toBeGreaterThan(runs / 50);
    expect(troubleIn(house)).toEqual([]);
    expect("polluted" in {}).toBe(false);
  },
  fuzzTimeout,
);
