/** The contacts, organizations and issues a reply names, looked up in one go, only as far as it may show them. */
import { contactsOf, issuesOf, organizationsOf, wishesOf, type Outcome } from "../commands/outcome.js";
import { issueId, type IssueKey } from "../crm/links.js";
import type { Remark } from "../crm/remarks.js";
import type {
  ContactDocument,
  IssueDocument,
  OrganizationDocument,
  Source,
  WishDocument,
} from "../store/documents.js";
import type { ContactView, Labels } from "../replies/contact-label.js";
import { issueKey, type IssueViews } from "../replies/issue-view.js";
import { namesOnlyOwnIssues } from "../replies/privacy.js";
import type { Section } from "../replies/section.js";
import type { Place } from "./event.js";
import type { Ground } from "./ground.js";

export interface Lookups {
  contactsByNumbers(
    source: Source,
    numbers: readonly number[],
  ): Promise<ReadonlyMap<number, ContactDocument>>;
  organizationsByNumbers(
    source: Source,
    numbers: readonly number[],
  ): Promise<ReadonlyMap<number, OrganizationDocument>>;
  /** What the links of an issue say. */
  remarks(issue: IssueKey, source: Source): Promise<ReadonlyMap<number, Remark>>;
  /** Organizations that were named and not there. */
  wishesByIds(source: Source, ids: readonly string[]): Promise<ReadonlyMap<string, WishDocument>>;
  /** By `_id`. */
  issuesByIds(ids: readonly string[]): Promise<ReadonlyMap<string, IssueDocument>>;
}

/**
 * @param ofSource false for sections whose numbers mean people of another source than the one in force:
 *   those are named by number only, never by whoever has the number here
 */
export async function labelsFor(
  sections: readonly Section[],
  { source, reveal, place }: Pick<Ground, "source" | "reveal" | "place">,
  lookups: Lookups,
  ofSource = true,
): Promise<Labels> {
  const outcomes = sections.flatMap((section) => (section.kind === "outcomes" ? section.outcomes : []));
  const numbers = [...new Set(outcomes.flatMap(contactsOf))];
  const issues = await issueViews(outcomes, { reveal, place }, lookups);
  if (!ofSource) return { reveal: "handles", directory: new Map(), organizations: new Map(), issues };
  if (source === undefined || reveal === "handles") {
    return { reveal, directory: new Map(), organizations: new Map(), issues };
  }
  const contacts =
    numbers.length === 0
      ? new Map<number, ContactDocument>()
      : await lookups.contactsByNumbers(source, numbers);
  const employers = [...contacts.values()].flatMap(({ organization }) => organization ?? []);
  const wishes = await wished(outcomes, source, lookups);
  const made = wishes.flatMap(({ organization }) => organization ?? []);
  const named = [...new Set([...employers, ...made, ...outcomes.flatMap(organizationsOf)])];
  const found =
    named.length === 0
      ? new Map<number, OrganizationDocument>()
      : await lookups.organizationsByNumbers(source, named);
  const listsLinks = outcomes.some(({ type }) => type === "linked");
  return {
    reveal,
    ...(listsLinks && { remarks: await lookups.remarks(issueKeyOf(place), source) }),
    directory: new Map([...contacts].map(([number, contact]) => [number, viewOf(contact, found)])),
    wishes: wishNames(wishes, found),
    organizations: new Map([...found].map(([number, { name }]) => [number, name])),
    issues,
  };
}

async function wished(outcomes: readonly Outcome[], source: Source, lookups: Lookups) {
  const ids = outcomes.flatMap(wishesOf);
  return ids.length === 0 ? [] : [...(await lookups.wishesByIds(source, ids)).values()];
}

/** By what came of them, or else as they were wished. */
const wishNames = (
  wishes: readonly WishDocument[],
  made: ReadonlyMap<number, OrganizationDocument>,
): ReadonlyMap<string, string> =>
  new Map(
    wishes.flatMap(({ _id, name, organization }) => {
      const known = organization === undefined ? name : made.get(organization)?.name;
      return known === undefined ? [] : [[_id, known]];
    }),
  );

/** The issue at hand, as the store names it. */
export const issueKeyOf = ({ account, repository, issue }: Place): IssueKey => ({
  account: account.id,
  repository: repository.id,
  number: issue.number,
});

function viewOf(
  { number, firstName, lastName, email, organization, state }: ContactDocument,
  organizations: ReadonlyMap<number, OrganizationDocument>,
): ContactView {
  const employer = organization === undefined ? undefined : organizations.get(organization)?.name;
  return {
    number,
    firstName,
    lastName,
    state,
    ...(email !== undefined && { email }),
    ...(employer !== undefined && { organization: employer }),
  };
}

/** Titles only of this repository's issues, which its readers know; of others, readers see no more than their place. */
async function issueViews(
  outcomes: readonly Outcome[],
  { reveal, place: { account, repository } }: Pick<Ground, "reveal" | "place">,
  lookups: Lookups,
): Promise<IssueViews> {
  const named = outcomes.flatMap(issuesOf);
  const hereOnly = namesOnlyOwnIssues(repository.visibility, reveal);
  const shown = hereOnly ? named.filter((issue) => issue.repository === repository.id) : named;
  const ids = shown.map((issue) => issueId({ account: account.id, ...issue }));
  const found = ids.length === 0 ? [] : [...(await lookups.issuesByIds(ids)).values()];
  return new Map(
    found.flatMap((issue) => {
      if (issue.state === "gone") return [];
      if (issue.repository !== repository.id) {
        return [[issueKey(issue), { reference: `${issue.repositoryName}#${issue.number}` }]];
      }
      const { number, title, state } = issue;
      const details = reveal === "handles" ? {} : { title, closed: state === "closed" };
      return [[issueKey(issue), { reference: `#${number}`, ...details }]];
    }),
  );
}
