/** News of issues in deliveries: whoever brings them, they are heard; and what is not news is not. */
import { describe, expect, test } from "@jest/globals";
import { createIssueNews } from "../../src/conversation/issue-news.js";
import { createAccept } from "../../src/intake/accept.js";
import { readPayload, type Incoming } from "../../src/intake/payloads.js";
import { payload, type PayloadName } from "../support/payloads.js";

const command = "/add_contacts jane@acme.com";
const reader = { appId: 29310, mayConcern: (text: string) => text.includes(command) };

/** A real payload of an issue, its fields and those of its sender changed. */
function read(name: PayloadName, change: object = {}, sender: object = {}, changes?: object): Incoming {
  const its = payload(name) as unknown as { readonly issue: object; readonly sender: object };
  const changed = { ...its, issue: { ...its.issue, ...change }, sender: { ...its.sender, ...sender } };
  const whole = { installation: { id: 7 }, ...changed, ...(changes && { changes }) };
  return readPayload("issues", "guid-1", whole, reader);
}

const edit = { body: { from: "Before" } };

describe("what is news", () => {
  test.each<readonly [string, Incoming, "changed" | "gone"]>([
    ["a new title", read("issues.edited", {}, {}, { title: { from: "Before" } }), "changed"],
    ["a new text without a quick action", read("issues.edited", { body: "Hello" }, {}, edit), "changed"],
    ["reopening", read("issues.reopened"), "changed"],
    ["what a bot does", read("issues.reopened", {}, { type: "Bot" }), "changed"],
    [
      "an issue of a bot",
      read("issues.reopened", { user: { id: 1, login: "b[bot]", type: "Bot" } }),
      "changed",
    ],
    ["a deletion", read("issues.deleted"), "gone"],
    ["a transfer", read("issues.transferred"), "gone"],
  ])("%s", (_, incoming, became) => {
    expect(incoming).toMatchObject({ kind: "issue", news: { became } });
  });

  test("a new text with a quick action is both news and a conversation", () => {
    const incoming = read("issues.edited", { body: command, title: "New" }, {}, edit);
    expect(incoming).toMatchObject({
      kind: "conversation",
      event: { text: command },
      news: { became: "changed", place: { issue: { title: "New" } } },
    });
  });

  test("time is GitHub's own, and the state is told", () => {
    const news = read("issues.reopened", { updated_at: "2026-03-01T12:00:00Z", state: "closed" });
    const issue = { changedAt: new Date("2026-03-01T12:00:00Z"), state: "closed" };
    expect(news).toMatchObject({ news: { place: { issue } } });
  });
});

test.each<readonly [string, Incoming, string]>([
  ["a new issue", read("issues.opened", { body: "Hello" }), "no quick action"],
  ["the far side of a transfer", read("issues.opened.by-transfer", { body: command }), "transfer"],
  ["an issue without a time", read("issues.reopened", { updated_at: undefined }), "payload"],
  ["an issue with a time that is none", read("issues.reopened", { updated_at: "soon" }), "payload"],
])("%s is no news", (_, incoming, why) => {
  expect(incoming).toEqual({ kind: "ignored", why });
});

describe("what is done with news", () => {
  const accept = async (incoming: Incoming) => {
    const heard: string[] = [];
    const nothing = () => Promise.resolve();
    await createAccept({
      inbox: { put: () => Promise.resolve(heard.push("stored")).then(() => "stored" as const) },
      accounts: { installed: nothing, renamed: nothing, forgetInstallation: nothing },
      loader: { invalidate: () => Promise.resolve() },
      issueNews: createIssueNews({
        refresh: ({ title, repositoryName }) =>
          Promise.resolve(void heard.push(`${repositoryName}: ${title}`)),
        forget: ({ number }) => Promise.resolve(void heard.push(`gone: ${number}`)),
      }),
      mayBeSecond: () => Promise.resolve(false),
      arrived: () => heard.push("arrived"),
    })(incoming);
    return heard;
  };

  test.each<readonly [string, Incoming, readonly string[]]>([
    ["a change", read("issues.reopened", { title: "Now" }), ["Codertocat/Hello-World: Now"]],
    ["a deletion", read("issues.deleted", { number: 12 }), ["gone: 12"]],
    [
      "an edit that asks for something",
      read("issues.edited", { body: command, title: "Now" }, {}, edit),
      ["Codertocat/Hello-World: Now", "stored", "arrived"],
    ],
  ])("%s", async (_, incoming, heard) => {
    expect(await accept(incoming)).toEqual(heard);
  });
});
