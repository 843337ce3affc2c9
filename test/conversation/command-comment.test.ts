/** Comments of nothing but quick actions: which are deleted, and that no reply says so when they are not. */
import { expect, test } from "@jest/globals";
import { quickActionNames } from "../../src/commands/index.js";
import type { RepositoryConfig } from "../../src/config/config.js";
import { removeCommand } from "../../src/conversation/command-comment.js";
import type { CommentEvent, Repository } from "../../src/conversation/event.js";
import { RefusedError, RetryableError } from "../../src/github/errors.js";
import type { Installation } from "../../src/github/github.js";
import { createParser } from "../../src/quick-actions/index.js";
import type { CommentDeleted } from "../../src/replies/reply.js";
import type { Section } from "../../src/replies/section.js";
import { fakeInstallation } from "./github.js";
import { comment, groundOf } from "./ground.js";

const parser = createParser(quickActionNames);
const placed = { key: "k", line: 1, delivery: "d-1", action: "add_contacts" };
const ran: Section = { kind: "outcomes", ...placed, outcomes: [{ type: "added", contact: 1 }] };
const nothingRan: Section = { kind: "outcomes", ...placed, outcomes: [] };
const refused: Section = { kind: "refused", ...placed, missing: { where: "source", needed: "planner" } };

async function remove(
  event: CommentEvent,
  setting: RepositoryConfig["commandComments"],
  section = ran,
  answers: Partial<Pick<Installation, "deleteComment" | "commentText">> = {},
) {
  const deleted: number[] = [];
  const installation: Installation = {
    ...fakeInstallation(),
    commentText: answers.commentText ?? (() => Promise.resolve(event.text)),
    deleteComment: async (issue, id) => {
      await answers.deleteComment?.(issue, id);
      deleted.push(id);
    },
  };
  const ground = groundOf(
    { repository: "owner", source: "owner" },
    { commandComments: setting },
    installation,
  );
  const reason = await removeCommand(event, parser.parse(event.text), [section], ground);
  return { reason, deleted };
}

const address = "/add_contacts jane@acme.com";

test.each<[RepositoryConfig["commandComments"], Repository["visibility"], string, CommentDeleted]>([
  ["auto", "public", address, "address"],
  ["auto", "public", "/add_contacts jane＠acme.com", "address"],
  ["auto", "public", `${address}\n\n/contacts\n`, "address"],
  ["auto", "public", `Hi!\n${address}`, false],
  ["auto", "public", `${address}\n\n> and now?`, false],
  ["auto", "public", "/add_contacts [contact:1]", false],
  ["auto", "private", address, false],
  ["auto", "internal", address, false],
  ["keep", "public", address, false],
  ["delete", "public", address, "setting"],
  ["delete", "private", "/contacts", "setting"],
  ["delete", "private", "/contacts\nThanks.", false],
])("%s, %s: %j is deleted for: %s", async (setting, visibility, text, reason) => {
  expect(await remove(comment(text, visibility), setting)).toEqual({
    reason,
    deleted: reason === false ? [] : [4],
  });
});

test.each<[string, Section]>([
  ["nothing could run", nothingRan],
  ["all was refused", refused],
])("where %s it stays", async (_, section) => {
  expect(await remove(comment(address, "public"), "delete", section)).toEqual({ reason: false, deleted: [] });
});

test("an issue's body stays", async () => {
  const body: CommentEvent = { ...comment(address, "public"), source: { kind: "body" } };
  expect(await remove(body, "delete")).toEqual({ reason: false, deleted: [] });
});

test("where GitHub does not let us, nothing is claimed", async () => {
  const deleteComment = () => Promise.reject(new RefusedError("403", 403));
  expect(await remove(comment(address, "public"), "auto", ran, { deleteComment })).toEqual({
    reason: false,
    deleted: [],
  });
});

test("where GitHub does not answer, it is tried again later", async () => {
  const deleteComment = () => Promise.reject(new RetryableError("502"));
  await expect(remove(comment(address, "public"), "auto", ran, { deleteComment })).rejects.toThrow(
    RetryableError,
  );
});

test.each<[string, string | undefined, CommentDeleted]>([
  ["gone already", undefined, "address"],
  ["the same with other line ends", `${address}\r\n/contacts`, "address"],
  ["longer by now", `${address}\n/contacts\nAnd thanks!`, false],
  ["empty by now", "", false],
])("one that is %s", async (_, text, reason) => {
  const event = comment(`${address}\n/contacts`, "public");
  const { reason: given } = await remove(event, "auto", ran, { commentText: () => Promise.resolve(text) });
  expect(given).toBe(reason);
});
