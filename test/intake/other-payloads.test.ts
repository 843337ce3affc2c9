/** What issues, pushes and installations mean to us, and that nothing GitHub could send does harm. */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Incoming } from "../../src/intake/payloads.js";
import { command, eventOf, ignored, payload, read, somebody, type Payload } from "./payload.js";

const opened = (change: Payload = {}) =>
  read("issues", payload("issues.opened", { issue: { body: command }, ...change }));
const issueEdited = (change: Payload = {}) =>
  read("issues", payload("issues.edited", { issue: { body: command }, ...change }));
const otherBot = somebody(91, "dependabot[bot]", "Bot");

describe("an issue", () => {
  test("that is opened is read like a comment", () => {
    const event = eventOf(opened());
    expect(event).toMatchObject({ type: "comment", source: { kind: "body" }, text: command });
    expect(event).not.toHaveProperty("previous");
  });

  test("whose text is edited tells what it said before", () => {
    const incoming = issueEdited({ changes: { body: { from: "Before." } } });
    expect(eventOf(incoming)).toMatchObject({ source: { kind: "body" }, text: command, previous: "Before." });
  });

  test("that had no text before it was edited had an empty one", () => {
    expect(eventOf(issueEdited({ changes: { body: { from: null } } }))).toMatchObject({ previous: "" });
  });

  test.each<[string, () => Incoming, string]>([
    ["opened without a text", () => opened({ issue: { body: null } }), "no quick action"],
    ["opened with other words", () => opened({ issue: { body: "It is broken." } }), "no quick action"],
    ["opened by a bot", () => opened({ sender: otherBot }), "bot"],
    [
      "written by a bot, opened by a person",
      () => opened({ issue: { body: command, user: otherBot } }),
      "bot",
    ],
    [
      "that came by transfer",
      () => read("issues", payload("issues.opened.by-transfer", { issue: { body: command } })),
      "transfer",
    ],
  ])("%s is ignored", (_, make, why) => {
    expect(make()).toEqual(ignored(why));
  });

  test.each<[string, () => Incoming, "changed" | "gone"]>([
    [
      "whose title only was edited",
      () => issueEdited({ changes: { title: { from: "Before" }, body: undefined } }),
      "changed",
    ],
    [
      "that was opened again",
      () => read("issues", payload("issues.reopened", { issue: { body: command } })),
      "changed",
    ],
    [
      "that went by transfer",
      () => read("issues", payload("issues.transferred", { issue: { body: command } })),
      "gone",
    ],
    [
      "that was deleted",
      () => read("issues", payload("issues.deleted", { issue: { body: command } })),
      "gone",
    ],
  ])("%s is news, and nothing is run", (_, make, became) => {
    expect(make()).toMatchObject({ kind: "issue", news: { became } });
  });
});

describe("a push", () => {
  const push = (ref: string, change: Payload = {}) => read("push", payload("push", { ref, ...change }));

  test("to the default branch may change the config", () => {
    expect(push("refs/heads/master")).toEqual({
      kind: "push",
      account: 21031067,
      repository: { id: 186853002, name: "Hello-World" },
    });
  });

  test.each(["refs/heads/main", "refs/tags/master", "master", "refs/heads/master/x", ""])(
    "to %p changes nothing",
    (ref) => {
      expect(push(ref)).toEqual(ignored("branch"));
    },
  );

  test("without an owner is ignored", () => {
    expect(push("refs/heads/master", { repository: { owner: null } })).toEqual(ignored("payload"));
  });
});

describe("an installation", () => {
  test.each<[string, Incoming]>([
    [
      "installation.created",
      {
        kind: "installed",
        account: { id: 21031067, login: "Codertocat", type: "User" },
        installation: 957387,
      },
    ],
    [
      "installation.unsuspend",
      {
        kind: "installed",
        account: { id: 21031067, login: "Codertocat", type: "User" },
        installation: 16598467,
      },
    ],
    ["installation.deleted", { kind: "uninstalled", account: 1, installation: 2 }],
    ["installation.suspend", { kind: "uninstalled", account: 21031067, installation: 16598467 }],
  ])("%s", (name, expected) => {
    expect(read("installation", payload(name))).toEqual(expected);
  });

  test("of an enterprise, which has no login, is ignored", () => {
    const account = { id: 1, slug: "acme" };
    const its = { ...payload("installation.created"), installation: { id: 5, account } };
    expect(read("installation", its)).toEqual(ignored("payload"));
  });
});

describe("nonsense is ignored and never thrown:", () => {
  const events = ["issue_comment", "issues", "push", "installation", "ping", "", "__proto__", "constructor"];

  const names = readdirSync(new URL("../../fixtures/payloads/", import.meta.url)).flatMap(
    (file) => /^(.*)\.json$/.exec(file)?.[1] ?? [],
  );
  test.each(names)("%s under any other name", (name) => {
    const others = events.filter((event) => event !== name.split(".")[0]);
    const kinds = others.map((event) => read(event, payload(name)).kind);
    // What is said to be about an issue, and holds one, is news of it; nobody has said anything, though.
    expect(kinds.filter((kind) => kind !== "ignored" && kind !== "issue")).toEqual([]);
  });

  test("any JSON under any name", () => {
    fc.assert(
      fc.property(fc.constantFrom(...events), fc.jsonValue(), (event, its) => {
        expect(read(event, its).kind).toBe("ignored");
      }),
    );
  });

  test("a payload with any one field changed to anything", () => {
    const base = payload("issue_comment.created", { comment: { body: command } });
    const path = fc.constantFrom(...pathsOf(base));
    fc.assert(
      fc.property(path, fc.oneof(fc.jsonValue(), fc.constant(undefined)), (where, value) => {
        const change = where.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Payload;
        expect(["conversation", "ignored"]).toContain(read("issue_comment", payloadWith(base, change)).kind);
      }),
      { numRuns: 300 },
    );
  });
});

/** Every place in the payload that we read, and its neighbours. */
function pathsOf(its: Payload): string[][] {
  return Object.entries(its).flatMap(([key, value]) => [
    [key],
    ...(typeof value === "object" && value !== null && !Array.isArray(value)
      ? pathsOf(value as Payload).map((rest) => [key, ...rest])
      : []),
  ]);
}

function payloadWith(base: Payload, change: Payload): Payload {
  const merged = Object.entries(change).map(([key, value]) => {
    const under = base[key];
    const both = [under, value].every(
      (its) => typeof its === "object" && its !== null && !Array.isArray(its),
    );
    return [key, both ? payloadWith(under as Payload, value as Payload) : value] as const;
  });
  return { ...base, ...Object.fromEntries(merged) };
}
