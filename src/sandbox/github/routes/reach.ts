/**
 * What a token reaches. Reading: the repositories its installation covers, and public ones
 * everywhere, as on GitHub. Writing: only those it covers. Everything else is 404, so that nobody
 * learns of private repositories by asking.
 */
import type { Comment, Issue, Repository, Token } from "../records.js";
import { notFound, refuse, Refusal, wholeNumber } from "./answers.js";
import type { Question } from "./route.js";

export function readable({ world, params }: Question, token: Token): Repository {
  const repository = world.findRepository(params.owner ?? "", params.repo ?? "");
  if (!repository) throw notFound();
  if (!covers(token, repository) && repository.visibility !== "public") throw notFound();
  return repository;
}

export function writable(question: Question, token: Token): Repository {
  const repository = readable(question, token);
  if (!covers(token, repository)) throw refuse(403, "Resource not accessible by integration");
  return repository;
}

/** @throws Refusal 410 for a deleted issue, 301 for one that moved away */
export function issueOf(question: Question, repository: Repository): Issue {
  const issue = question.world.findIssue(repository, wholeNumber(question.params.number));
  if (!issue) throw notFound();
  if (issue.deleted) throw refuse(410, "This issue was deleted");
  if (issue.movedTo) throw moved(question, issue.movedTo);
  return issue;
}

export function commentOf({ world, params }: Question, repository: Repository): Comment {
  const comment = world.comments.get(wholeNumber(params.comment));
  if (comment?.issue.repository !== repository) throw notFound();
  return comment;
}

function covers({ installation, repositories }: Token, repository: Repository): boolean {
  const chosen = installation.repositories;
  return (
    installation.account === repository.owner &&
    (chosen === "all" || chosen.has(repository.id)) &&
    (repositories === "all" || repositories.has(repository.id))
  );
}

function moved({ url }: Question, issue: Issue): Refusal {
  const { owner, name } = issue.repository;
  const location = `${url}/repos/${owner.login}/${name}/issues/${issue.number}`;
  return new Refusal({
    status: 301,
    headers: { location },
    body: { message: "Moved Permanently", url: location, documentation_url: "https://docs.github.com/rest" },
  });
}
