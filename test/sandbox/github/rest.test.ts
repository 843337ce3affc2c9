/** Every route of the local GitHub over HTTP, each answer checked against GitHub's OpenAPI description. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createSampleWorld } from "../../../src/sandbox/github/index.js";
import type { SampleWorld } from "../../../src/sandbox/github/index.js";
import { checkedGitHub } from "../../support/checked-github.js";
import type { CheckedGitHub } from "../../support/checked-github.js";
import { ask, jwt, tokenFor } from "./asking.js";
import type { Options } from "./asking.js";

let github: CheckedGitHub<SampleWorld>;
let token: string;

beforeEach(async () => {
  github = await checkedGitHub(createSampleWorld());
  token = await tokenFor(github.url, 7001);
});
afterEach(() => github.close());

const asApp = (line: string, options: Options = {}) => ask(github.url, line, { token: jwt(), ...options });
const asInstallation = (line: string, options: Options = {}) => ask(github.url, line, { token, ...options });

describe("the app and its installations", () => {
  test.each([
    ["GET /app", { id: 99, slug: "liaison" }],
    ["GET /app/installations/7001", { id: 7001, app_id: 99, target_type: "Organization", target_id: 1001 }],
    ["GET /orgs/acme/installation", { id: 7001 }],
    ["GET /repos/acme/helpdesk/installation", { id: 7001 }],
  ])("%s", async (line, expected) => {
    const reply = await asApp(line);
    expect(reply.status).toBe(200);
    expect(reply.json).toMatchObject(expected);
  });

  test.each([
    "GET /app/installations/7002",
    "GET /orgs/nobody/installation",
    "GET /users/sam/installation",
    "GET /repos/acme/nothing/installation",
    "POST /app/installations/7002/access_tokens",
  ])("%s is 404", async (line) => {
    expect((await asApp(line)).status).toBe(404);
  });

  test("a token says what it may and ends in an hour", async () => {
    const { status, json } = await asApp("POST /app/installations/7001/access_tokens");
    expect(status).toBe(201);
    expect(json).toMatchObject({ permissions: { issues: "write" }, repository_selection: "all" });
    const { expires_at: end } = json as { expires_at: string };
    expect(Math.abs(Date.parse(end) - Date.now() - 3_600_000)).toBeLessThan(5000);
  });

  test("a suspended installation gets no token, and its tokens stop", async () => {
    github.world.suspend(github.world.sample.people.olivia, github.world.sample.installation);
    expect((await asApp("POST /app/installations/7001/access_tokens")).status).toBe(403);
    expect((await asInstallation("GET /repos/acme/helpdesk")).status).toBe(403);
  });

  test("a removed installation's token is worth nothing", async () => {
    github.world.uninstall(github.world.sample.people.olivia, github.world.sample.installation);
    expect((await asInstallation("GET /repos/acme/website")).status).toBe(401);
  });
});

describe("accounts and roles", () => {
  test.each([
    ["GET /users/acme", { id: 1001, login: "acme", type: "Organization" }],
    ["GET /users/Pia", { id: 504, login: "pia", type: "User" }],
    ["GET /users/liaison%5Bbot%5D", { type: "Bot" }],
    ["GET /user/504", { login: "pia" }],
  ])("%s needs no token", async (line, expected) => {
    const reply = await ask(github.url, line);
    expect(reply.status).toBe(200);
    expect(reply.json).toMatchObject(expected);
  });

  test.each(["GET /users/nobody", "GET /user/999", "GET /user/x"])("%s is 404", async (line) => {
    expect((await ask(github.url, line)).status).toBe(404);
  });

  test.each([
    ["helpdesk", "olivia", "admin", "admin"],
    ["helpdesk", "marco", "write", "maintain"],
    ["helpdesk", "dana", "write", "write"],
    ["helpdesk", "pia", "read", "triage"],
    ["helpdesk", "gus", "read", "read"],
    ["helpdesk", "sam", "none", "none"],
    ["website", "sam", "read", "read"],
    ["website", "liaison%5Bbot%5D", "none", "none"],
  ])("on %s, %s has %s as %s", async (repository, person, permission, role) => {
    const { json } = await asInstallation(`GET /repos/acme/${repository}/collaborators/${person}/permission`);
    expect(json).toMatchObject({ permission, role_name: role });
  });

  test("a custom role has its own name and the base's permission", async () => {
    const { people, helpdesk } = github.world.sample;
    github.world.role(helpdesk, people.sam, { name: "release manager", base: "write" });
    const { json } = await asInstallation("GET /repos/acme/helpdesk/collaborators/sam/permission");
    expect(json).toMatchObject({ permission: "write", role_name: "release manager", user: { id: 506 } });
  });

  test.each([
    ["olivia", { role: "admin", state: "active" }],
    ["pia", { role: "member", state: "active" }],
  ])("membership of %s", async (person, expected) => {
    expect((await asInstallation(`GET /orgs/acme/memberships/${person}`)).json).toMatchObject(expected);
  });

  test.each([
    ["GET /orgs/acme/memberships/sam", 404],
    ["GET /orgs/nobody/memberships/pia", 404],
    ["GET /orgs/acme/teams/support/memberships/gus", 404],
    ["GET /orgs/acme/teams/nothing/memberships/pia", 404],
    ["GET /repos/acme/helpdesk/collaborators/nobody/permission", 404],
  ])("%s is %i", async (line, status) => {
    expect((await asInstallation(line)).status).toBe(status);
  });

  test("members of child teams count, invited ones are pending", async () => {
    const { acme, people } = github.world.sample;
    github.world.team(acme, "emea", [people.gus], { parent: "support", pending: [people.sam] });
    const membership = async (person: string) =>
      (await asInstallation(`GET /orgs/acme/teams/support/memberships/${person}`)).json;
    expect(await membership("pia")).toMatchObject({ state: "active" });
    expect(await membership("gus")).toMatchObject({ state: "active" });
    expect(await membership("sam")).toMatchObject({ state: "pending" });
  });
});

describe("what a token reaches", () => {
  test("nothing without one", async () => {
    expect((await ask(github.url, "GET /repos/acme/website")).status).toBe(401);
  });

  test("public repositories of others for reading, their private ones not at all", async () => {
    const { world } = github;
    const other = world.organization("other");
    const shown = world.repository(other, "shown", { visibility: "public", files: { "a.txt": "a" } });
    world.repository(other, "hidden", { files: { "a.txt": "a" } });
    world.openIssue(world.sample.people.sam, shown, "An issue");
    const status = async (line: string) => (await asInstallation(line, { body: undefined })).status;
    expect(await status("GET /repos/other/shown/contents/a.txt")).toBe(200);
    expect(await status("GET /repos/other/hidden/contents/a.txt")).toBe(404);
    expect(await status("GET /repos/other/hidden")).toBe(404);
    expect(await status("GET /repos/other/shown/collaborators/sam/permission")).toBe(403);
    const written = await asInstallation("POST /repos/other/shown/issues/1/comments", {
      body: { body: "x" },
    });
    expect(written.status).toBe(403);
  });

  test("only chosen repositories, of the installation and of the token", async () => {
    const { sample } = github.world;
    const narrow = await tokenFor(github.url, 7001, { repositories: ["website"] });
    expect((await ask(github.url, "GET /repos/acme/helpdesk", { token: narrow })).status).toBe(404);
    github.world.selectRepositories(sample.people.olivia, sample.installation, { remove: [sample.helpdesk] });
    expect((await asInstallation("GET /repos/acme/helpdesk")).status).toBe(404);
    expect((await asInstallation("GET /repos/acme/website")).status).toBe(200);
    const foreign = await asApp("POST /app/installations/7001/access_tokens", {
      body: { repositories: ["x"] },
    });
    expect(foreign.status).toBe(422);
  });
});

describe("a repository with a new name", () => {
  test.each([
    ["GET", "/issues/1", 301, 200],
    ["POST", "/issues/1/comments", 307, 201],
  ])("%s is redirected, to where it works", async (method, rest, status, then) => {
    const { people, helpdesk } = github.world.sample;
    github.world.renameRepository(people.olivia, helpdesk, "service");
    const body = method === "POST" ? { body: "x" } : undefined;
    const first = await asInstallation(`${method} /repos/acme/helpdesk${rest}`, { body });
    expect(first.status).toBe(status);
    const location = first.headers.get("location") ?? "";
    expect(location).toBe(`${github.url}/repositories/2001${rest}`);
    expect((await ask("", `${method} ${location}`, { token, body })).status).toBe(then);
    expect((await asInstallation("GET /repos/acme/service")).status).toBe(200);
  });

  test("tells nothing to those who may not see it", async () => {
    const { people, helpdesk } = github.world.sample;
    const { world } = github;
    world.transferRepository(people.olivia, helpdesk, world.organization("other"));
    expect((await asInstallation("GET /repos/acme/helpdesk")).status).toBe(404);
  });
});

describe("files", () => {
  const file = "GET /repos/acme/.github/contents/.github/liaison.yml";

  test("as JSON, base64", async () => {
    const { json } = await asInstallation(file);
    const { content, ...rest } = json as { content: string };
    expect(rest).toMatchObject({ type: "file", encoding: "base64", path: ".github/liaison.yml" });
    expect(Buffer.from(content, "base64").toString()).toContain("contact_source: sales");
  });

  test.each([
    "application/vnd.github.raw+json",
    "application/vnd.github.v3.raw",
    "application/vnd.github.raw",
  ])("as text for %s, with %%2F too", async (accept) => {
    const line = file.replace(".github/liaison", ".github%2Fliaison");
    const reply = await asInstallation(line, { headers: { accept } });
    expect(reply.text).toContain("contact_source: sales");
    expect(reply.headers.get("content-type")).toMatch(/^application\/vnd\.github\.raw/);
  });

  test("304 for the same token until the file changes", async () => {
    const etag = (await asInstallation(file)).headers.get("etag") ?? "";
    const headers = { "if-none-match": etag };
    expect(await asInstallation(file, { headers })).toMatchObject({ status: 304, text: "" });
    const second = await tokenFor(github.url, 7001);
    expect((await ask(github.url, file, { token: second, headers })).status).toBe(200);
    const { people, settings } = github.world.sample;
    github.world.pushFile(people.olivia, settings, ".github/liaison.yml", "groups: {}\n");
    expect((await asInstallation(file, { headers })).status).toBe(200);
  });

  test("a folder is a list, a missing file 404, another branch is not kept", async () => {
    const { people, helpdesk } = github.world.sample;
    github.world.pushFile(people.dana, helpdesk, "draft.txt", "x", "draft");
    const folder = await asInstallation("GET /repos/acme/helpdesk/contents/.github");
    expect(folder.json).toMatchObject([{ type: "file", name: "liaison.yml" }]);
    const top = await asInstallation("GET /repos/acme/helpdesk/contents/");
    expect(top.json).toMatchObject([{ type: "dir", path: ".github" }]);
    expect((await asInstallation("GET /repos/acme/helpdesk/contents/draft.txt")).status).toBe(404);
    const branch = "GET /repos/acme/helpdesk/contents/.github/liaison.yml?ref=draft";
    expect((await asInstallation(branch)).status).toBe(404);
  });

  test("over 1 MB the JSON has no content, raw still has", async () => {
    const { people, helpdesk } = github.world.sample;
    github.world.pushFile(people.dana, helpdesk, "big.txt", "x".repeat(1024 * 1024 + 1));
    const line = "GET /repos/acme/helpdesk/contents/big.txt";
    expect((await asInstallation(line)).json).toMatchObject({
      content: "",
      encoding: "none",
      size: 1_048_577,
    });
    const headers = { accept: "application/vnd.github.raw" };
    expect((await asInstallation(line, { headers })).text).toHaveLength(1_048_577);
  });
});
