/** Labels of the local GitHub over HTTP and by hand: what is made, what is refused, what is told. */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { createSampleWorld } from "../../../src/sandbox/github/index.js";
import type { SampleWorld } from "../../../src/sandbox/github/index.js";
import { checkedGitHub } from "../../support/checked-github.js";
import type { CheckedGitHub } from "../../support/checked-github.js";
import { ask, tokenFor } from "./asking.js";
import { expectTold, type Row } from "./telling.js";

let github: CheckedGitHub<SampleWorld>;
let token: string;

beforeEach(async () => {
  github = await checkedGitHub(createSampleWorld());
  token = await tokenFor(github.url, 7001);
});
afterEach(() => github.close());

const request = (line: string, body?: unknown) => {
  const [method = "", path = ""] = line.split(" ");
  return ask(github.url, `${method} /repos/acme/helpdesk/issues/${path}`, { token, body });
};
const names = (json: unknown) => (json as { name: string }[]).map(({ name }) => name);
const told = () =>
  github.deliveries.map(({ event, action, payload }) => {
    const { name } = payload.label as { name: string };
    return `${event}.${String(action)} ${name}`;
  });

test("labels are made by being put on, case ignored, and told one by one", async () => {
  expect(names((await request("POST 1/labels", { labels: ["a/b", "c d"] })).json)).toEqual(["a/b", "c d"]);
  expect(names((await request("POST 1/labels", { labels: ["C D", "e"] })).json)).toEqual(["a/b", "c d", "e"]);
  expect(names((await request("GET 1/labels")).json)).toEqual(["a/b", "c d", "e"]);
  expect((await request("GET 1")).json).toMatchObject({ labels: [{ name: "a/b" }, {}, { color: "ededed" }] });
  expect(names((await request("GET 2/labels")).json)).toEqual([]);
  expect(told()).toEqual(["issues.labeled a/b", "issues.labeled c d", "issues.labeled e"]);
});

test("one is taken off by its name, once", async () => {
  await request("POST 1/labels", { labels: ["a/b", "c"] });
  const removed = await request("DELETE 1/labels/A%2FB");
  expect([removed.status, names(removed.json)]).toEqual([200, ["c"]]);
  expect((await request("DELETE 1/labels/a%2Fb")).status).toBe(404);
  expect((await request("DELETE 2/labels/c")).status).toBe(404);
  expect(told().slice(2)).toEqual(["issues.unlabeled a/b"]);
});

test.each([
  ["none given", {}],
  ["an empty name", { labels: [""] }],
  ["a comma", { labels: ["Acme, Inc."] }],
  ["51 characters", { labels: ["€".repeat(51)] }],
  ["more than an issue can have", { labels: Array.from({ length: 101 }, (_, n) => `label ${n}`) }],
])("%s is refused, and nothing is told", async (_name, body) => {
  expect((await request("POST 1/labels", body)).status).toBe(422);
  expect(github.deliveries).toEqual([]);
});

test("50 characters are taken, whatever their bytes", async () => {
  expect((await request("POST 1/labels", { labels: ["€".repeat(50)] })).status).toBe(200);
});

test("a repository the token does not cover is out of reach", async () => {
  const { sam } = github.world.sample.people;
  const other = github.world.repository(sam, "blog", { visibility: "public" });
  github.world.openIssue(sam, other, "Hello");
  const line = "/repos/sam/blog/issues/1/labels";
  expect((await ask(github.url, `GET ${line}`, { token })).status).toBe(200);
  expect((await ask(github.url, `POST ${line}`, { token, body: { labels: ["a"] } })).status).toBe(403);
  expect((await ask(github.url, `DELETE ${line}/a`, { token })).status).toBe(403);
});

const rows: readonly Row[] = [
  {
    name: "by a person, twice the same",
    act: (world, issue) => {
      world.label(world.sample.people.dana, issue, "bug", "Bug");
      world.label(world.sample.people.dana, issue, "bug");
    },
    told: [
      [
        "issues.labeled",
        { label: { name: "bug" }, issue: { labels: [{ name: "bug" }] }, sender: { login: "dana" } },
      ],
    ],
  },
  {
    name: "taken off by a person; what is not there is not told",
    act: (world, issue) => {
      world.label(world.sample.people.dana, issue, "bug");
      world.unlabel(world.sample.people.dana, issue, "BUG");
      world.unlabel(world.sample.people.dana, issue, "bug");
    },
    told: [
      ["issues.labeled", {}],
      ["issues.unlabeled", { label: { name: "bug" }, issue: { labels: [] } }],
    ],
  },
  {
    name: "on a pull request: an event the app does not listen to",
    act: (world) => {
      const { sample } = world;
      const pull = world.openIssue(sample.people.dana, sample.helpdesk, "A change", null, {
        pullRequest: true,
      });
      world.label(sample.people.dana, pull, "bug");
      world.unlabel(sample.people.dana, pull, "bug");
    },
    told: [],
  },
];

test.each(rows)("$name", expectTold);
