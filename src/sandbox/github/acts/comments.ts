/** Comments and reactions, by people or by the app. The app's own make webhooks too, as on GitHub. */
import { commentShape, issueShape } from "../shapes/issues.js";
import type { State } from "../state.js";
import type { Account, Comment, Issue, JsonObject, Reaction, ReactionContent } from "../records.js";
import { tickBox } from "./tasks.js";

export function addComment(state: State, author: Account, issue: Issue, body: string): Comment {
  const now = state.now();
  const comment: Comment = {
    id: state.counters.take("comment"),
    issue,
    author,
    body,
    viaApp: author === state.app.bot,
    createdAt: now,
    updatedAt: now,
  };
  state.comments.set(comment.id, comment);
  issue.updatedAt = now;
  tell(state, author, comment, "created", {});
  return comment;
}

/** By anyone with write access, not only by the author: the author stays who it was. */
export function editComment(state: State, editor: Account, comment: Comment, body: string): void {
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = state.now();
  if (from !== body) tell(state, editor, comment, "edited", { changes: { body: { from } } });
}

/** Ticks or unticks the n-th task box, from 1, by an edit of the text, as a click in GitHub's pages does. */
export function tick(state: State, person: Account, comment: Comment, n: number): void {
  editComment(state, person, comment, tickBox(comment.body, n));
}

export function deleteComment(state: State, account: Account, comment: Comment): void {
  state.comments.delete(comment.id);
  for (const reaction of state.reactionsOf(comment)) state.reactions.delete(reaction.id);
  tell(state, account, comment, "deleted", {});
}

/** Idempotent: the same content by the same account is one reaction. Makes no webhook. */
export function react(
  state: State,
  author: Account,
  target: Comment | Issue,
  content: ReactionContent,
): { readonly reaction: Reaction; readonly isNew: boolean } {
  const there = state.reactionsOf(target).find((one) => one.author === author && one.content === content);
  if (there) return { reaction: there, isNew: false };
  const id = state.counters.take("reaction");
  const reaction: Reaction = { id, target, content, author, createdAt: state.now() };
  state.reactions.set(id, reaction);
  return { reaction, isNew: true };
}

function tell(state: State, sender: Account, comment: Comment, action: string, more: JsonObject): void {
  state.announceIn(comment.issue.repository, "issue_comment", sender, {
    action,
    issue: issueShape(comment.issue, state),
    comment: commentShape(comment, state),
    ...more,
  });
}
