/** What is asked without an installation: accounts, and whether a delivery is GitHub's. */
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { RetryableError } from "../../src/github/errors.js";
import { githubAt, startScriptedServer, WEBHOOK_SECRET } from "./scripted-server.js";
import type { ScriptedServer } from "./scripted-server.js";

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.close());

describe("the account of a login", () => {
  const acme = { id: 4, login: "Acme", type: "Organization", site_admin: false };

  test("where the app is installed is asked as the app", async () => {
    server.on("GET /users/acme/installation", { status: 200, json: { id: 5, account: acme } });
    await expect(githubAt(server.url).account("acme")).resolves.toEqual({
      id: 4,
      login: "Acme",
      type: "Organization",
    });
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.headers.authorization).toMatch(/^bearer ey/);
  });

  test("elsewhere is asked without saying who asks", async () => {
    server.on("GET /users/acme", { status: 200, json: acme });
    await expect(githubAt(server.url).account("acme")).resolves.toMatchObject({ id: 4 });
    expect(server.asked[1]?.headers.authorization).toBeUndefined();
  });

  test.each(["nobody", "a/b", "..", ""])("of %p is undefined", async (login) => {
    await expect(githubAt(server.url).account(login)).resolves.toBeUndefined();
  });

  test("of a bot is undefined", async () => {
    server.on("GET /users/x", { status: 200, json: { ...acme, type: "Bot" } });
    await expect(githubAt(server.url).account("x")).resolves.toBeUndefined();
  });

  test("is not made up when GitHub is down", async () => {
    server.on("GET /users/acme", { status: 503, headers: { "retry-after": "5" } });
    await expect(githubAt(server.url).account("acme")).rejects.toBeInstanceOf(RetryableError);
  });
});

describe("a signature", () => {
  const body = '{"text":"Grüße"}';
  const sign = (text: string, secret = WEBHOOK_SECRET) =>
    `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;
  const good = sign(body);

  test("of the raw body with our secret fits", async () => {
    await expect(githubAt(server.url).verify(body, good)).resolves.toBe(true);
  });

  test.each([
    ["of another secret", body, sign(body, "development")],
    ["of another body", `${body} `, good],
    ["of nothing", "", sign("")],
    ["empty", body, ""],
    ["without its prefix", body, good.slice(7)],
    ["of SHA-1", body, good.replace("sha256", "sha1")],
    ["in capitals", body, good.toUpperCase()],
    ["cut short", body, good.slice(0, -1)],
    ["too long", body, `${good}0`],
    ["not in ASCII", body, `sha256=${"é".repeat(64)}`],
  ])("%s does not", async (_name, text, signature) => {
    await expect(githubAt(server.url).verify(text, signature)).resolves.toBe(false);
  });
});
