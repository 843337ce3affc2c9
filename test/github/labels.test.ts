/** What adding and removing labels sends to GitHub, what is repeated, and what is never sent. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { GoneError, RefusedError } from "../../src/github/errors.js";
import { githubAt, ISSUE, startScriptedServer } from "./scripted-server.js";
import type { Reply, ScriptedServer } from "./scripted-server.js";

const LABELS = "/repos/acme/helpdesk/issues/12/labels";

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.close());

const installation = () => githubAt(server.url).installation(5);
const sent = () => server.questions().map(({ method, path }) => `${method} ${path}`);

test("several are added by one request", async () => {
  server.on(`POST ${LABELS}`, { status: 200, json: [] });
  await installation().addLabels(ISSUE, ["customer: Acme", "customer: Zoë"]);
  expect(sent()).toEqual([`POST ${LABELS}`]);
  expect(server.questions()[0]?.body).toEqual({ labels: ["customer: Acme", "customer: Zoë"] });
});

test.each<[string, string, string, Reply]>([
  ["plain", "customer", "customer", { status: 200, json: [] }],
  ["with a slash, a space and a question mark", "a/b c?", "a%2Fb%20c%3F", { status: 200, json: [] }],
  ["with dots", "..a", "..a", { status: 200, json: [] }],
  ["that is not there", "gone", "gone", { status: 404, json: {} }],
  ["of a deleted issue", "gone", "gone", { status: 410, json: {} }],
])("one %s is removed", async (_name, label, path, reply) => {
  server.on(`DELETE ${LABELS}/${path}`, reply);
  await installation().removeLabel(ISSUE, label);
  expect(sent()).toEqual([`DELETE ${LABELS}/${path}`]);
});

test("both are repeated after a lost answer", async () => {
  server.on(`POST ${LABELS}`, { status: 502, json: {} }, { status: 200, json: [] });
  server.on(`DELETE ${LABELS}/a`, "reset", { status: 200, json: [] });
  await installation().addLabels(ISSUE, ["a"]);
  await installation().removeLabel(ISSUE, "a");
  expect(sent()).toEqual([
    ...Array<string>(2).fill(`POST ${LABELS}`),
    ...Array<string>(2).fill(`DELETE ${LABELS}/a`),
  ]);
});

describe("a name that would mean all labels of the issue is never sent:", () => {
  test.each(["", " ", ".", "..", ". .", "\n"])("%j", async (label) => {
    await expect(installation().removeLabel(ISSUE, label)).rejects.toBeInstanceOf(RefusedError);
    await expect(installation().addLabels(ISSUE, ["a", label])).rejects.toBeInstanceOf(RefusedError);
    expect(server.asked).toHaveLength(0);
  });
});

test.each<[string, Reply, typeof RefusedError | typeof GoneError]>([
  ["what GitHub refuses", { status: 422, json: {} }, RefusedError],
  ["what we may not", { status: 403, json: {} }, RefusedError],
  ["a deleted issue", { status: 410, json: {} }, GoneError],
])("adding: %s", async (_name, reply, error) => {
  server.on(`POST ${LABELS}`, reply);
  await expect(installation().addLabels(ISSUE, ["a"])).rejects.toBeInstanceOf(error);
});

test("a repository no one can have is gone", async () => {
  const issue = { repository: { id: 1, owner: "a/b", name: "c" }, number: 1 };
  await expect(installation().addLabels(issue, ["a"])).rejects.toBeInstanceOf(GoneError);
  await expect(installation().removeLabel(issue, "a")).rejects.toBeInstanceOf(GoneError);
  expect(server.asked).toHaveLength(0);
});
