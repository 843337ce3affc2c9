/** Issues as GitHub describes them, and people to link, for tests. */
import { createContacts } from "../../src/crm/contacts.js";
import type { IssueFacts } from "../../src/crm/links.js";
import type { Store } from "../../src/store/store.js";

const account = 1001;

export const facts = (change: Partial<IssueFacts> = {}): IssueFacts => {
  const repository = change.repository ?? 2001;
  const number = change.number ?? 1;
  return {
    account,
    repository,
    number,
    issueId: repository * 100 + number,
    nodeId: `I_${repository}_${number}`,
    repositoryName: `acme/${repository}`,
    isPullRequest: false,
    title: `Issue ${number}`,
    state: "open",
    changedAt: new Date("2026-03-01T12:00:00Z"),
    ...change,
  };
};

export const source = { account, group: "sales" };

/** A step of its own each time: link changes of different deliveries never stand in for each other. */
export const steps = (name: string, actor = 504) => {
  let count = 0;
  return () => ({ actor, delivery: `${name}-${(count += 1)}`, action: 0, name: "add_contacts" });
};

/** Contacts 1, 2 and 3 of an account. */
export async function fillContacts(store: Store, account = source.account): Promise<void> {
  const contacts = createContacts(store);
  for (const lastName of ["One", "Two", "Three"]) {
    await contacts.create({ account, group: source.group }, { firstName: "Contact", lastName });
  }
}
