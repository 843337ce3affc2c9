/** Issues, comments, reactions over HTTP: what is made, what is refused, and the webhooks that follow. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createSampleWorld } from "../../../src/sandbox/github/index.js";
import type { SampleWorld } from "../../../src/sandbox/github/index.js";
import { checkedGitHub } from "../../support/checked-github.js";
import type { CheckedGitHub } from "../../support/checked-github.js";
import { ask, tokenFor } from "./asking.js";

let github: CheckedGitHub<SampleWorld>;
let token: string;

beforeEach(async () => {
  github = await checkedGitHub(createSampleWorld());
  token = await tokenFor(github.url, 7001);
});
afterEach(() => github.close());

const repository = "/repos/acme/helpdesk";
const request = (line: string, body?: unknown) => {
  const [method = "", path = ""] = line.split(" ");
  return ask(github.url, `${method} ${repository}${path}`, { token, body });
};
const idOf = (json: unknown) => (json as { id: number }).id;
const bodies = (json: unknown) => (json as { body: string }[]).map(({ body }) => body);

describe("comments of the app", () => {
  test("are the bot's, carry the app, and come back as webhooks", async () => {
    const made = await request("POST /issues/1/comments", { body: "Hello" });
    expect(made.status).toBe(201);
    const by = { user: { login: "liaison[bot]", type: "Bot" }, performed_via_github_app: { id: 99 } };
    expect(made.json).toMatchObject({ body: "Hello", ...by });
    const path = `/issues/comments/${idOf(made.json)}`;
    expect((await request(`PATCH ${path}`, { body: "Bye" })).json).toMatchObject({ body: "Bye", ...by });
    expect((await request(`GET ${path}`)).json).toMatchObject({ body: "Bye" });
    expect((await request(`DELETE ${path}`)).status).toBe(204);
    for (const line of [`GET ${path}`, `DELETE ${path}`]) expect((await request(line)).status).toBe(404);
    expect((await request(`PATCH ${path}`, { body: "x" })).status).toBe(404);
    expect(github.deliveries.map(({ event, action }) => `${event}.${String(action)}`)).toEqual([
      "issue_comment.created",
      "issue_comment.edited",
      "issue_comment.deleted",
    ]);
    expect(github.deliveries[1]?.payload).toMatchObject({
      changes: { body: { from: "Hello" } },
      sender: { type: "Bot" },
    });
  });

  test("a comment of somebody else can be deleted; the sender is the bot, the author stays", async () => {
    const { issues, people } = github.world.sample;
    const comment = github.world.comment(people.dana, issues.login, "mine");
    expect((await request(`DELETE /issues/comments/${comment.id}`)).status).toBe(204);
    expect(github.deliveries.at(-1)?.payload).toMatchObject({
      action: "deleted",
      comment: { user: { login: "dana" }, performed_via_github_app: null },
      sender: { login: "liaison[bot]" },
    });
  });

  test.each([
    ["empty", { body: "" }, 422],
    ["blank", { body: " \n" }, 422],
    ["missing", {}, 422],
    ["no text", { body: 7 }, 422],
    ["a character too long", { body: "€".repeat(65_537) }, 422],
    ["just short enough", { body: "€".repeat(65_536) }, 201],
    ["no JSON", "{", 400],
  ])("%s: %j", async (_name, body, status) => {
    expect((await request("POST /issues/1/comments", body)).status).toBe(status);
    expect(github.deliveries).toHaveLength(status === 201 ? 1 : 0);
  });

  test.each([
    ["an issue that never was", "POST /issues/99/comments", 404],
    ["a repository that never was", "POST /../nothing/issues/1/comments", 404],
    ["no number", "POST /issues/x/comments", 404],
  ])("on %s", async (_name, line, status) => {
    expect((await request(line, { body: "x" })).status).toBe(status);
  });

  test("on a locked issue is refused, on a deleted one gone, on a moved one moved", async () => {
    const { issues, people, website } = github.world.sample;
    issues.login.locked = true;
    github.world.deleteIssue(people.olivia, issues.invoice);
    github.world.transferIssue(people.olivia, issues.export, website);
    const replies = await Promise.all(
      [1, 2, 3].map((number) => request(`POST /issues/${number}/comments`, { body: "x" })),
    );
    expect(replies.map(({ status }) => status)).toEqual([403, 410, 301]);
    const asked = await request("GET /issues/3");
    expect(asked.headers.get("location")).toBe(`${github.url}/repositories/2002/issues/3`);
    expect((await request("GET /issues/2")).status).toBe(410);
  });
});

describe("lists of comments", () => {
  test("pages, with links to this server", async () => {
    const { issues, people } = github.world.sample;
    for (const n of [1, 2, 3, 4, 5]) github.world.comment(people.dana, issues.invoice, `comment ${n}`);
    const first = await request("GET /issues/2/comments?per_page=2");
    expect(bodies(first.json)).toEqual(["comment 1", "comment 2"]);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    expect(next).toMatch(new RegExp(`^${github.url}/.*page=2`));
    const second = await ask("", `GET ${next}`, { token });
    expect(bodies(second.json)).toEqual(["comment 3", "comment 4"]);
    const last = await request("GET /issues/2/comments?per_page=2&page=3");
    expect(bodies(last.json)).toEqual(["comment 5"]);
    expect(last.headers.get("link")).not.toContain('rel="next"');
    expect(bodies((await request("GET /issues/2/comments?page=9")).json)).toEqual([]);
  });

  test("since counts the last change and the whole second", async () => {
    let now = new Date("2026-03-01T12:00:00.500Z");
    const world = createSampleWorld({ now: () => now });
    await github.close();
    const other = (github = await checkedGitHub(world));
    const { dana } = world.sample.people;
    const early = world.comment(dana, world.sample.issues.invoice, "early");
    now = new Date("2026-03-01T12:00:10.500Z");
    world.comment(dana, world.sample.issues.invoice, "late");
    const since = async (time: string) => {
      const given = await tokenFor(other.url, 7001, undefined, now.getTime());
      const line = `GET ${repository}/issues/2/comments?since=${time}`;
      return bodies((await ask(other.url, line, { token: given })).json);
    };
    expect(await since("2026-03-01T12:00:10.900Z")).toEqual(["late"]);
    now = new Date("2026-03-01T12:00:20Z");
    world.editComment(dana, early, "early, edited");
    expect(await since("2026-03-01T12:00:15Z")).toEqual(["early, edited"]);
  });
});

describe("reactions", () => {
  test.each(["/issues/comments/40001/reactions", "/issues/1/reactions"])("on %s", async (path) => {
    const made = await request(`POST ${path}`, { content: "+1" });
    const again = await request(`POST ${path}`, { content: "+1" });
    expect([made.status, again.status]).toEqual([201, 200]);
    expect(idOf(again.json)).toBe(idOf(made.json));
    const other = await request(`POST ${path}`, { content: "confused" });
    expect(other.status).toBe(201);
    expect((await request(`GET ${path}`)).json).toHaveLength(2);
    expect((await request(`DELETE ${path}/${idOf(made.json)}`)).status).toBe(204);
    expect((await request(`DELETE ${path}/${idOf(made.json)}`)).status).toBe(404);
    expect((await request(`POST ${path}`, { content: "thumbsup" })).status).toBe(422);
    expect(github.deliveries).toEqual([]);
  });

  test("show up in the comment and the issue", async () => {
    await request("POST /issues/1/reactions", { content: "confused" });
    expect((await request("GET /issues/1")).json).toMatchObject({
      comments: 1,
      reactions: { total_count: 1, confused: 1, "+1": 0 },
    });
  });

  test.each([
    ["POST /issues/comments/1/reactions", 404],
    ["POST /issues/99/reactions", 404],
    ["DELETE /issues/1/reactions/1", 404],
  ])("%s is %i", async (line, status) => {
    const body = line.startsWith("POST") ? { content: "+1" } : undefined;
    expect((await request(line, body)).status).toBe(status);
  });

  test("of other people cannot be taken away", async () => {
    const { issues, people } = github.world.sample;
    github.world.react(people.pia, issues.login, "heart");
    const [reaction] = github.world.reactionsOf(issues.login);
    expect((await request(`DELETE /issues/1/reactions/${reaction?.id ?? 0}`)).status).toBe(403);
  });
});
