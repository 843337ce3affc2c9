/** `liaison doctor`: one way of being wrong at a time, and the line that says what to do about it. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { checkNode } from "../../src/doctor/check-machine.js";
import type { Finding } from "../../src/doctor/finding.js";
import { examine } from "../../src/doctor/run.js";
import { wantedEvents, wantedPermissions } from "../../src/doctor/wanted.js";
import { createLog } from "../../src/log.js";
import { createSampleWorld, type FaultKind, type SampleWorld } from "../../src/sandbox/github/index.js";
import type { Environment } from "../../src/settings.js";
import { schema } from "../../src/store/documents.js";
import { openStore } from "../../src/store/open.js";
import { checkedGitHub, type CheckedGitHub } from "../support/checked-github.js";

const secret = "6f1c9b27e4d85a03b1f7c2e96d40a8b5";
let github: CheckedGitHub<SampleWorld>;
let folder: string;
beforeAll(async () => {
  github = await checkedGitHub(createSampleWorld());
  folder = await mkdtemp(join(tmpdir(), "liaison-doctor-"));
});
afterEach(() => github.faults.clear());
afterAll(async () => {
  // GitHub's description wants the account of a listed installation to be a user and an enterprise at once.
  const real = github.problems.filter((one) => !one.startsWith("GET /app/installations 200: /0/account "));
  github.problems.splice(0, Infinity, ...real);
  await github.close();
  await rm(folder, { recursive: true, force: true });
});

const environment = (): Environment => ({
  APP_ID: String(github.world.app.id),
  PRIVATE_KEY: github.privateKey,
  WEBHOOK_SECRET: secret,
  GITHUB_API_URL: github.url,
  LIAISON_DATA_DIR: folder,
});

async function look(changes: Environment = {}, options: { readonly repository?: string } = {}) {
  const log = createLog({ level: "silent", format: "json", destination: process.stderr });
  const findings: Finding[] = [];
  const examination = { environment: { ...environment(), ...changes }, log, ...options };
  for await (const finding of examine(examination)) findings.push(finding);
  expect(JSON.stringify(findings)).not.toMatch(/PRIVATE KEY-|6f1c9b27|ghs_|hunter2/);
  for (const { state, remedy } of findings)
    expect(remedy === undefined).toBe(state === "ok" || state === "skipped");
  return findings;
}

const wrong = (findings: readonly Finding[]) =>
  findings
    .filter(({ state }) => state !== "ok")
    .map(({ state, check, message }) => `${state} ${check}: ${message}`);

test("nothing is wrong with a good set-up, and nothing is left in its store", async () => {
  const findings = await look();
  expect(wrong(findings)).toEqual([]);
  expect(findings.map(({ check }) => check)).toEqual(
    expect.arrayContaining([
      "settings",
      "store",
      "credentials",
      "permissions",
      "webhook",
      "deliveries",
      "config",
    ]),
  );
  expect(findings.find(({ check }) => check === "store")?.message).toMatch(
    /^The embedded store \(SQLite \d[\d.]+\) answers, and holds nothing of Liaison yet\.$/,
  );
  expect(await readdir(folder)).not.toContain("liaison.db");
});

const hook = (changes: object): FaultKind => ({
  match: { path: "/app/hook/config" },
  status: 200,
  headers: { "content-type": "application/json" },
  body: {
    url: "https://liaison.local/api/github/webhooks",
    content_type: "json",
    insecure_ssl: "0",
    secret: "********",
    ...changes,
  },
});
const failed = (status_code: number): FaultKind => ({
  match: { path: "/app/hook/deliveries" },
  status: 200,
  headers: { "content-type": "application/json" },
  body: [{ id: 1, guid: "a", event: "issues", delivered_at: "2026-01-01T00:00:00Z", status_code }],
});

test.each<[string, FaultKind, string]>([
  ["no webhook URL", hook({ url: "" }), "problem webhook: The app has no webhook URL."],
  [
    "the example's URL",
    hook({ url: "https://liaison.example.com/api/github/webhooks" }),
    "problem webhook: The webhook URL is still the example's.",
  ],
  [
    "another path",
    hook({ url: "https://liaison.local/" }),
    "problem webhook: The webhook URL does not end with /api/github/webhooks.",
  ],
  [
    "plain http",
    hook({ url: "http://liaison.local/api/github/webhooks" }),
    "warning webhook: The webhook URL is not https.",
  ],
  [
    "loopback",
    hook({ url: "http://127.0.0.1/api/github/webhooks" }),
    "problem webhook: The webhook URL is of GitHub's own machine, not of this one.",
  ],
  ["forms", hook({ content_type: "form" }), "problem webhook: Deliveries are sent as forms."],
  [
    "no check of certificates",
    hook({ insecure_ssl: "1" }),
    "problem webhook: GitHub does not check the app's certificate.",
  ],
  [
    "no secret on GitHub",
    hook({ secret: undefined }),
    "problem webhook: The app has no webhook secret on GitHub.",
  ],
  [
    "two secrets",
    failed(401),
    "problem deliveries: 1 of the latest 1 deliveries failed, the last one because its signature did not fit.",
  ],
  [
    "an app out of reach",
    failed(502),
    "problem deliveries: 1 of the latest 1 deliveries failed (502), the last one among them.",
  ],
  [
    "a clock ahead",
    { match: { path: "/meta" }, headers: { date: new Date(Date.now() - 600_000).toUTCString() } },
    "problem clock: The clock of this machine is 6\\d\\d seconds ahead of GitHub's, .*",
  ],
])("%s", async (_, fault, expected) => {
  github.faults.next(1, fault);
  expect(wrong(await look())).toEqual([
    expect.stringMatching(`^${expected.replaceAll(/[().](?!\*)/g, "\\$&")}$`),
  ]);
});

test.each<[string, Environment, RegExp]>([
  ["a short secret", { WEBHOOK_SECRET: "k3jd82mx" }, /^warning webhook secret: .*fewer than 20/],
  [
    "an obvious secret",
    { WEBHOOK_SECRET: "my-github-secret-is-hunter2" },
    /^warning webhook secret: .*guessed first/,
  ],
  [
    "a monotonous secret",
    { WEBHOOK_SECRET: "abababababababababababab" },
    /^warning webhook secret: .*repeats/,
  ],
  ["another app's number", { APP_ID: "12345" }, /^problem credentials: GitHub does not take APP_ID/],
  [
    "a file for a folder",
    { LIAISON_DATA_DIR: "package.json" },
    /^problem store: LIAISON_DATA_DIR is not a folder/,
  ],
  [
    "no MongoDB",
    { MONGODB_URI: "mongodb://me:hunter2@127.0.0.1:1/liaison" },
    /^problem store: MongoDB cannot be used/,
  ],
])("%s", async (_, changes, expected) => {
  expect(wrong(await look(changes))[0]).toMatch(expected);
});

test("all mistakes of the settings are told, and the store is looked at all the same", async () => {
  const findings = await look({ APP_ID: "x", WEBHOOK_SECRET: "" });
  expect(wrong(findings)).toEqual([
    expect.stringMatching(/^problem settings: APP_ID must be/),
    expect.stringMatching(/^problem settings: WEBHOOK_SECRET is not set/),
    expect.stringMatching(/^skipped github/),
  ]);
  expect(findings.map(({ check }) => check)).toContain("store");
});

test("a store that the app has open is left alone", async () => {
  const dataDir = join(folder, "open");
  const store = await openStore({ dataDir, schema });
  expect(wrong(await look({ LIAISON_DATA_DIR: dataDir }))).toEqual([
    expect.stringMatching(/^skipped store: The data folder is in use/),
  ]);
  await store.close();
});

test("what this release lacks in the store is named, and not made", async () => {
  const dataDir = join(folder, "old");
  const older = Object.fromEntries(Object.entries(schema).filter(([name]) => name !== "contacts"));
  await (await openStore({ dataDir, schema: older })).close();
  for (let times = 0; times < 2; times += 1)
    expect(wrong(await look({ LIAISON_DATA_DIR: dataDir }))).toEqual([
      expect.stringMatching(
        /^warning store: The embedded store .* lacks what this release needs: contacts\.$/,
      ),
    ]);
});

test("each missing permission and event is named, with the page to change it", async () => {
  const body = {
    slug: "liaison",
    name: "Liaison",
    owner: { login: "acme", type: "Organization" },
    html_url: "https://github.com/apps/liaison",
    permissions: { metadata: "read", single_file: "read", issues: "read", pull_requests: "write" },
    events: ["issues"],
  };
  github.faults.next(1, {
    match: { path: "/app" },
    status: 200,
    headers: { "content-type": "application/json" },
    body,
  });
  const findings = (await look()).filter(({ check }) => check === "permissions");
  expect(wrong(findings)).toEqual([
    "problem permissions: The app lacks the permission issues: write.",
    "problem permissions: The app lacks the permission members: read.",
    "problem permissions: The app does not hear of issue_comment.",
  ]);
  expect(findings[0]?.remedy).toContain(
    "https://github.com/organizations/acme/settings/apps/liaison/permissions",
  );
});

test("a mistake in a config file is told with its line, and only of the repository that was meant", async () => {
  const { world } = github;
  const file = ".github/liaison.yml";
  const before = world.sample.helpdesk.files.get(file);
  world.sample.helpdesk.files.set(file, Buffer.from("group: support\nsugestions: 3\n"));
  expect(wrong(await look())).toEqual([
    expect.stringMatching(/^problem config: acme\/helpdesk \.github\/liaison\.yml line 2: .*suggestions/),
  ]);
  expect(wrong(await look({}, { repository: "acme/website" }))).toEqual([]);
  expect(wrong(await look({}, { repository: "acme/nowhere" }))).toEqual([
    "problem config: The app does not see that repository.",
  ]);
  if (before) world.sample.helpdesk.files.set(file, before);
  else world.sample.helpdesk.files.delete(file);
});

test("what is wanted of GitHub is what app.yml asks for", async () => {
  const manifest = parse(await readFile("app.yml", "utf8")) as Record<string, unknown>;
  expect(wantedPermissions).toEqual(manifest.default_permissions);
  expect(wantedEvents).toEqual(manifest.default_events);
});

test.each([
  ["20.18.9", "problem"],
  ["18.20.0", "problem"],
  ["20.19.0", "ok"],
  ["22.0.0", "ok"],
])("Node.js %s: %s", (version, state) => {
  expect(checkNode(version).state).toBe(state);
});
