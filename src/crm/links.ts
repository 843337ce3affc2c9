/**
 * Links between contacts and issues (DESIGN §3.3, §4). All links of an issue live in its document,
 * so that what one quick action changes is one atomic write, and so that a retried delivery finds
 * what its first try has done.
 */
import type { AppliedChange, EventDocument, IssueDocument, Link, Source } from "../store/documents.js";
import { DuplicateKeyError, type Collection, type Store } from "../store/store.js";
import { asAsked } from "./as-asked.js";
import { createAudit, type Deeds, type Step } from "./audit.js";
import { applyRemark, fieldsOf, remarkOf, type Remark, type RemarkChange } from "./remarks.js";
import { settleLinks } from "./settle-links.js";

export type { Step } from "./audit.js";

/** Names an issue for good: repositories and accounts by id. */
export interface IssueKey {
  readonly account: number;
  readonly repository: number;
  readonly number: number;
}

/** What is kept of an issue beside its links. */
export interface IssueFacts extends IssueKey {
  readonly issueId: number;
  readonly nodeId: string;
  /** `owner/name` */
  readonly repositoryName: string;
  readonly isPullRequest: boolean;
  readonly title: string;
  readonly state: "open" | "closed";
  /** GitHub's `updated_at` of the issue when all this was so. */
  readonly changedAt: Date;
}

export interface LinkChange {
  readonly source: Source;
  /** Contact numbers of the source. */
  readonly add?: readonly number[];
  readonly remove?: readonly number[];
  /** Remarks for those of `contacts` that are linked after the change. */
  readonly remark?: RemarkChange & { readonly contacts: readonly number[] };
}

/** What a change really did: numbers that were there already, or not there, are left out. */
export interface Changed {
  readonly added: readonly number[];
  readonly removed: readonly number[];
  /** Those that were linked before and whose remarks were changed. */
  readonly noted?: readonly number[];
}

export interface Links {
  /** Numbers of the contacts linked to the issue from its current source; dormant links are left out. */
  linked(issue: IssueKey, source: Source): Promise<readonly number[]>;
  /** What those links say, by contact number; contacts without a remark are left out. */
  remarks(issue: IssueKey, source: Source): Promise<ReadonlyMap<number, Remark>>;
  /**
   * Adds, removes and remarks links in one atomic write and records who did it. Repeating the same step of
   * the same delivery changes nothing and returns what the first time did.
   */
  change(issue: IssueFacts, change: LinkChange, step: Step): Promise<Changed>;
}

/** A conditional write is lost at most this often before something else must be wrong. */
const maxRaces = 100;

export function createLinks(store: Store, now: () => Date): Links {
  const issues = store.collection<IssueDocument>("issues");
  const audit = createAudit(store, now);

  return {
    async linked(issue, source) {
      const document = await issues.findOne({ _id: issueId(issue) }, { projection: ["links"] });
      return linksOf(document, source).map((link) => link.contact);
    },

    async remarks(issue, source) {
      const document = await issues.findOne({ _id: issueId(issue) }, { projection: ["links"] });
      const remarked = linksOf(document, source).map((link) => [link.contact, remarkOf(link)] as const);
      return new Map(remarked.filter(([, remark]) => Object.keys(remark).length > 0));
    },

    async change(issue, change, step) {
      const recorded = async () => {
        const event = await audit.find(change.source, step);
        return event && changedBy(event);
      };
      const written = await write(issues, issue, change, step, now(), recorded);
      await settleLinks(store, issueId(issue), change.source, written.added, now);
      const changed = await asAsked(store, change.source, contactsOf(change), written);
      if (hasEffect(changed)) await audit.begin(step, eventOf(issue, change, changed));
      return changed;
    },
  };
}

const contactsOf = ({ add = [], remove = [], remark }: LinkChange): readonly number[] => [
  ...add,
  ...remove,
  ...(remark?.contacts ?? []),
];

const hasEffect = ({ added, removed, noted = [] }: Changed): boolean =>
  added.length + removed.length + noted.length > 0;

function eventOf(issue: IssueKey, { source, remark }: LinkChange, changed: Changed): Deeds {
  const { added, removed, noted = [] } = changed;
  const fields = noted.length + added.length === 0 || remark === undefined ? [] : fieldsOf(remark);
  return {
    source,
    issue: issueId(issue),
    added,
    removed,
    ...(noted.length > 0 && { contacts: noted }),
    ...(fields.length > 0 && { fields }),
  };
}

/** The `_id` of an issue's document. */
export const issueId = (issue: IssueKey): string => `${issue.account}:${issue.repository}:${issue.number}`;

function linksOf(document: IssueDocument | undefined, source: Source): readonly Link[] {
  return (document?.links ?? []).filter((link) => belongs(link, source));
}

const belongs = (link: Link, source: Source) =>
  link.account === source.account && link.group === source.group;

async function write(
  issues: Collection<IssueDocument>,
  issue: IssueFacts,
  change: LinkChange,
  step: Step,
  at: Date,
  recorded: () => Promise<Changed | undefined>,
): Promise<Changed> {
  for (let race = 0; race < maxRaces; race++) {
    const before = await issues.findOne({ _id: issueId(issue) });
    const earlier = earlierChange(before, step) ?? (isOfOthers(before, step) ? await recorded() : undefined);
    if (earlier !== undefined) return earlier;

    const { links, changed } = applyChange(before?.links ?? [], change, step.actor, at);
    if (!hasEffect(changed)) return changed;
    const applied = appliedAfter(before, step, changed);
    if (await writeIf(issues, issue, before, { links, applied, updatedAt: at })) return changed;
  }
  throw new Error(`issue ${issueId(issue)} kept changing under a conditional write`);
}

/** Has another delivery changed the issue last? Then only the audit trail knows what this one has done. */
const isOfOthers = (before: IssueDocument | undefined, { delivery }: Step): boolean =>
  before?.applied !== undefined && before.applied.delivery !== delivery;

/** A delivery that had been given up and is sent again: nobody is told that their own link was there already. */
function changedBy({ added = [], removed = [], contacts = [] }: EventDocument): Changed {
  const noted = contacts.filter((contact) => !added.includes(contact) && !removed.includes(contact));
  return { added, removed, ...(noted.length > 0 && { noted }) };
}

/**
 * What this step did in an earlier try of the same delivery. Steps run in order, so one that comes
 * before a recorded one without being recorded itself had nothing to change.
 */
function earlierChange(before: IssueDocument | undefined, step: Step): Changed | undefined {
  if (before?.applied?.delivery !== step.delivery) return undefined;
  const { changes } = before.applied;
  const recorded = changes.find((change) => change.action === step.action);
  if (recorded) {
    const { added, removed, noted } = recorded;
    return { added, removed, ...(noted && { noted }) };
  }
  const last = changes.at(-1);
  return last !== undefined && last.action > step.action ? { added: [], removed: [] } : undefined;
}

function applyChange(
  links: readonly Link[],
  change: LinkChange,
  actor: number,
  at: Date,
): { readonly links: readonly Link[]; readonly changed: Changed } {
  const { source, add = [], remove = [] } = change;
  const present = new Set(links.filter((link) => belongs(link, source)).map((link) => link.contact));
  const removed = [...new Set(remove)].filter((contact) => present.has(contact));
  const added = [...new Set(add)].filter((contact) => !present.has(contact));
  const kept = links.filter((link) => !(belongs(link, source) && removed.includes(link.contact)));
  const fresh: readonly Link[] = added.map((contact) => ({ contact, ...pickSource(source), by: actor, at }));
  const { contacts = [], ...remark } = change.remark ?? {};
  const after = applyRemark([...kept, ...fresh], source, contacts, remark);
  const noted = after.noted.filter((contact) => !added.includes(contact));
  return { links: after.links, changed: { added, removed, ...(noted.length > 0 && { noted }) } };
}

const pickSource = ({ account, group }: Source): Source => ({ account, group });

function appliedAfter(before: IssueDocument | undefined, step: Step, changed: Changed) {
  const same = before?.applied?.delivery === step.delivery ? before.applied.changes : [];
  const change: AppliedChange = { action: step.action, ...changed };
  return { delivery: step.delivery, changes: [...same, change] };
}

/** Writes if the document is still as it was read. @returns whether it was */
async function writeIf(
  issues: Collection<IssueDocument>,
  issue: IssueFacts,
  before: IssueDocument | undefined,
  after: Required<Pick<IssueDocument, "links" | "updatedAt" | "applied">>,
): Promise<boolean> {
  if (before) {
    const outdated = before.state === "gone" || before.changedAt > issue.changedAt;
    const facts = outdated ? {} : factsOf(issue);
    const { matched } = await issues.updateOne(
      { _id: before._id, version: before.version },
      { $set: { ...after, ...facts }, $inc: { version: 1 } },
    );
    return matched === 1;
  }
  const { account, repository, number } = issue;
  const place = { account, repository, number };
  try {
    await issues.insertOne({ _id: issueId(issue), ...place, ...factsOf(issue), ...after, version: 1 });
    return true;
  } catch (error) {
    if (error instanceof DuplicateKeyError) return false;
    throw error;
  }
}

function factsOf({
  issueId: id,
  nodeId,
  repositoryName,
  isPullRequest,
  title,
  state,
  changedAt,
}: IssueFacts) {
  return { issueId: id, nodeId, repositoryName, isPullRequest, title, state, changedAt };
}
