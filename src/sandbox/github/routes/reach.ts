/**
 * What a token reaches. Reading: the repositories its installation covers, and public ones
 * everywhere, as on GitHub. Writing: only those it covers. Everything else is 404, so that nobody
 * learns of private repositories by asking.
 */
import type { Comment, Issue, Repository, Token } from "../records.js";
import { notFound, refuse, Refusal, wholeNumber } from "./answers.js";
import type { Question } from "./route.js";

/** @throws Refusal 404, or a redirect where the repository has another name now */
export function readable(question: Question, token: Token): Repository {
  const { world, params } = question;
  const [owner, name] = [params.owner ?? "", params.repo ?? ""];
  const found = world.findRepository(owner, name);
  const repository = found ?? world.findFormerRepository(owner, name);
  if (!repository) throw notFound();
  if (!covers(token, repository) && repository.visibility !== "public") throw notFound();
  if (found) return found;
  const rest = question.path.split("/").slice(4).join("/");
  // 307 makes clients repeat a write as it was, with its body.
  const status = question.method === "GET" ? 301 : 307;
  throw redirect(question, status, `/repositories/${repository.id}/${rest}`.replace(/\/$/, ""));
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
  if (issue.movedTo) {
    const { number, repository: there } = issue.movedTo;
    throw redirect(question, 301, `/repositories/${there.id}/issues/${number}`);
  }
  return issue;
}

export function commentOf({ world, params }: Question, repository: Repository): Comment {
  const comment = world.comments.get(wholeNumber(params.comment));
  if (comment?.issue.repository !== repository) throw notFound();
  return comment;
}

export function covers({ installation, repositories }: Token, repository: Repository): boolean {
  const chosen = installation.repositories;
  return (
    installation.account === repository.owner &&
    (chosen === "all" || chosen.has(repository.id)) &&
    (repositories === "all" || repositories.has(repository.id))
  );
}

function redirect({ url }: Question, status: 301 | 307, path: string): Refusal {
  const message = status === 301 ? "Moved Permanently" : "Temporary Redirect";
  const [location, documentation] = [url + path, "https://docs.github.com/rest"];
  return new Refusal({
    status,
    headers: { location },
    body: { message, url: location, documentation_url: documentation },
  });
}
