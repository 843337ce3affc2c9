/** Whose issues a reply may name: this repository's, and those of others that the asker may triage. */
import type { IssueDocument } from "../store/documents.js";
import type { Call, NamedRepository } from "./quick-action.js";

/** What decides which issues may be named. */
export interface NamingCall extends Pick<Call, "hereOnly" | "triages"> {
  readonly issue: Pick<Call["issue"], "account" | "repository">;
}

type Heard = Pick<IssueDocument, "repository" | "repositoryName" | "changedAt">;

/** @returns ids; only this repository's where everybody may read the reply */
export async function namedRepositories(
  issues: readonly Heard[],
  { issue, hereOnly, triages }: NamingCall,
): Promise<ReadonlySet<number>> {
  const others = hereOnly ? [] : repositoriesOf(issues).filter(({ id }) => id !== issue.repository);
  const triaged = others.length === 0 ? [] : await triages(others);
  return new Set([issue.repository, ...triaged]);
}

/** In the order of their first issue, each by the name it was last heard of under: repositories get renamed. */
function repositoriesOf(issues: readonly Heard[]): readonly NamedRepository[] {
  const newest = new Map<number, Heard>();
  for (const issue of issues) {
    const known = newest.get(issue.repository);
    if (known === undefined || known.changedAt < issue.changedAt) newest.set(issue.repository, issue);
  }
  return [...newest].map(([id, { repositoryName }]) => ({ id, name: repositoryName }));
}
