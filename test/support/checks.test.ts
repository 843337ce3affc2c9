/** The checks themselves: what is not as on GitHub is noticed. */
import { describe, expect, test } from "@jest/globals";
import { createSampleWorld } from "../../src/sandbox/github/index.js";
import type { Exchange } from "../../src/sandbox/github/index.js";
import { ask, tokenFor } from "../sandbox/github/asking.js";
import { checkedGitHub } from "./checked-github.js";
import { exchangeProblems } from "./openapi.js";
import { issueComment } from "./payloads.js";
import { webhookProblems } from "./webhook-schema.js";

/** A good exchange: a comment is made. */
async function recorded(): Promise<Exchange> {
  const github = await checkedGitHub(createSampleWorld());
  const token = await tokenFor(github.url, 7001);
  await ask(github.url, "POST /repos/acme/helpdesk/issues/1/comments", { token, body: { body: "x" } });
  await github.close();
  const exchange = github.requests.at(-1);
  if (!exchange) throw new Error("nothing was asked");
  return exchange;
}

/** The answer with other values; undefined takes a key out. */
const answer = ({ responseBody }: Exchange, values: object) => ({
  responseBody: JSON.stringify({ ...(JSON.parse(responseBody) as object), ...values }),
});

describe("an exchange", () => {
  test.each<readonly [string, (good: Exchange) => Partial<Exchange>, RegExp | undefined]>([
    ["as it was", () => ({}), undefined],
    ["without an id", (good) => answer(good, { id: undefined }), /required property 'id'/],
    ["a null user is fine", (good) => answer(good, { user: null }), undefined],
    ["a null id is not", (good) => answer(good, { id: null }), /integer/],
    ["an unknown status", () => ({ status: 299 }), /does not answer with this status/],
    ["an unknown path", () => ({ path: "/repos/acme/helpdesk/issues/1/remarks" }), /no operation/],
    ["an unknown method", () => ({ method: "PUT" }), /no operation/],
    ["a request without its text", () => ({ requestBody: {} }), /required property 'body'/],
    ["a request with a number for text", () => ({ requestBody: { body: 7 } }), /must be string/],
    ["a fault made on purpose", () => ({ isFault: true, path: "/nonsense" }), undefined],
    [
      "an error in GitHub's words",
      () => ({ status: 404, responseBody: '{"message":"Not Found"}' }),
      undefined,
    ],
    ["an error in other words", () => ({ status: 404, responseBody: '{"message":404}' }), /must be string/],
  ])("%s", async (_name, change, problem) => {
    const good = await recorded();
    const problems = exchangeProblems({ ...good, ...change(good) });
    if (problem) expect(problems.join("\n")).toMatch(problem);
    else expect(problems).toEqual([]);
  });
});

describe("a webhook", () => {
  test.each([
    ["an unknown event", "issue_remark", issueComment({ body: "x" }), /no webhook/],
    ["an event of another payload", "issues", issueComment({ body: "x" }), /no webhook issues-created/],
    ["no sender", "issue_comment", { ...issueComment({ body: "x" }), sender: undefined }, /sender/],
    [
      "a text that is none",
      "issue_comment",
      { ...issueComment({ body: "x" }), comment: { body: 1 } },
      /comment/,
    ],
  ])("%s", (_name, event, payload, problem) => {
    expect(webhookProblems(event, { ...payload }).join("\n")).toMatch(problem);
  });
});

test("close() complains about what did not fit", async () => {
  const github = await checkedGitHub(createSampleWorld());
  await ask(github.url, "GET /nonsense");
  await expect(github.close()).rejects.toThrow("GitHub has no operation GET /nonsense");
});
