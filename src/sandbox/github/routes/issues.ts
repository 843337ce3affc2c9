/** Issues and their comments. */
import { addComment, deleteComment, editComment } from "../acts/comments.js";
import type { Comment, Token } from "../records.js";
import { commentShape, issueShape } from "../shapes/issues.js";
import { invalid, page, refuse } from "./answers.js";
import { commentOf, issueOf, readable, writable } from "./reach.js";
import type { Answer, Question, Route } from "./route.js";

/** GitHub counts characters, not bytes. */
const longest = 65_536;

export const issueRoutes: readonly Route[] = [
  { method: "GET", path: "/repos/{owner}/{repo}/issues/{number}", by: "installation", handle: getIssue },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/{number}/comments",
    by: "installation",
    handle: listComments,
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/issues/{number}/comments",
    by: "installation",
    handle: createComment,
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/comments/{comment}",
    by: "installation",
    handle: (question, token) => answer(200, question, commentOf(question, readable(question, token))),
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/issues/comments/{comment}",
    by: "installation",
    handle: updateComment,
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/issues/comments/{comment}",
    by: "installation",
    handle: removeComment,
  },
];

function getIssue(question: Question, token: Token): Answer {
  const issue = issueOf(question, readable(question, token));
  return { status: 200, body: issueShape(issue, question.world) };
}

/** Oldest first; `since` goes by the time of the last change. */
function listComments(question: Question, token: Token): Answer {
  const { world, query } = question;
  const issue = issueOf(question, readable(question, token));
  const since = Date.parse(query.get("since") ?? "1970-01-01T00:00:00Z");
  if (Number.isNaN(since)) throw invalid("IssueComment", "since", "since is not a time");
  // Times on GitHub have no fractions: a comment of the same second counts.
  const wholeSecond = Math.floor(since / 1000) * 1000;
  const listed = world.commentsOf(issue).filter(({ updatedAt }) => updatedAt.getTime() >= wholeSecond);
  return page(question, listed, (comment) => commentShape(comment, world));
}

function createComment(question: Question, token: Token): Answer {
  const { world } = question;
  const issue = issueOf(question, writable(question, token));
  const text = commentText(question);
  if (issue.locked) throw refuse(403, "Unable to create comment because issue is locked.");
  const comment = addComment(world, world.app.bot, issue, text);
  return answer(201, question, comment);
}

function updateComment(question: Question, token: Token): Answer {
  const { world } = question;
  const comment = commentOf(question, writable(question, token));
  editComment(world, world.app.bot, comment, commentText(question));
  return answer(200, question, comment);
}

function removeComment(question: Question, token: Token): Answer {
  const { world } = question;
  deleteComment(world, world.app.bot, commentOf(question, writable(question, token)));
  return { status: 204 };
}

function commentText({ body: { body } }: Question): string {
  if (typeof body !== "string") throw refuse(422, 'Invalid request.\n\n"body" wasn\'t supplied.');
  if (body.trim() === "") throw invalid("IssueComment", "body", "body can't be blank");
  if (Array.from(body).length > longest)
    throw invalid("IssueComment", "body", `body is too long (maximum is ${longest} characters)`);
  return body;
}

function answer(status: number, { world }: Question, comment: Comment): Answer {
  return { status, body: commentShape(comment, world) };
}
