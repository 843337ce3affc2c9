/**
 * Issues that contacts are linked to: kept as GitHub last described them, and listed by contact or by
 * organization without asking GitHub anything. Only issues that have (had) links are kept at all.
 */
import type { ContactDocument, IssueDocument, Link, Source } from "../store/documents.js";
import type { Collection, Store } from "../store/store.js";
import { issueId, type IssueFacts, type IssueKey } from "./links.js";

/** An issue in a list: enough to order it, to count it, and to ask who may see it. */
export type ListedIssue = Pick<
  IssueDocument,
  "_id" | "repository" | "repositoryName" | "number" | "issueId" | "changedAt"
> & { readonly state: "open" | "closed" };

export interface IssueList {
  /** Open ones first, each kind newest first. */
  readonly issues: readonly ListedIssue[];
  /** There may be more than was looked at. */
  readonly partial: boolean;
}

export interface Issues {
  /** Takes over what GitHub says of an issue, if it is kept and what is kept is not newer. Repeatable. */
  refresh(facts: IssueFacts): Promise<void>;
  /** The issue was deleted or transferred: its title goes, and it is listed no more. Its links stay, asleep. */
  forget(issue: IssueKey): Promise<void>;
  /** The issues of `account` that a contact of `source` is linked to; dormant links do not count. */
  ofContact(account: number, source: Source, contact: number): Promise<IssueList>;
  /** Those that any contact of the organization is linked to, each once. */
  ofOrganization(account: number, source: Source, organization: number): Promise<IssueList>;
  /** Those that are kept, by `_id`. */
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, IssueDocument>>;
}

/** So many issues of one contact are looked at. */
const mostIssues = 1_000;
/** So many contacts of an organization are looked at, in batches, and so many issues of each batch. */
const mostContacts = 2_000;
const batch = 100;
const mostIssuesOfBatch = 200;

export function createIssues(store: Store, now: () => Date): Issues {
  const issues = store.collection<IssueDocument>("issues");
  const contacts = store.collection<ContactDocument>("contacts");

  return {
    async refresh({ repositoryName, isPullRequest, title, state, changedAt, ...key }) {
      await issues.updateOne(
        { _id: issueId(key), state: { $in: ["open", "closed"] }, changedAt: { $lte: changedAt } },
        {
          $set: { repositoryName, isPullRequest, title, state, changedAt, updatedAt: now() },
          $inc: { version: 1 },
        },
      );
    },

    async forget(key) {
      await issues.updateOne(
        { _id: issueId(key) },
        { $set: { state: "gone", title: "", updatedAt: now() }, $inc: { version: 1 } },
      );
    },

    ofContact: (account, source, contact) => listed(issues, account, source, [contact], mostIssues),

    async ofOrganization(account, source, organization) {
      const of = { account: source.account, group: source.group, organization };
      const found = await contacts.find(of, { limit: mostContacts + 1, projection: ["number"] });
      const numbers = found.slice(0, mostContacts).map(({ number }) => number);
      const lists: IssueList[] = [];
      for (let at = 0; at < numbers.length; at += batch) {
        lists.push(await listed(issues, account, source, numbers.slice(at, at + batch), mostIssuesOfBatch));
      }
      return merged(lists, found.length > mostContacts);
    },

    async byIds(ids) {
      if (ids.length === 0) return new Map();
      const asked = [...new Set(ids)];
      const found = await issues.find({ _id: { $in: asked } }, { limit: asked.length });
      return new Map(found.map((issue) => [issue._id, issue]));
    },
  };
}

const fields = ["repository", "repositoryName", "number", "issueId", "state", "changedAt", "links"];

async function listed(
  issues: Collection<IssueDocument>,
  account: number,
  source: Source,
  contacts: readonly number[],
  most: number,
): Promise<IssueList> {
  const found = await issues.find(
    { account, "links.contact": { $in: contacts }, state: { $in: ["open", "closed"] } },
    { sort: { state: -1, issueId: -1 }, limit: most + 1, projection: fields },
  );
  const wanted = new Set(contacts);
  const awake = found
    .slice(0, most)
    .filter(({ links }) => links.some((link) => wanted.has(link.contact) && belongs(link, source)));
  return { issues: awake.flatMap(asListed), partial: found.length > most };
}

const belongs = (link: Link, { account, group }: Source) => link.account === account && link.group === group;

function asListed(issue: IssueDocument): ListedIssue[] {
  const { _id, repository, repositoryName, number, issueId: id, changedAt, state } = issue;
  if (state === "gone") return [];
  return [{ _id, repository, repositoryName, number, issueId: id, changedAt, state }];
}

function merged(lists: readonly IssueList[], partial: boolean): IssueList {
  const issues = new Map(lists.flatMap((list) => list.issues.map((issue) => [issue._id, issue])));
  return {
    issues: [...issues.values()].sort(openThenNewest),
    partial: partial || lists.some((list) => list.partial),
  };
}

const openThenNewest = (a: ListedIssue, b: ListedIssue): number =>
  Number(b.state === "open") - Number(a.state === "open") || b.issueId - a.issueId;
