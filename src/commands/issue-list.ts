/**
 * The list under /contact_issues and /organization_issues. Everybody who reads the repository reads
 * it: it names only issues in repositories that the asker may triage, and counts the others. Where
 * everybody may read, it names those of this repository only and asks GitHub nothing.
 */
import type { IssueList } from "../crm/issues.js";
import type { IssuesOutcome } from "./outcome.js";
import { namedRepositories, type NamingCall } from "./named-repositories.js";

/** GitLab shows as many on a page. */
export const mostListed = 20;

export async function tellIssues(
  about: IssuesOutcome["about"],
  { issues, partial }: IssueList,
  call: NamingCall,
): Promise<IssuesOutcome> {
  const repositories = await namedRepositories(issues, call);
  const named = issues.filter(({ repository }) => repositories.has(repository));
  return {
    type: "issues",
    about,
    issues: named.slice(0, mostListed).map(({ repository, number }) => ({ repository, number })),
    more: Math.max(0, named.length - mostListed),
    hidden: issues.length - named.length,
    hereOnly: call.hereOnly,
    partial,
  };
}
