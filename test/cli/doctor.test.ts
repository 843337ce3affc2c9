/** `liaison doctor` and `liaison deliveries` as somebody runs them: exit codes, and nothing that is secret. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createInbox } from "../../src/intake/inbox.js";
import { schema } from "../../src/store/documents.js";
import { openStore } from "../../src/store/open.js";
import { comment } from "../intake/workshop.js";
import { liaison } from "./run.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "liaison-looking-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("doctor --json tells problems with a remedy each, exits with 1, and tells no secret", async () => {
  const env = {
    APP_ID: "not a number",
    PRIVATE_KEY: "-----BEGIN hunter2-----",
    WEBHOOK_SECRET: "hunter2-hunter2-hunter2",
    LIAISON_DATA_DIR: join(folder, "data"),
  };
  const { code, stdout, stderr } = await liaison(["doctor", "--json"], { env, cwd: folder });
  expect([code, stderr]).toEqual([1, ""]);
  const findings = JSON.parse(stdout) as readonly Record<string, unknown>[];
  const problems = findings.filter(({ state }) => state === "problem");
  expect(problems.map(({ check }) => check)).toEqual(problems.map(() => "settings"));
  expect(problems.map(({ message }) => message)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^APP_ID /), expect.stringMatching(/^PRIVATE_KEY /)]),
  );
  for (const { remedy } of problems) expect(remedy).toEqual(expect.any(String));
  expect(findings.find(({ check }) => check === "store")?.state).toBe("ok");
  expect(stdout).not.toMatch(/hunter2/);
  expect(await readdir(folder)).toEqual([]);
});

test("deliveries lists what waits by ids only, makes one due, and refuses one it does not know", async () => {
  const env = { LIAISON_DATA_DIR: join(folder, "inbox") };
  const run = (...args: readonly string[]) => liaison(["deliveries", ...args], { env, cwd: folder });
  const store = await openStore({ dataDir: env.LIAISON_DATA_DIR, schema });
  await createInbox(store, () => new Date()).put(
    comment(1, "/contacts of Jane", "guid-1"),
    new Date("2099-01-01"),
  );
  await store.close();
  const waiting = await run("--state", "waiting");
  expect(waiting).toMatchObject({ code: 0, stderr: "" });
  expect(waiting.stdout).toMatch(
    /^waiting: 1\n {2}guid-1 .*comment .*tries 0 .*due 2099-01-01T00:00:00.000Z\n$/,
  );
  expect(waiting.stdout).not.toMatch(/Jane|pia|acme/);
  const retried = await run("--retry", "guid-1");
  expect(retried).toMatchObject({ code: 0, stderr: "" });
  expect(retried.stdout).toContain("is due now");
  const unknown = await run("--retry", "nobody");
  expect([unknown.code, unknown.stdout]).toEqual([1, ""]);
  expect(unknown.stderr).toContain("No delivery nobody is known");
});
