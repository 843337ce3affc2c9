/** What comments mean to us: who is listened to, where, and what everything else is ignored for. */
import { describe, expect, test } from "@jest/globals";
import { command, eventOf, guid, ignored, payload, read, reader, somebody, type Payload } from "./payload.js";

const created = (change: Payload = {}) =>
  read("issue_comment", payload("issue_comment.created", { comment: { body: command }, ...change }));
const edited = (change: Payload = {}) =>
  read(
    "issue_comment",
    payload("issue_comment.edited", {
      comment: { body: command },
      changes: { body: { from: "Hello." } },
      ...change,
    }),
  );

const ourBot = somebody(90, "liaison[bot]", "Bot");
const otherBot = somebody(91, "dependabot[bot]", "Bot");
const pia = somebody(504, "pia");
const us = { id: reader.appId, slug: "liaison" };

describe("a comment", () => {
  test("becomes one event with who, where and what", () => {
    expect(created()).toEqual({
      kind: "conversation",
      event: {
        type: "comment",
        delivery: guid,
        place: {
          installation: 1,
          account: { id: 21031067, login: "Codertocat", type: "User" },
          repository: { id: 186853002, owner: "Codertocat", name: "Hello-World", visibility: "public" },
          issue: {
            number: 1,
            id: 444500041,
            nodeId: "MDU6SXNzdWU0NDQ1MDAwNDE=",
            title: "Spelling error in the README file",
            state: "open",
            isPullRequest: false,
            labels: ["bug"],
            changedAt: new Date("2019-05-15T15:20:21Z"),
          },
        },
        actor: { id: 21031067, login: "Codertocat" },
        source: { kind: "comment", id: 492700400 },
        text: command,
        writtenAt: "2019-05-15T15:20:21Z",
      },
    });
  });

  test("that was edited tells what it said before, and who edited it", () => {
    const event = eventOf(edited({ sender: pia }));
    expect(event).toMatchObject({ text: command, previous: "Hello.", actor: { id: 504, login: "pia" } });
  });

  test("whose quick action was taken back is listened to: the answer is to be mended", () => {
    const change = { comment: { body: "Never mind." }, changes: { body: { from: command } } };
    expect(eventOf(edited(change))).toMatchObject({ text: "Never mind.", previous: command });
  });

  test.each([
    ["null", { body: { from: null } }],
    ["nothing", { body: {} }],
  ])("that was edited from %s had no text before", (_, changes) => {
    const its = { ...payload("issue_comment.edited", { comment: { body: command } }), changes };
    expect(eventOf(read("issue_comment", its))).toMatchObject({ previous: "" });
  });

  test.each<[string, Payload]>([
    ["of somebody who left GitHub", { comment: { body: command, user: null } }],
    [
      "that a person wrote through an app of ours",
      { comment: { body: command, performed_via_github_app: us, user: pia }, sender: pia },
    ],
    [
      "that a person wrote through another app",
      { comment: { body: command, performed_via_github_app: { id: 7 } } },
    ],
    ["on an issue of somebody who left", { issue: { user: null } }],
    ["on an issue without a text", { issue: { body: null } }],
    ["with CRLF", { comment: { body: `Hello.\r\n${command}\r\n` } }],
    ["with a typing mistake in our name", { comment: { body: "/add_contcats jane@acme.com" } }],
  ])("%s is listened to", (_, change) => {
    expect(created(change).kind).toBe("conversation");
  });

  test.each<[string, Payload, string]>([
    ["without a quick action", { comment: { body: "Thanks!" } }, "no quick action"],
    ["without a text", { comment: { body: "" } }, "no quick action"],
    ["whose text is null", { comment: { body: null } }, "no quick action"],
    ["that was deleted", { action: "deleted" }, "action"],
    ["that something unheard of happened to", { action: "pinned" }, "action"],
    [
      "of our own",
      { comment: { performed_via_github_app: us, user: ourBot }, sender: ourBot },
      "own comment",
    ],
    ["of another bot", { comment: { user: otherBot }, sender: otherBot }, "bot"],
    ["of a bot, by a person's hand", { comment: { body: command, user: otherBot } }, "bot"],
    ["of a person, by a bot's hand", { sender: otherBot }, "bot"],
    ["where the app is not installed", { installation: undefined }, "payload"],
    ["of nobody", { sender: null }, "payload"],
    ["nowhere", { repository: undefined }, "payload"],
    ["on nothing", { issue: undefined }, "payload"],
  ])("%s is ignored", (_, change, why) => {
    expect(created(change)).toEqual(ignored(why));
  });

  test("that is deleted on GitHub is ignored as it comes", () => {
    expect(read("issue_comment", payload("issue_comment.deleted"))).toEqual(ignored("action"));
  });

  test("that was edited without a change of its text is ignored", () => {
    const its = { ...payload("issue_comment.edited", { comment: { body: command } }), changes: {} };
    expect(read("issue_comment", its)).toEqual(ignored("text unchanged"));
  });
});

test.each(["issue_comment.created", "issue_comment.edited", "issue_comment.deleted"])(
  "%s that comes as an event of its issue is ignored, for the name of an event is not signed",
  (name) => {
    expect(read("issues", payload(name, { comment: { body: command } }))).toEqual(ignored("payload"));
  },
);

describe("a comment of ours", () => {
  const own = { body: "- [x] Jane", performed_via_github_app: us, user: ourBot };

  test("that a person edits is a tick, whatever its text", () => {
    expect(eventOf(edited({ comment: own, sender: pia }))).toMatchObject({
      type: "tick",
      delivery: guid,
      actor: { id: 504, login: "pia" },
      comment: 492700400,
      text: "- [x] Jane",
      previous: "Hello.",
    });
  });

  test("is known by its marker where GitHub does not name the app", () => {
    const unnamed = {
      body: "Linked.\n\n<!-- liaison:reply:1:2:3:4 -->",
      performed_via_github_app: null,
      user: ourBot,
    };
    expect(eventOf(edited({ comment: unnamed, sender: pia })).type).toBe("tick");
  });

  test.each<[string, Payload, string]>([
    [
      "whose marker a person has pasted, without a quick action",
      { comment: { body: "<!-- liaison:reply:1:2:3:4 -->", user: pia }, sender: pia },
      "no quick action",
    ],
    [
      "whose marker another app has pasted",
      {
        comment: {
          body: "<!-- liaison:reply:1:2:3:4 -->",
          performed_via_github_app: { id: 7 },
          user: otherBot,
        },
        sender: pia,
      },
      "bot",
    ],
    ["that we edit ourselves", { comment: own, sender: ourBot }, "bot"],
    ["that another bot edits", { comment: own, sender: otherBot }, "bot"],
    ["that a person deletes", { action: "deleted", comment: own, sender: pia }, "own comment"],
    [
      "of another app",
      { comment: { ...own, performed_via_github_app: { id: 7 }, user: otherBot }, sender: pia },
      "bot",
    ],
  ])("%s is ignored", (_, change, why) => {
    expect(edited(change)).toEqual(ignored(why));
  });
});

describe("a comment that our app has made", () => {
  const { account, repository, issue } = eventOf(created()).place;
  const mark = (where = `${account.id}:${repository.id}:${issue.number}`) =>
    `<!-- liaison:reply:${where}:4 -->`;
  const ours = { body: `Linked.\n\n${mark()}`, performed_via_github_app: us, user: ourBot };

  test("is looked at: it may be the second of two", () => {
    const incoming = created({ comment: ours, sender: ourBot });
    expect(incoming).toMatchObject({
      kind: "posted",
      event: { type: "posted", delivery: guid, comment: 492700400, text: "" },
    });
    expect(incoming).toHaveProperty("event.reply", `${account.id}:${repository.id}:${issue.number}:4`);
  });

  test.each<[string, Payload, string]>([
    ["that has no mark", { ...ours, body: "Hello" }, "own comment"],
    ["whose mark is not at its end", { ...ours, body: `${mark()} and more` }, "own comment"],
    ["whose mark is of another issue", { ...ours, body: mark("1001:2001:77777") }, "own comment"],
    ["whose mark is of another account", { ...ours, body: mark(`9:${repository.id}:1`) }, "own comment"],
    ["that another app has made", { ...ours, performed_via_github_app: { id: 7 }, user: otherBot }, "bot"],
    ["of which GitHub names no app", { ...ours, performed_via_github_app: null }, "bot"],
  ])("%s is left alone", (_, comment, why) => {
    expect(created({ comment, sender: ourBot })).toEqual(ignored(why));
  });

  test("by a person who pasted the mark is an ordinary one", () => {
    const pasted = { body: mark(), performed_via_github_app: us, user: pia };
    expect(created({ comment: pasted, sender: pia })).toEqual(ignored("no quick action"));
  });
});

describe("visibility", () => {
  test.each<[string, boolean | undefined, string | undefined, string]>([
    ["public", false, "public", "public"],
    ["private", true, "private", "private"],
    ["internal", true, "internal", "internal"],
    ["contradictory: private, yet called public", true, "public", "private"],
    ["contradictory: not private, yet called internal", false, "internal", "public"],
    ["private, in an old payload", true, undefined, "private"],
    ["public, in an old payload", false, undefined, "public"],
    ["not told: as if public, which shows least", undefined, undefined, "public"],
    ["half told: as if public, which shows least", undefined, "private", "public"],
    ["something new", true, "secret", "private"],
  ])("%s", (_, isPrivate, visibility, expected) => {
    const event = eventOf(created({ repository: { private: isPrivate, visibility } }));
    expect(event.place.repository.visibility).toBe(expected);
  });
});

test.each<[string, Payload, boolean]>([
  ["an issue", {}, false],
  ["an issue, said so", { pull_request: null }, false],
  ["a pull request", { pull_request: { url: "https://api.github.com/repos/a/b/pulls/1" } }, true],
])("a comment on %s", (_, issue, isPullRequest) => {
  expect(eventOf(created({ issue })).place.issue.isPullRequest).toBe(isPullRequest);
});

test("a closed issue and an organization are seen as such", () => {
  const { place } = eventOf(
    created({ issue: { state: "closed" }, repository: { owner: { type: "Organization" } } }),
  );
  expect([place.issue.state, place.account.type]).toEqual(["closed", "Organization"]);
});
