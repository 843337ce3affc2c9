/** The fixtures and what the builders make of them fit GitHub's schema, and change nothing else. */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import {
  deletedComment,
  editedComment,
  editedIssue,
  issueComment,
  openedIssue,
  payload,
  pushed,
} from "./payloads.js";
import type { PayloadName } from "./payloads.js";
import { webhookProblems } from "./webhook-schema.js";

const files = readdirSync(new URL("../../fixtures/payloads/", import.meta.url))
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length) as PayloadName);

const eventOf = (name: string) => name.split(".")[0] ?? "";

const place = {
  installation: 7,
  repository: { id: 8, owner: { id: 9, login: "acme", type: "Organization" }, name: "helpdesk" },
  visibility: "internal",
  issue: { id: 10, number: 11, title: "Title" },
  isPullRequest: true,
} as const;
const pia = { id: 12, login: "pia" };
const bot = { id: 13, login: "liaison[bot]", type: "Bot" } as const;

describe("fixtures", () => {
  test.each(files)("%s", (name) => {
    const real = payload(name);
    expect(webhookProblems(eventOf(name), { ...real })).toEqual([]);
    expect(real).toMatchObject({ installation: { id: expect.any(Number) } });
    const action = name.split(".")[1];
    expect("action" in real ? real.action : undefined).toBe(action);
  });
});

describe("builders", () => {
  test.each([
    ["issue_comment", issueComment({ ...place, body: "b", id: 14, author: bot, sender: pia, viaApp: 99 })],
    ["issue_comment", editedComment({ ...place, body: "b", previous: "a", author: bot, sender: pia })],
    ["issue_comment", editedComment({ body: "b", previous: null })],
    ["issue_comment", deletedComment({ ...place, body: "b", author: pia })],
    ["issues", openedIssue({ ...place, body: null, author: pia })],
    ["issues", openedIssue({ ...place, body: "b", byTransfer: true })],
    ["issues", editedIssue({ ...place, body: "b", previous: "a" })],
    ["issues", editedIssue({ ...place, body: "b" })],
    ["push", pushed({ ...place, paths: [".github/liaison.yml"] })],
  ])("%s %#", (event, made) => {
    expect(webhookProblems(event, { ...made })).toEqual([]);
  });

  test("put in what the test is about", () => {
    const made = issueComment({ ...place, body: "b", id: 14, author: bot, sender: pia, viaApp: 99 });
    expect(made).toMatchObject({
      installation: { id: 7 },
      repository: {
        id: 8,
        full_name: "acme/helpdesk",
        private: true,
        visibility: "internal",
        owner: { id: 9 },
      },
      issue: { id: 10, number: 11, title: "Title", pull_request: {} },
      comment: { id: 14, body: "b", user: { login: "liaison[bot]", type: "Bot" } },
      sender: { id: 12, login: "pia", type: "User" },
    });
    expect(made.comment.performed_via_github_app).toMatchObject({ id: 99 });
  });

  test("leave alone what it is not about", () => {
    const real = payload("issue_comment.created");
    const made = issueComment({ body: "b" });
    expect(made).toEqual({ ...real, comment: { ...real.comment, body: "b" } });
  });

  test("give each caller a copy", () => {
    issueComment({ body: "mine" }).comment.body = "changed";
    expect(payload("issue_comment.created").comment.body).toMatch(/^You are totally right/);
  });
});
