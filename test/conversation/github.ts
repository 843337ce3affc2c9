/** One installation of the app as a plain object that answers from memory and counts what it is asked. */
import { GoneError } from "../../src/github/errors.js";
import type { Installation, ReactionContent } from "../../src/github/github.js";

export interface FakeComment {
  readonly id: number;
  readonly body: string;
}

export interface FakeInstallation extends Installation {
  /** Names of the methods that were called, with what matters of their arguments. */
  readonly asked: readonly string[];
  readonly comments: readonly FakeComment[];
  readonly reactions: readonly { readonly id: number; readonly content: ReactionContent }[];
  /** Somebody deletes our comment. */
  lose(comment: number): void;
}

/** @param answers replaces single methods, for teams, owners and failures */
export function fakeInstallation(answers: Partial<Installation> = {}): FakeInstallation {
  const asked: string[] = [];
  const comments: { id: number; body: string }[] = [];
  const reactions: { id: number; content: ReactionContent }[] = [];
  let last = 100;
  const noted = <T>(what: string, answer: () => Promise<T>): Promise<T> => {
    asked.push(what);
    return answer();
  };
  return {
    asked,
    comments,
    reactions,
    lose: (id) =>
      void comments.splice(
        comments.findIndex((comment) => comment.id === id),
        1,
      ),
    permission: () => Promise.reject(new Error("nobody should ask for a permission")),
    readFile: () => Promise.reject(new Error("nobody should read a file")),
    commentText: () => Promise.reject(new Error("nobody should read a comment")),
    deleteComment: (_, id) =>
      noted(`deleteComment ${id}`, () => {
        const at = comments.findIndex((comment) => comment.id === id);
        if (at >= 0) comments.splice(at, 1);
        return Promise.resolve();
      }),
    organizationRole: (organization, login) =>
      noted(
        `organizationRole ${organization} ${login}`,
        () => answers.organizationRole?.(organization, login) ?? Promise.resolve("member"),
      ),
    isTeamMember: (organization, slug, login) =>
      noted(
        `isTeamMember ${organization}/${slug} ${login}`,
        () => answers.isTeamMember?.(organization, slug, login) ?? Promise.resolve(false),
      ),
    createComment: (issue, body) =>
      noted("createComment", () => {
        if (answers.createComment) return answers.createComment(issue, body);
        comments.push({ id: (last += 1), body });
        return Promise.resolve({ id: last });
      }),
    updateComment: (_, id, body) =>
      noted(`updateComment ${id}`, () => {
        const comment = comments.find((one) => one.id === id);
        if (comment === undefined) return Promise.reject(new GoneError("deleted"));
        comment.body = body;
        return Promise.resolve();
      }),
    lookAt: () => Promise.reject(new Error("nobody looks at issues here")),
    addLabels: () => Promise.reject(new Error("nobody should put labels on")),
    removeLabel: () => Promise.reject(new Error("nobody should take labels off")),
    findOwnComment: (_, marker) =>
      noted("findOwnComment", () => Promise.resolve(comments.findLast(({ body }) => body.includes(marker)))),
    react: (_, target, content) =>
      noted(`react ${content} on ${target.kind === "comment" ? target.id : "issue"}`, () => {
        reactions.push({ id: (last += 1), content });
        return Promise.resolve({ id: last });
      }),
    unreact: (_, __, id) =>
      noted(`unreact ${id}`, () => {
        reactions.splice(
          reactions.findIndex((reaction) => reaction.id === id),
          1,
        );
        return Promise.resolve();
      }),
  };
}
