/**
 * Moving or dropping the links of a contact on all issues, in batches, each issue by a write that is
 * conditional on its version. Can be interrupted and begun again at any point: what is done is no
 * longer found. Issues of other accounts that use the contact's source are among them.
 */
import { setImmediate } from "node:timers/promises";
import type { AccountDocument, IssueDocument, Link, Source } from "../store/documents.js";
import type { BulkStep, Collection, FieldFilter, Filter, Store } from "../store/store.js";
import { dueFrom } from "./due.js";
import { joinLinks } from "./join-links.js";

/** A contact by what a link holds of it. */
export interface LinkedContact {
  readonly account: number;
  readonly contact: number;
}

const batch = 100;
/** As far as issues of one contact are counted. */
export const mostCounted = 10_000;

/**
 * Moves every link of a contact to another one of its source, or drops them.
 * @param into where links go; undefined drops them
 */
export async function relinkAll(
  store: Store,
  from: LinkedContact,
  into: number | undefined,
  now: () => Date,
): Promise<void> {
  const issues = store.collection<IssueDocument>("issues");
  for await (const accounts of accountsToSearch(store, from.account)) {
    await relinkIn(issues, linksOf(from, accounts), from, into, now);
  }
}

/** On how many issues any of the contacts is linked, dormant links included; counts up to `mostCounted`. */
export async function countIssues(
  store: Store,
  account: number,
  contacts: readonly number[],
): Promise<number> {
  const issues = store.collection<IssueDocument>("issues");
  const isOne = (link: Link) => link.account === account && contacts.includes(link.contact);
  let counted = 0;
  for await (const accounts of accountsToSearch(store, account)) {
    const filter = linksOf({ account, contact: { $in: contacts } }, accounts);
    const found = await issues.find(filter, { limit: mostCounted, projection: ["links"] });
    counted += found.filter(({ links }) => links.some(isOne)).length;
  }
  return Math.min(counted, mostCounted);
}

/** Number for number what `links` say once those of `from` belong to `into`, or to nobody. */
export function relinked(
  links: readonly Link[],
  from: LinkedContact,
  into: number | undefined,
): readonly Link[] {
  const leaving = links.find((link) => isOf(link, from));
  if (leaving === undefined) return links;
  const rest = links.filter((link) => !isOf(link, from));
  if (into === undefined) return rest;
  const goal = { account: from.account, contact: into };
  if (!rest.some((link) => isOf(link, goal))) return [...rest, { ...leaving, contact: into }];
  return rest.map((link) => (isOf(link, goal) ? joinLinks(link, leaving) : link));
}

/** Numbers are unique in their account, so the group a link remembers does not matter. */
const isOf = (link: Link, { account, contact }: LinkedContact): boolean =>
  link.account === account && link.contact === contact;

/** Also finds issues with a link of that number from elsewhere and another link of this account: look again. */
const linksOf = (
  { account, contact }: { readonly account: number; readonly contact: number | FieldFilter },
  accounts: readonly number[],
): Filter => ({
  account: { $in: accounts },
  "links.contact": contact,
  "links.account": account,
});

async function relinkIn(
  issues: Collection<IssueDocument>,
  filter: Filter,
  from: LinkedContact,
  into: number | undefined,
  now: () => Date,
): Promise<void> {
  const strangers = new Set<string>();
  for (;;) {
    const limit = batch + strangers.size;
    const found = await issues.find(filter, { limit });
    const concerned = found.filter((issue) => issue.links.some((link) => isOf(link, from)));
    if (concerned.length === 0 && found.length < limit) return;
    if (concerned.length > 0) await issues.bulk(concerned.map((issue) => step(issue, from, into, now())));
    for (const issue of found) if (!concerned.includes(issue)) strangers.add(issue._id);
    await setImmediate();
  }
}

const step = (
  { _id, version, links, labels }: IssueDocument,
  from: LinkedContact,
  into: number | undefined,
  updatedAt: Date,
): BulkStep<IssueDocument> => ({
  updateOne: {
    filter: { _id, version },
    update: {
      $set: {
        links: relinked(links, from, into),
        updatedAt,
        ...(labels !== undefined && { labelsDue: dueFrom(updatedAt) }),
      },
      $inc: { version: 1 },
    },
  },
});

/** The contact's own account first, then all others, a hundred at a time: any of them may use its source. */
export async function* accountsToSearch(
  store: Store,
  own: Source["account"],
): AsyncGenerator<readonly number[]> {
  yield [own];
  const accounts = store.collection<AccountDocument>("accounts");
  let after = "";
  for (;;) {
    const page = await accounts.find({ _id: { $gt: after } }, { sort: { _id: 1 }, limit: batch });
    const others = page.map(({ account }) => account).filter((account) => account !== own);
    if (others.length > 0) yield others;
    const last = page.at(-1);
    if (last === undefined || page.length < batch) return;
    after = last._id;
  }
}
