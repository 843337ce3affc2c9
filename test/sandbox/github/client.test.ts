/** The app's own client against the local GitHub: every method, every request checked. */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { pino } from "pino";
import { GoneError, RetryableError } from "../../../src/github/errors.js";
import type { GitHub, Installation } from "../../../src/github/github.js";
import { createGitHub } from "../../../src/github/probot.js";
import { createSampleWorld, signed } from "../../../src/sandbox/github/index.js";
import type { SampleWorld } from "../../../src/sandbox/github/index.js";
import { checkedGitHub } from "../../support/checked-github.js";
import type { CheckedGitHub } from "../../support/checked-github.js";

const webhookSecret = "a secret of tests";
const repository = { id: 2001, owner: "acme", name: "helpdesk" };
const issue = { repository, number: 1 };

let server: CheckedGitHub<SampleWorld>;
let client: GitHub;
let acme: Installation;

beforeEach(async () => {
  server = await checkedGitHub(createSampleWorld());
  const log = pino({ level: "silent" });
  const { privateKey, url: apiUrl } = server;
  client = createGitHub({ appId: 99, privateKey, webhookSecret, apiUrl, log, throttle: false });
  acme = client.installation(7001);
});
afterEach(() => server.close());

test("people", async () => {
  expect(await acme.permission(repository, "pia")).toEqual({
    permission: "read",
    roleName: "triage",
    userId: 504,
  });
  expect(await acme.permission(repository, "nobody")).toMatchObject({ permission: "none" });
  expect(await acme.organizationRole("acme", "olivia")).toBe("admin");
  expect(await acme.organizationRole("acme", "sam")).toBe("none");
  expect(await acme.isTeamMember("acme", "support", "pia")).toBe(true);
  expect(await acme.isTeamMember("acme", "support", "gus")).toBe(false);
  expect(await client.account("acme")).toEqual({ id: 1001, login: "acme", type: "Organization" });
  expect(await client.account("sam")).toMatchObject({ id: 506, type: "User" });
  expect(await client.account("nothing")).toBeUndefined();
});

test("files", async () => {
  const path = ".github/liaison.yml";
  const options = { maxBytes: 262_144 };
  const found = await acme.readFile(repository, path, options);
  if (found.state !== "found") throw new Error(found.state);
  expect(found.text).toContain("group: support");
  const again = await acme.readFile(repository, path, { ...options, etag: found.etag });
  expect(again).toEqual({ state: "unchanged" });
  expect(await acme.readFile(repository, "nothing", options)).toEqual({ state: "absent" });
  const nowhere = { ...repository, name: "nowhere" };
  expect(await acme.readFile(nowhere, path, options)).toEqual({ state: "invisible" });
  expect(await acme.readFile(repository, ".github", options)).toMatchObject({ state: "unreadable" });
});

test("comments and reactions", async () => {
  const since = new Date();
  const { id } = await acme.createComment(issue, "<!-- mark --> hello");
  await acme.updateComment(issue, id, "<!-- mark --> bye");
  server.world.comment(
    server.world.sample.people.dana,
    server.world.sample.issues.login,
    "<!-- mark --> mine",
  );
  expect(await acme.findOwnComment(issue, "<!-- mark -->", since)).toEqual({ id });
  for (const target of [{ kind: "comment", id }, { kind: "issue" }] as const) {
    const reaction = await acme.react(issue, target, "+1");
    expect(await acme.react(issue, target, "+1")).toEqual(reaction);
    await acme.unreact(issue, target, reaction.id);
    await acme.unreact(issue, target, reaction.id);
  }
  await acme.deleteComment(issue, id);
  await acme.deleteComment(issue, id);
  await expect(acme.updateComment(issue, id, "x")).rejects.toBeInstanceOf(GoneError);
  expect(await acme.findOwnComment(issue, "<!-- mark -->", since)).toBeUndefined();
});

test("a comment whose answer was lost was made all the same, once", async () => {
  server.faults.next(1, { match: { method: "POST", path: /comments$/ }, reset: true, afterEffect: true });
  const since = new Date();
  await expect(acme.createComment(issue, "mark")).rejects.toBeInstanceOf(RetryableError);
  expect(await acme.findOwnComment(issue, "mark", since)).toBeDefined();
  expect(server.world.commentsOf(server.world.sample.issues.login)).toHaveLength(2);
});

test("a comment follows a repository to its new name", async () => {
  server.world.renameRepository(server.world.sample.people.olivia, server.world.sample.helpdesk, "service");
  await acme.createComment(issue, "found you");
  expect(server.world.commentsOf(server.world.sample.issues.login).at(-1)?.body).toBe("found you");
});

test("a comment does not follow an issue that moved away", async () => {
  const { people, issues, website } = server.world.sample;
  const moved = server.world.transferIssue(people.olivia, issues.login, website);
  await expect(acme.createComment(issue, "for the private one")).rejects.toBeInstanceOf(GoneError);
  expect(server.world.commentsOf(moved)).toHaveLength(1);
});

test("a delivery of the local GitHub is signed as the client expects", async () => {
  server.world.closeIssue(server.world.sample.people.dana, server.world.sample.issues.login);
  const [delivery] = server.deliveries;
  if (!delivery) throw new Error("nothing was delivered");
  const { body, headers } = signed(server.world, delivery, webhookSecret);
  expect(await client.verify(body, headers["x-hub-signature-256"])).toBe(true);
  expect(await client.verify(`${body} `, headers["x-hub-signature-256"])).toBe(false);
});
