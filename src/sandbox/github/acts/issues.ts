/** The life of an issue: opened, edited, closed, reopened, deleted, moved to another repository. */
import { issueShape } from "../shapes/issues.js";
import { repositoryShape } from "../shapes/repositories.js";
import type { State } from "../state.js";
import type { Account, Issue, JsonObject, Person, Repository } from "../records.js";

export function openIssue(
  state: State,
  person: Person,
  repository: Repository,
  text: { readonly title: string; readonly body: string | null; readonly pullRequest: boolean },
): Issue {
  const issue = addIssue(state, person, repository, text);
  // A pull request's own event is one the app does not listen to.
  if (!issue.isPullRequest) tell(state, person, issue, "opened", {});
  return issue;
}

export function editIssue(
  state: State,
  person: Person,
  issue: Issue,
  change: { readonly title?: string; readonly body?: string },
): void {
  const changes: { title?: { from: string }; body?: { from: string } } = {};
  if (change.title !== undefined) changes.title = { from: issue.title };
  if (change.body !== undefined) changes.body = { from: issue.body ?? "" };
  issue.title = change.title ?? issue.title;
  issue.body = change.body ?? issue.body;
  issue.updatedAt = state.now();
  tell(state, person, issue, "edited", { changes });
}

export function closeIssue(state: State, person: Person, issue: Issue): void {
  issue.closedAt = issue.updatedAt = state.now();
  tell(state, person, issue, "closed", {});
}

export function reopenIssue(state: State, person: Person, issue: Issue): void {
  issue.closedAt = undefined;
  issue.updatedAt = state.now();
  tell(state, person, issue, "reopened", {});
}

/** From now on the API answers 410 for it. */
export function deleteIssue(state: State, person: Person, issue: Issue): void {
  tell(state, person, issue, "deleted", {});
  for (const comment of state.commentsOf(issue)) state.comments.delete(comment.id);
  issue.deleted = true;
}

/** Ids and number change, the comments go along without events of their own, and both sides are told. */
export function transferIssue(state: State, person: Person, issue: Issue, to: Repository): Issue {
  if (issue.repository.owner !== to.owner) throw new Error("Issues move only within one account.");
  const { author, title, body, isPullRequest } = issue;
  const moved = addIssue(state, author, to, { title, body, pullRequest: isPullRequest });
  const old = { issue: issueShape(issue, state), repository: repositoryShape(issue.repository, state) };
  for (const comment of state.commentsOf(issue)) comment.issue = moved;
  const fresh = { issue: issueShape(moved, state), repository: repositoryShape(to, state) };
  state.announceIn(issue.repository, "issues", person, {
    action: "transferred",
    ...old,
    changes: { new_issue: fresh.issue, new_repository: fresh.repository },
  });
  issue.movedTo = moved;
  tell(state, person, moved, "opened", {
    changes: { old_issue: old.issue, old_repository: old.repository },
  });
  return moved;
}

function addIssue(
  state: State,
  author: Account,
  repository: Repository,
  text: { readonly title: string; readonly body: string | null; readonly pullRequest: boolean },
): Issue {
  const now = state.now();
  repository.lastIssue += 1;
  const issue: Issue = {
    id: state.counters.take("issue"),
    number: repository.lastIssue,
    repository,
    title: text.title,
    body: text.body,
    author,
    isPullRequest: text.pullRequest,
    createdAt: now,
    updatedAt: now,
    closedAt: undefined,
    locked: false,
    labels: new Set(),
    deleted: false,
    movedTo: undefined,
  };
  state.issues.push(issue);
  return issue;
}

function tell(state: State, person: Account, issue: Issue, action: string, more: JsonObject): void {
  const details = { action, issue: issueShape(issue, state), ...more };
  state.announceIn(issue.repository, "issues", person, details);
}
