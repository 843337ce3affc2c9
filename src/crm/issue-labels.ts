/**
 * Which labels of organizations an issue should have, and which of those it has are ours. What is
 * about to be asked of GitHub is written down first: after a crash the same comparison goes on.
 */
import type { IssueDocument, IssueLabel, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import { issueId, type IssueKey } from "./links.js";
import { labelKey } from "./organization-label.js";

/** What is kept of an issue's labels, with the contacts they come from. */
export interface LabelledIssue {
  /** Numbers of the contacts linked from the source. */
  readonly contacts: readonly number[];
  readonly labels: readonly IssueLabel[];
  /** Whether labels of this issue were ever looked after: if so, they follow changes made elsewhere. */
  readonly followed: boolean;
}

export interface IssueLabels {
  /** Both from one read. */
  find(issue: IssueKey, source: Source): Promise<LabelledIssue>;
  remember(issue: IssueKey, labels: readonly IssueLabel[]): Promise<void>;
}

export function createIssueLabels(store: Store): IssueLabels {
  const issues = store.collection<IssueDocument>("issues");
  return {
    async find(issue, { account, group }) {
      const found = await issues.findOne({ _id: issueId(issue) }, { projection: ["links", "labels"] });
      const own = (found?.links ?? []).filter((link) => link.account === account && link.group === group);
      return {
        contacts: own.map(({ contact }) => contact),
        labels: found?.labels ?? [],
        followed: found === undefined || found.labels !== undefined,
      };
    },

    // Not conditional on the version: nobody else writes labels, and the deliveries of an issue come in turn.
    async remember(issue, labels) {
      await issues.updateOne({ _id: issueId(issue) }, { $set: { labels } });
    },
  };
}

/** What there is to do, and what to write down before and after it. */
export interface LabelPlan {
  readonly put: readonly string[];
  readonly take: readonly string[];
  readonly before: readonly IssueLabel[];
  readonly after: readonly IssueLabel[];
}

/**
 * Compares what is wanted with what is remembered. A label somebody took off by hand stays off.
 * @param shown keys of the labels the issue had when GitHub told of it: one that is not remembered
 *   was put there by somebody else, and is theirs
 * @returns undefined when there is nothing to do
 */
export function planLabels(
  remembered: readonly IssueLabel[],
  wanted: readonly string[],
  shown: ReadonlySet<string>,
): LabelPlan | undefined {
  const known = new Map(remembered.map((label) => [labelKey(label.name), label]));
  const wantedKeys = new Set(wanted.map(labelKey));
  const isSettled = (name: string) => ["put", "found"].includes(known.get(labelKey(name))?.state ?? "");
  const kept = remembered.filter(({ name }) => wantedKeys.has(labelKey(name)) && isSettled(name));
  const take = remembered.filter(({ name, state }) => !wantedKeys.has(labelKey(name)) && state !== "found");
  const put = wanted.filter((name) => !isSettled(name));
  if (put.length + take.length === 0 && kept.length === remembered.length) return undefined;

  const isTheirs = (name: string) => !known.has(labelKey(name)) && shown.has(labelKey(name));
  const putting = (state: IssueLabel["state"]) =>
    put.map((name): IssueLabel => ({ name, state: isTheirs(name) ? "found" : state }));
  const taking = take.map(({ name }): IssueLabel => ({ name, state: "taking" }));
  return {
    put,
    take: take.map(({ name }) => name),
    before: [...kept, ...putting("putting"), ...taking],
    after: [...kept, ...putting("put")],
  };
}
