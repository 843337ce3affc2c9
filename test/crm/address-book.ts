/** An address book for tests: contacts, organizations and links on one store, named by number. */
import { createContacts } from "../../src/crm/contacts.js";
import { createErasures } from "../../src/crm/erase.js";
import { createLinks, issueId, type IssueFacts, type LinkChange } from "../../src/crm/links.js";
import { createMerges } from "../../src/crm/merge.js";
import { createOrganizations } from "../../src/crm/organizations.js";
import type { Said } from "../../src/crm/records.js";
import type {
  AccountDocument,
  ContactDocument,
  EventDocument,
  IssueDocument,
  OrganizationDocument,
  Source,
  WishDocument,
} from "../../src/store/documents.js";
import { createWishes } from "../../src/crm/wishes.js";
import type { Store } from "../../src/store/store.js";

export const source: Source = { account: 1, group: "" };
export const now = () => new Date("2026-01-01T00:00:00Z");

/** An issue of some account, by its number. */
export const issue = (number: number, account = source.account): IssueFacts => ({
  account,
  repository: 7,
  number,
  issueId: account * 1000 + number,
  nodeId: `I_${account}_${number}`,
  repositoryName: "acme/helpdesk",
  isPullRequest: false,
  title: `Issue ${number}`,
  state: "open",
  changedAt: now(),
});

/** The step of a delivery; the same delivery is a retry. */
export const said = (delivery: string, name = "tick"): Said => ({
  source,
  step: { actor: 9, delivery, action: 0, name },
  issue: issueId(issue(1)),
});

export function addressBook(store: Store) {
  const links = createLinks(store, now);
  let deliveries = 0;
  const change = (where: IssueFacts, what: Omit<LinkChange, "source">, delivery?: string) =>
    links.change(
      where,
      { source, ...what },
      said(delivery ?? `link-${(deliveries += 1)}`, "add_contacts").step,
    );
  const all = { limit: 10_000 };
  return {
    contacts: createContacts(store, now),
    organizations: createOrganizations(store, now),
    merges: createMerges(store, now),
    erasures: createErasures(store, now),
    wishes: createWishes(store),
    allWishes: () => store.collection<WishDocument>("wishes").find({ account: source.account }, all),
    link: (where: IssueFacts, add: readonly number[], delivery?: string) => change(where, { add }, delivery),
    unlink: (where: IssueFacts, remove: readonly number[], delivery?: string) =>
      change(where, { remove }, delivery),
    allContacts: () => store.collection<ContactDocument>("contacts").find({ account: source.account }, all),
    allOrganizations: () =>
      store.collection<OrganizationDocument>("organizations").find({ account: source.account }, all),
    allIssues: () => store.collection<IssueDocument>("issues").find({}, all),
    allEvents: () => store.collection<EventDocument>("events").find({ account: source.account }, all),
    /** Numbers linked to an issue, in order. */
    async linked(where: IssueFacts): Promise<readonly number[]> {
      const found = await store.collection<IssueDocument>("issues").findOne({ _id: issueId(where) });
      return (found?.links ?? []).map(({ contact }) => contact).sort((a, b) => a - b);
    },
    /** Makes another account known, which may use this address book. */
    knowAccount: (account: number) =>
      store.collection<AccountDocument>("accounts").insertOne({
        _id: String(account),
        account,
        login: `account-${account}`,
        loginKey: `account-${account}`,
        type: "Organization",
        updatedAt: now(),
      }),
  };
}

export type AddressBook = ReturnType<typeof addressBook>;

/** Two organizations and three contacts that are, or seem to be, the same; the second contact works for the second one. */
export async function fillWithDuplicates(book: AddressBook): Promise<void> {
  await book.organizations.create(source, { name: "Acme" });
  await book.organizations.create(source, {
    name: "Acme GmbH",
    defaultRate: "120",
    domains: ["acme.example"],
    description: "Same",
  });
  await book.contacts.create(source, { firstName: "Jane", lastName: "Doe", phone: "1" });
  await book.contacts.create(source, {
    firstName: "Jane",
    lastName: "D.",
    email: "Jane@acme.example",
    phone: "2",
    organization: 2,
  });
  await book.contacts.create(source, { firstName: "J", lastName: "Doe", email: "j@acme.example" });
}
