/**
 * Labels on issues. Putting one on makes it, where the repository does not have it; case is ignored.
 * Each that comes or goes is told by an event of its own, as on GitHub.
 */
import { issueShape, labelShape } from "../shapes/issues.js";
import type { State } from "../state.js";
import type { Account, Issue, Label, Repository } from "../records.js";

/** Those that are on the issue already stay, and nothing is told of them. */
export function addLabels(state: State, account: Account, issue: Issue, names: readonly string[]): void {
  const labels = names.map((name) => labelOf(state, issue.repository, name));
  const fresh = [...new Set(labels)].filter((label) => !issue.labels.has(label));
  for (const label of fresh) issue.labels.add(label);
  for (const label of fresh) tell(state, account, issue, label, "labeled");
}

/** @returns whether it was there */
export function removeLabel(state: State, account: Account, issue: Issue, name: string): boolean {
  const label = issue.repository.labels.get(name.toLowerCase());
  if (label === undefined || !issue.labels.delete(label)) return false;
  tell(state, account, issue, label, "unlabeled");
  return true;
}

function labelOf(state: State, { labels }: Repository, name: string): Label {
  const key = name.toLowerCase();
  const label = labels.get(key) ?? { id: state.counters.take("label"), name };
  labels.set(key, label);
  return label;
}

function tell(state: State, account: Account, issue: Issue, label: Label, action: string): void {
  issue.updatedAt = state.now();
  // Labels of a pull request are told by its own event, one the app does not listen to.
  if (issue.isPullRequest) return;
  state.announceIn(issue.repository, "issues", account, {
    action,
    issue: issueShape(issue, state),
    label: labelShape(label, issue),
  });
}
