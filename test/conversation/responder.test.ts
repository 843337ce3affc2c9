/** Saying it once: one comment and one reaction, whatever was deleted, crashed or repeated in between. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createReplyStore, writtenByOne, type ReplyStore } from "../../src/conversation/reply-store.js";
import { respond, type Answer } from "../../src/conversation/responder.js";
import { GoneError, RefusedError, RetryableError } from "../../src/github/errors.js";
import type { Installation } from "../../src/github/github.js";
import { digestWithoutTicks } from "../../src/replies/boxes.js";
import { replyMarker } from "../../src/replies/reply.js";
import type { Section } from "../../src/replies/section.js";
import { schema } from "../../src/store/documents.js";
import { engines, type OpenedStore } from "../support/stores.js";
import { fakeInstallation } from "./github.js";

const id = "1:2:3:4";
const now = () => new Date("2026-01-01T12:00:00Z");
const text = (words: string): string => `${words}\n\n${replyMarker(id)}`;

const section: Section = {
  kind: "outcomes",
  key: "k",
  line: 1,
  delivery: "d-1",
  action: "add_contacts",
  outcomes: [{ type: "added", contact: 1 }],
};

const answer = (delivery: string, more: Partial<Answer> = {}): Answer => ({
  id,
  account: 1,
  delivery,
  issue: { repository: { id: 2, owner: "acme", name: "helpdesk" }, number: 3 },
  sections: [section],
  source: { account: 1, group: "" },
  commentDeleted: false,
  body: text("Linked contact 1."),
  reaction: undefined,
  target: { kind: "comment", id: 4 },
  ...more,
});

describe.each(engines())("on the $name engine", (engine) => {
  let opened: OpenedStore;
  let replies: ReplyStore;
  beforeEach(async () => {
    opened = await engine.open(schema, "responder");
    replies = createReplyStore(opened.store, now);
  });
  afterEach(() => opened.destroy());

  const say = async (installation: Installation, given: Answer) =>
    respond(given, await replies.find(id), installation, replies, now);

  test("the first answer is posted, written down and found by its comment", async () => {
    const github = fakeInstallation();
    await say(github, answer("d-1"));
    expect(github.asked).toEqual(["createComment"]);
    expect(github.comments).toEqual([{ id: 101, body: text("Linked contact 1.") }]);
    const stored = await replies.findByComment(1, 101);
    expect(stored).toMatchObject({
      _id: id,
      comment: 101,
      answered: "d-1",
      digest: digestWithoutTicks(text("Linked contact 1.")),
      source: { account: 1, group: "" },
    });
    expect(stored).not.toHaveProperty("postingSince");
    expect(stored).not.toHaveProperty("reaction");
  });

  test("the next answer rewrites it", async () => {
    const github = fakeInstallation();
    await say(github, answer("d-1"));
    await say(github, answer("d-2", { body: text("Unlinked contact 1.") }));
    expect(github.asked).toEqual(["createComment", "updateComment 101"]);
    expect(github.comments).toEqual([{ id: 101, body: text("Unlinked contact 1.") }]);
    expect(await replies.find(id)).toMatchObject({
      answered: "d-2",
      digest: digestWithoutTicks(text("Unlinked contact 1.")),
    });
  });

  test("a reply that somebody deleted is posted anew", async () => {
    const github = fakeInstallation();
    await say(github, answer("d-1"));
    github.lose(101);
    await say(github, answer("d-2"));
    await say(github, answer("d-3", { body: text("Unlinked contact 1.") }));
    expect(github.asked).toEqual([
      "createComment",
      "updateComment 101",
      "createComment",
      "updateComment 102",
    ]);
    expect(github.comments).toEqual([{ id: 102, body: text("Unlinked contact 1.") }]);
    expect(await replies.findByComment(1, 101)).toBeUndefined();
    expect(await replies.findByComment(1, 102)).toMatchObject({ answered: "d-3" });
  });

  describe("after a crash", () => {
    test("behind the POST the comment is found by its marker, not doubled", async () => {
      const github = fakeInstallation();
      const dying: Installation = {
        ...github,
        async createComment(issue, body) {
          await github.createComment(issue, body);
          throw new RetryableError("the answer was lost");
        },
      };
      await expect(say(dying, answer("d-1"))).rejects.toThrow(RetryableError);
      const between = await replies.find(id);
      expect(between?.postingSince).toEqual(now());
      expect(between).not.toHaveProperty("answered");
      await say(github, answer("d-1"));
      expect(github.asked).toEqual(["createComment", "findOwnComment", "updateComment 101"]);
      expect(github.comments).toHaveLength(1);
      expect(await replies.find(id)).toMatchObject({ comment: 101, answered: "d-1" });
    });

    test("before the POST it is looked for and posted", async () => {
      const github = fakeInstallation();
      const down: Installation = {
        ...github,
        createComment: () => Promise.reject(new RetryableError("502")),
      };
      await expect(say(down, answer("d-1"))).rejects.toThrow(RetryableError);
      await say(github, answer("d-1"));
      expect(github.asked).toEqual(["findOwnComment", "createComment"]);
      expect(github.comments).toHaveLength(1);
    });

    test("of two tries the first one's time counts", async () => {
      const github = fakeInstallation();
      const since: Date[] = [];
      const down: Installation = {
        ...github,
        createComment: () => Promise.reject(new RetryableError("502")),
        findOwnComment: (_, __, time) => (since.push(time), Promise.resolve(undefined)),
      };
      await expect(say(down, answer("d-1"))).rejects.toThrow(RetryableError);
      const later = () => new Date("2026-01-01T13:00:00Z");
      await expect(respond(answer("d-1"), await replies.find(id), down, replies, later)).rejects.toThrow();
      expect((await replies.find(id))?.postingSince).toEqual(now());
      expect(since).toEqual([now()]);
    });

    test("behind the comment, before the reaction: neither is doubled", async () => {
      const github = fakeInstallation();
      const down: Installation = { ...github, react: () => Promise.reject(new RetryableError("502")) };
      const trouble = answer("d-1", { reaction: "confused" });
      await expect(say(down, trouble)).rejects.toThrow(RetryableError);
      await say(github, trouble);
      expect(github.comments).toHaveLength(1);
      expect(github.reactions.map(({ content }) => content)).toEqual(["confused"]);
    });
  });

  describe("of two that answer the same delivery, the one that comes second gives up before it posts", () => {
    test.each<[string, boolean]>([
      ["when nothing was said yet", false],
      ["when it is about an edit", true],
    ])("%s", async (_, edited) => {
      const github = fakeInstallation();
      if (edited) await say(github, answer("d-0"));
      if (edited) github.lose(101); // so that either of them would post
      const [first, second] = [writtenByOne(replies), writtenByOne(replies)];
      const [read, alsoRead] = [await first.find(id), await second.find(id)];
      await respond(answer("d-1"), read, github, first, now);
      const posted = github.comments.length;
      await expect(respond(answer("d-1"), alsoRead, github, second, now)).rejects.toThrow(RetryableError);
      expect(github.comments).toHaveLength(posted);
      expect(await replies.find(id)).toMatchObject({ answered: "d-1", comment: github.comments[0]?.id });
    });

    test("and who reads afterwards goes on from there", async () => {
      const github = fakeInstallation();
      const one = writtenByOne(replies);
      await respond(answer("d-1"), await one.find(id), github, one, now);
      const other = writtenByOne(replies);
      await respond(answer("d-2"), await other.findByComment(1, 101), github, other, now);
      expect(github.asked).toEqual(["createComment", "updateComment 101"]);
      expect(await replies.find(id)).toMatchObject({ answered: "d-2" });
    });

    test("also where a reply was kept before its writes were counted", async () => {
      const github = fakeInstallation();
      await say(github, answer("d-0"));
      await opened.store.collection("replies").updateOne({ _id: id }, { $unset: { version: true } });
      const one = writtenByOne(replies);
      await respond(answer("d-1"), await one.find(id), github, one, now);
      expect(await replies.find(id)).toMatchObject({ answered: "d-1", version: 1 });
    });
  });

  describe("the reaction", () => {
    test.each<[string, readonly Answer["reaction"][], readonly string[]]>([
      ["is set", ["confused"], ["react confused on 4"]],
      ["is left as it is", ["confused", "confused"], ["react confused on 4"]],
      ["is exchanged", ["confused", "+1"], ["react confused on 4", "unreact 101", "react +1 on 4"]],
      ["is taken back", ["confused", undefined], ["react confused on 4", "unreact 101"]],
      ["comes late", [undefined, "+1"], ["react +1 on 4"]],
      ["comes back", ["+1", undefined, "+1"], ["react +1 on 4", "unreact 101", "react +1 on 4"]],
    ])("%s", async (_, reactions, asked) => {
      const github = fakeInstallation();
      for (const [n, reaction] of reactions.entries()) {
        await say(github, answer(`d-${n}`, { body: undefined, reaction }));
      }
      expect(github.asked).toEqual(asked);
      const last = reactions.at(-1);
      expect(github.reactions.map(({ content }) => content)).toEqual(last === undefined ? [] : [last]);
      expect((await replies.find(id))?.reaction?.content).toBe(last);
    });

    test("on a body goes to the issue", async () => {
      const github = fakeInstallation();
      await say(github, answer("d-1", { reaction: "confused", target: { kind: "issue" } }));
      expect(github.asked).toEqual(["createComment", "react confused on issue"]);
    });

    test("goes nowhere when the comment is gone", async () => {
      const github = fakeInstallation();
      const gone = answer("d-1", { reaction: "confused", target: undefined, commentDeleted: "address" });
      await say(github, gone);
      expect(github.asked).toEqual(["createComment"]);
      const stored = await replies.find(id);
      expect(stored).toMatchObject({ commentDeleted: "address" });
      expect(stored).not.toHaveProperty("reaction");
    });
  });

  test.each([
    ["refused", new RefusedError("403", 403)],
    ["for something that is gone", new GoneError("404")],
  ])("a reaction that is %s is left out, the answer stands", async (_, error) => {
    const github = fakeInstallation();
    const strict: Installation = { ...github, react: () => Promise.reject(error) };
    await say(strict, answer("d-1", { reaction: "confused" }));
    const stored = await replies.find(id);
    expect(stored).toMatchObject({ comment: 101, answered: "d-1" });
    expect(stored).not.toHaveProperty("reaction");
  });

  test("a comment that was posted and not written down goes, too, when nothing is left to say", async () => {
    const github = fakeInstallation();
    await github.createComment(answer("d-1").issue, text("Linked contact 1."));
    await replies.save(id, 1, { sections: [section], postingSince: now() });
    await say(github, answer("d-2", { sections: [], body: undefined }));
    expect(github.comments).toEqual([]);
    expect((await replies.find(id))?.postingSince).toBeUndefined();
  });

  test("when nothing is left to say, comment and reaction go, and later ones come anew", async () => {
    const github = fakeInstallation();
    await say(github, answer("d-1", { reaction: "confused" }));
    await say(github, answer("d-2", { sections: [], reaction: "confused" }));
    expect([github.comments, github.reactions]).toEqual([[], []]);
    const stored = await replies.find(id);
    expect(stored).toMatchObject({ sections: [], answered: "d-2" });
    expect(stored).not.toHaveProperty("comment");
    await say(github, answer("d-3"));
    expect(github.comments.map(({ body }) => body)).toEqual([text("Linked contact 1.")]);
  });

  test("a reaction that says enough posts nothing, and still counts as an answer", async () => {
    const github = fakeInstallation();
    await say(github, answer("d-1", { body: undefined, reaction: "+1" }));
    expect(github.comments).toEqual([]);
    const stored = await replies.find(id);
    expect(stored).toMatchObject({ answered: "d-1", reaction: { content: "+1" } });
    expect(stored).not.toHaveProperty("comment");
    expect(stored).not.toHaveProperty("postingSince");
  });
});
