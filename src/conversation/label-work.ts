/**
 * Brings issues whose labels have to follow (crm/labels-due.ts) into the inbox, as events of their own:
 * so they are worked on in order with the comments of the issue. A few of every account a round; who
 * makes rounds, and how often, is decided elsewhere (compose/label-work.ts).
 */
import type { LabelsDueList } from "../crm/labels-due.js";
import type { AccountDocument, IssueDocument } from "../store/documents.js";
import type { LabelsEvent } from "./event.js";

export interface LabelWorkDependencies {
  readonly due: LabelsDueList;
  readonly accountsByIds: (ids: readonly number[]) => Promise<ReadonlyMap<number, AccountDocument>>;
  readonly put: (event: LabelsEvent) => Promise<unknown>;
}

/**
 * With a round a minute these are 300 issues an hour, each with two reads and at most a few writes: about
 * a quarter of the 5,000 calls that GitHub gives an installation. They are not counted among comments
 * (content-budget.ts), as that limit is about what notifies people, and labels notify nobody.
 */
export const issuesOfAnAccount = 5;
const portion = 20;
/** Of all accounts, so that a round ends; the others are first in the next one. */
const issuesARound = 1_000;

/** @returns a function that hands over what is due for one round, and tells how many issues those are */
export function createLabelWork({ due, accountsByIds, put }: LabelWorkDependencies) {
  const handOver = async (issue: IssueDocument, account: AccountDocument | undefined) => {
    const event = eventOf(issue, account);
    if (event) await put(event); // first: a crash in between only puts it again, and the inbox knows it
    await due.done(issue);
  };

  return async (): Promise<number> => {
    await due.spread();
    const handed = new Map<number, number>();
    const isFull = (account: number) => (handed.get(account) ?? 0) >= issuesOfAnAccount;
    let count = 0;
    while (count < issuesARound) {
      const issues = await due.issues(portion, [...handed.keys()].filter(isFull));
      if (issues.length === 0) break;
      const accounts = await accountsByIds(issues.map(({ account }) => account));
      for (const issue of issues) {
        if (isFull(issue.account)) continue;
        await handOver(issue, accounts.get(issue.account));
        handed.set(issue.account, (handed.get(issue.account) ?? 0) + 1);
        count += 1;
      }
    }
    return count;
  };
}

/** @returns undefined where the issue or the app is gone: labels follow when something is said there again */
function eventOf(issue: IssueDocument, account: AccountDocument | undefined): LabelsEvent | undefined {
  if (issue.state === "gone" || account?.installation === undefined) return undefined;
  const [owner = "", name = ""] = issue.repositoryName.split("/");
  const { number, issueId: id, nodeId, title, state, isPullRequest, changedAt } = issue;
  return {
    type: "labels",
    text: "",
    delivery: `labels:${issue._id}:${issue.labelsDue ?? ""}`,
    place: {
      installation: account.installation,
      account: { id: account.account, login: account.login, type: account.type },
      repository: { id: issue.repository, owner, name, visibility: "public" },
      issue: { number, id, nodeId, title, state, isPullRequest, changedAt },
    },
  };
}
