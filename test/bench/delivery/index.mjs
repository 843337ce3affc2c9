/**
 * One delivery, the whole way: signed over HTTP, worked on, answered on a GitHub that takes no time.
 * Beside it Probot with a handler that does nothing, for the same deliveries, Probot that asks GitHub
 * the same two things and keeps nothing, and the same six links made one by one, as GitLab makes them
 * (one query an address, one write a link). App, GitHub and sender are processes of their own.
 */
import { spawn } from "node:child_process";
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { importContacts } from "../../../dist/records/import.js";
import { schema } from "../../../dist/store/documents.js";
import { openStore } from "../../../dist/store/open.js";
import { makeFile, makeRows } from "../contacts.mjs";
import { table } from "../table.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const payload = JSON.parse(
  readFileSync(new URL("../../../fixtures/payloads/issue_comment.created.json", import.meta.url), "utf8"),
);
const secret = randomBytes(16).toString("hex");
/** GitHub sends to an app over many connections at once. */
const connections = 32;
const issues = 200;

async function start(file, ...args) {
  const child = spawn(process.execPath, [here(file), ...args.map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, BENCH_SECRET: secret },
  });
  const [url] = await once(createInterface(child.stdout), "line");
  return { url, child, end: () => (child.kill("SIGKILL"), once(child, "exit")) };
}

/** The bodies of comments: what is said, by the number of the delivery. */
const texts = {
  chatter: (addresses, at) =>
    `Thanks, I could see the same thing on my side today, build ${at}. It only happens with the second account, and only after a while. Could somebody have a look at the attached trace, please? It is not urgent.`,
  command: (addresses, at) => `/add_contacts ${addresses[at % addresses.length]}`,
  "six at once": (addresses, at) => `/add_contacts ${six(addresses, at).join(" ")}`,
  "six one by one": (addresses, at) =>
    six(addresses, at)
      .map((address) => `/add_contacts ${address}`)
      .join("\n"),
};
const six = (addresses, at) =>
  Array.from({ length: 6 }, (_, n) => addresses[(at * 6 + n) % addresses.length]);

/** As many installations at work at once: no single one may say more than 80 things a minute on GitHub. */
const accounts = 8;
const accountOf = (at) => payload.repository.owner.id + (at % accounts);

/** Private: in a public repository a command that shows an address would be deleted, at two calls more. */
function placeOf(at) {
  const owner = { ...payload.repository.owner, id: accountOf(at), login: `account-${at % accounts}` };
  const { name, id } = payload.repository;
  const its = { id: id + (at % accounts), owner, full_name: `${owner.login}/${name}` };
  return {
    repository: { ...payload.repository, ...its, private: true, visibility: "private" },
    installation: { ...payload.installation, id: payload.installation.id + (at % accounts) },
  };
}

function delivery(text, at) {
  const issue = { ...payload.issue, number: 1 + (at % issues), id: 5_000 + (at % issues) };
  const time = `${new Date().toISOString().slice(0, 19)}Z`;
  const comment = { ...payload.comment, id: 9_000_000 + at, body: text, created_at: time, updated_at: time };
  const body = JSON.stringify({ ...payload, ...placeOf(at), action: "created", issue, comment });
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-github-event": "issue_comment",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": `sha256=${signature}`,
  };
  return { body, headers };
}

function post(url, agent, { body, headers }) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject).end(body);
  });
}

/** @returns deliveries a second, until all are acknowledged and `answered` says that all are answered */
async function measure(app, deliveries, answered) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const began = performance.now();
  let next = 0;
  const send = async () => {
    while (next < deliveries.length) {
      const status = await post(app.url, agent, deliveries[next++]);
      if (status !== 202 && status !== 200) throw new Error(`a delivery was answered with ${status}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, send));
  const acknowledged = performance.now();
  const longest = acknowledged + 120_000;
  while (!(await answered())) {
    if (performance.now() > longest) throw new Error("not every delivery was answered");
    await pause(5);
  }
  agent.destroy();
  const perSecond = (end) => deliveries.length / ((end - began) / 1000);
  return { acknowledged: perSecond(acknowledged), answered: perSecond(performance.now()) };
}

const counts = async (github, method = "GET") => (await fetch(`${github.url}/counts`, { method })).json();

async function furnish(folder, contacts) {
  await mkdir(folder, { recursive: true });
  const store = await openStore({ dataDir: folder, schema });
  for (let at = 0; at < accounts; at += 1) {
    const source = { account: accountOf(at), group: "" };
    await importContacts({ store, source, input: Readable.from(makeFile(contacts), { objectMode: false }) });
  }
  await store.close();
  return [...makeRows(contacts)].filter((row) => row[2] !== "" && row[6] === "active").map((row) => row[2]);
}

async function run(kind, what, { folder, addresses, count, github }) {
  const app = await start("app.mjs", kind, github.url, folder);
  const make = (number, from) =>
    Array.from({ length: number }, (_, n) => delivery(texts[what](addresses, from + n), from + n));
  const said = async () => (await counts(github)).comment ?? 0;
  const replies = kind !== "nothing" && what !== "chatter";
  try {
    const warm = replies ? 100 : 500;
    const before = await said();
    await measure(app, make(warm, 0), async () => !replies || (await said()) >= before + warm);
    await counts(github, "POST");
    const speed = await measure(app, make(count, warm), async () => !replies || (await said()) >= count);
    await pause(200);
    return { ...speed, calls: await counts(github) };
  } finally {
    await app.end();
  }
}

/**
 * @param options.folder to work in, empty
 * @param options.count deliveries a measurement
 * @returns rows of a table: what, and deliveries a second of Liaison, of an app that does nothing, and of
 *   one that asks GitHub the same; `calls` counts what Liaison asked GitHub
 */
async function measureDeliveries({ folder, count, contacts }) {
  const github = await start("github.mjs", payload.sender.id);
  try {
    const rows = [];
    for (const what of Object.keys(texts)) {
      const data = join(folder, what.replaceAll(" ", "-"));
      const addresses = await furnish(data, contacts);
      const setting = { folder: data, addresses, count, github };
      const nothing = await run("nothing", what, setting);
      const liaison = await run("liaison", what, setting);
      const calls = what === "command" ? (await run("calls", what, setting)).answered : undefined;
      rows.push({
        what,
        nothing: nothing.answered,
        sameCalls: calls,
        liaison: liaison.answered,
        acknowledged: liaison.acknowledged,
        calls: liaison.calls,
      });
    }
    return rows;
  } finally {
    await github.end();
  }
}

/** @returns Markdown */
export async function benchDelivery({ data, count }) {
  const folder = await mkdtemp(join(data, "delivery-"));
  try {
    const rows = await measureDeliveries({ folder, count, contacts: 1_000 });
    const rate = (number) => (number === undefined ? "" : Math.round(number).toLocaleString("en"));
    return table(
      [
        "a comment with",
        "Liaison, a second",
        "acknowledged",
        "Probot that does nothing",
        "share",
        "Probot, the same calls",
        "share",
        "calls of GitHub",
      ],
      rows.map(({ what, liaison, acknowledged, nothing, sameCalls, calls }) => [
        what,
        rate(liaison),
        rate(acknowledged),
        rate(nothing),
        (liaison / nothing).toFixed(2),
        rate(sameCalls),
        sameCalls === undefined ? "" : (liaison / sameCalls).toFixed(2),
        Object.entries(calls)
          .map(([call, times]) => `${(times / count).toFixed(2)} ${call}`)
          .join(", ") || "none",
      ]),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
