/** Reactions on comments and on issues. Adding is idempotent: 201 the first time, 200 after that. */
import { react } from "../acts/comments.js";
import { reactionContents } from "../records.js";
import type { Comment, Issue, Token } from "../records.js";
import { reactionShape } from "../shapes/issues.js";
import { invalid, notFound, page, refuse, wholeNumber } from "./answers.js";
import { commentOf, issueOf, readable, writable } from "./reach.js";
import type { Answer, Question, Route } from "./route.js";

type Find = (question: Question, repository: ReturnType<typeof readable>) => Comment | Issue;

const onComment = "/repos/{owner}/{repo}/issues/comments/{comment}/reactions";
const onIssue = "/repos/{owner}/{repo}/issues/{number}/reactions";

export const reactionRoutes: readonly Route[] = [
  ...routes(onComment, commentOf),
  ...routes(onIssue, issueOf),
];

function routes(path: string, find: Find): readonly Route[] {
  return [
    { method: "GET", path, by: "installation", handle: (question, token) => list(question, token, find) },
    { method: "POST", path, by: "installation", handle: (question, token) => add(question, token, find) },
    {
      method: "DELETE",
      path: `${path}/{reaction}`,
      by: "installation",
      handle: (question, token) => remove(question, token, find),
    },
  ];
}

function list(question: Question, token: Token, find: Find): Answer {
  const target = find(question, readable(question, token));
  return page(question, question.world.reactionsOf(target), reactionShape);
}

function add(question: Question, token: Token, find: Find): Answer {
  const { world, body } = question;
  const target = find(question, writable(question, token));
  const content = reactionContents.find((one) => one === body.content);
  if (content === undefined) throw invalid("Reaction", "content", "content is not included in the list");
  const { reaction, isNew } = react(world, world.app.bot, target, content);
  return { status: isNew ? 201 : 200, body: reactionShape(reaction) };
}

function remove(question: Question, token: Token, find: Find): Answer {
  const { world, params } = question;
  const target = find(question, writable(question, token));
  const reaction = world.reactions.get(wholeNumber(params.reaction));
  if (reaction?.target !== target) throw notFound();
  if (reaction.author !== world.app.bot) throw refuse(403, "Resource not accessible by integration");
  world.reactions.delete(reaction.id);
  return { status: 204 };
}
