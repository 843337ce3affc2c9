/** Labels of an issue. Adding takes a list and answers with all that are on the issue then. */
import { addLabels, removeLabel } from "../acts/labels.js";
import type { Issue, Token } from "../records.js";
import { labelShape } from "../shapes/issues.js";
import { invalid, page, refuse } from "./answers.js";
import { issueOf, readable, writable } from "./reach.js";
import type { Answer, Question, Route } from "./route.js";

/** Of a name, in characters. */
const longest = 50;
/** On one issue. */
const most = 100;

const path = "/repos/{owner}/{repo}/issues/{number}/labels";

export const labelRoutes: readonly Route[] = [
  { method: "GET", path, by: "installation", handle: list },
  { method: "POST", path, by: "installation", handle: add },
  { method: "DELETE", path: `${path}/{name}`, by: "installation", handle: remove },
];

function list(question: Question, token: Token): Answer {
  const issue = issueOf(question, readable(question, token));
  return page(question, [...issue.labels], (label) => labelShape(label, issue));
}

function add(question: Question, token: Token): Answer {
  const { world } = question;
  const issue = issueOf(question, writable(question, token));
  addLabels(world, world.app.bot, issue, labelNames(question, issue));
  return answer(issue);
}

function remove(question: Question, token: Token): Answer {
  const { world, params } = question;
  const issue = issueOf(question, writable(question, token));
  if (!removeLabel(world, world.app.bot, issue, params.name ?? "")) throw refuse(404, "Label does not exist");
  return answer(issue);
}

const answer = (issue: Issue): Answer => ({
  status: 200,
  body: [...issue.labels].map((label) => labelShape(label, issue)),
});

function labelNames({ body: { labels } }: Question, issue: Issue): readonly string[] {
  if (!Array.isArray(labels)) throw refuse(422, 'Invalid request.\n\n"labels" wasn\'t supplied.');
  const names = labels.map(String);
  for (const name of names) {
    if (name.trim() === "") throw invalid("Label", "name", "name can't be blank");
    if (name.includes(",")) throw invalid("Label", "name", "name can't contain commas");
    if (Array.from(name).length > longest)
      throw invalid("Label", "name", `name is too long (maximum is ${longest} characters)`);
  }
  if (issue.labels.size + names.length > most)
    throw invalid("Issue", "labels", `labels cannot be more than ${most}`);
  return names;
}
