/**
 * Labels of organizations that have to follow what happened to records elsewhere. Every write that
 * changes an organization's name or a contact's organization marks its record, and every write that moves
 * links marks the issue. Marks are handed on from here: from organizations to their contacts, from
 * contacts to the issues that have labels of ours, in small portions that a crash only repeats. On the
 * way, organizations that are gone are taken from contacts.
 */
import { setImmediate } from "node:timers/promises";
import type { ContactDocument, IssueDocument, LabelsDue, OrganizationDocument } from "../store/documents.js";
import type { Filter, Store, StoredDocument } from "../store/store.js";
import { dueFrom } from "./due.js";
import { settleEmployers } from "./reassign.js";
import { accountsToSearch } from "./relink.js";

export interface LabelsDueList {
  /** Is anything marked at all? */
  any(): Promise<boolean>;
  /** Hands marks of records on until only issues are marked, or `mostRounds` portions were done. */
  spread(): Promise<void>;
  /** The issues that have been marked for longest. @param without accounts whose issues are not wanted now */
  issues(limit: number, without: readonly number[]): Promise<readonly IssueDocument[]>;
  /** Takes the mark off, if it is still the same. */
  done(issue: Pick<IssueDocument, "_id" | "labelsDue">): Promise<void>;
}

const portion = 100;
const mostRounds = 50;

export function createLabelsDue(store: Store, now: () => Date): LabelsDueList {
  const issues = store.collection<IssueDocument>("issues");
  return {
    async any() {
      const kinds = ["organizations", "contacts", "issues"].map((kind) => store.collection<Marked>(kind));
      const counts = await Promise.all(kinds.map((kind) => kind.count(marked(), { limit: 1 })));
      return counts.some((count) => count > 0);
    },
    async spread() {
      for (let round = 0; round < mostRounds; round++) {
        if (!(await spreadOrganization(store)) && !(await spreadContacts(store, now))) return;
        await setImmediate();
      }
    },
    issues: (limit, without) => issues.find(marked(without), { sort: { labelsDue: 1 }, limit }),
    done: (issue) => unmark(store, "issues", [issue]),
  };
}

const marked = (without: readonly number[] = []): Filter => ({
  labelsDue: { $gt: "" },
  ...(without.length > 0 && { $and: without.map((account) => ({ account: { $ne: account } })) }),
});

/** One portion of the contacts of one renamed organization. @returns false when there is none */
async function spreadOrganization(store: Store): Promise<boolean> {
  const [first] = await store
    .collection<OrganizationDocument>("organizations")
    .find(marked(), { sort: { labelsDue: 1 }, limit: 1 });
  if (first?.labelsDue === undefined) return false;
  const { account, group, number, labelsDue } = first;
  const found = await store
    .collection<ContactDocument>("contacts")
    .find(
      { account, group, organization: number, labelsDue: { $ne: labelsDue } },
      { limit: portion, projection: ["labelsDue"] },
    );
  await mark(store, "contacts", found, labelsDue);
  if (found.length < portion) await unmark(store, "organizations", [first]);
  return true;
}

/** The issues of the contacts of one account that have been marked for longest. */
async function spreadContacts(store: Store, now: () => Date): Promise<boolean> {
  const contacts = store.collection<ContactDocument>("contacts");
  const found = await contacts.find(marked(), { sort: { labelsDue: 1 }, limit: portion });
  const [first] = found;
  if (first === undefined) return false;
  const own = found.filter(({ account, group }) => account === first.account && group === first.group);
  // Whoever gave them an organization that was leaving may have died before putting it right: then they are marked anew.
  await settleEmployers(store, first, own, now);
  const due = dueFrom(now());
  for await (const accounts of accountsToSearch(store, first.account)) {
    const linked = { $in: own.map(({ number }) => number) };
    const filter = {
      account: { $in: accounts },
      "links.contact": linked,
      "links.account": first.account,
      labels: { $exists: true },
      labelsDue: { $ne: due },
    };
    await markAll(store, filter, due);
  }
  await unmark(store, "contacts", own);
  return true;
}

async function markAll(store: Store, filter: Filter, due: string): Promise<void> {
  for (;;) {
    const found = await store
      .collection<IssueDocument>("issues")
      .find(filter, { limit: portion, projection: ["labelsDue"] });
    await mark(store, "issues", found, due);
    if (found.length < portion) return;
    await setImmediate();
  }
}

type Marked = StoredDocument & LabelsDue;

async function mark(store: Store, kind: string, found: readonly Marked[], labelsDue: string): Promise<void> {
  if (found.length === 0) return;
  await store
    .collection<Marked>(kind)
    .bulk(found.map(({ _id }) => ({ updateOne: { filter: { _id }, update: { $set: { labelsDue } } } })));
}

async function unmark(store: Store, kind: string, found: readonly Marked[]): Promise<void> {
  await store
    .collection<Marked>(kind)
    .bulk(
      found.flatMap(({ _id, labelsDue }) =>
        labelsDue === undefined
          ? []
          : [{ updateOne: { filter: { _id, labelsDue }, update: { $unset: { labelsDue: true as const } } } }],
      ),
    );
}
