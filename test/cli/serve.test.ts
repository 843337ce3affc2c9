/** liaison serve : settings, health, a graceful end; and the sandbox where there are no credentials. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { startServe } from "../e2e/serve-process.js";
import { appKeys } from "../support/app-keys.js";
import { liaison } from "./run.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "liaison-serve-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const credentials = () => ({
  APP_ID: "99",
  PRIVATE_KEY: appKeys().privateKey,
  WEBHOOK_SECRET: "long enough",
});

test("every wrong setting is listed at once, with its remedy and without its value", async () => {
  const env = { APP_ID: "my-app", PRIVATE_KEY: "xyzzy", PORT: "70000", LOG_LEVEL: "loud" };
  const { code, stdout, stderr } = await liaison(["serve"], { env, cwd: folder });
  expect(code).toBe(1);
  expect(stdout).toBe("");
  for (const name of ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET", "PORT", "LOG_LEVEL"]) {
    expect(stderr).toMatch(new RegExp(`^  ${name} `, "m"));
  }
  expect(stderr).not.toMatch(/my-app|xyzzy|70000|loud/);
});

test("serve alone refuses to start without a webhook secret", async () => {
  const env = { ...credentials(), WEBHOOK_SECRET: "" };
  const { code, stderr } = await liaison(["serve"], { env, cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toMatch(/WEBHOOK_SECRET/);
});

test("without any credentials `npm start` opens the sandbox and says how to run the app", async () => {
  const { code, stdout } = await liaison(["serve", "--or-sandbox"], {
    input: "/contacts\n:quit\n",
    cwd: folder,
  });
  expect(code).toBe(0);
  expect(stdout).toContain("No GitHub credentials are set, so this is the sandbox");
  expect(stdout).toContain("No contacts are linked to this issue.");
});

test("with some but not all credentials it does not open the sandbox", async () => {
  const { code, stderr } = await liaison(["serve", "--or-sandbox"], { env: { APP_ID: "99" }, cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toMatch(/PRIVATE_KEY[\s\S]*WEBHOOK_SECRET/);
});

describe("running", () => {
  test("answers health questions, and ends with SIGTERM", async () => {
    const app = await startServe(credentials(), folder);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${app.url}/`)).status).toBe(404);
    expect(await app.end("SIGTERM")).toBe(0);
  });

  test("a second process on the same folder gets a clear sentence", async () => {
    const app = await startServe(credentials(), folder);
    const { code, stderr } = await liaison(["serve"], { env: { ...credentials(), PORT: "0" }, cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^[^\n]*data[^\n]*\n$/);
    expect(stderr).not.toMatch(/ {4}at /);
    await app.end("SIGTERM");
  });

  test("a port in use gets a clear sentence", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const port = String((other.address() as AddressInfo).port);
    const { code, stderr } = await liaison(["serve"], { env: { ...credentials(), PORT: port }, cwd: folder });
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} is in use.`);
  });
});
