/** Calls of quick actions that list issues, and the plain objects they ask, for tests. */
import { quickActionNames } from "../../src/commands/index.js";
import type { NamedRepository } from "../../src/commands/quick-action.js";
import type { ListedIssue } from "../../src/crm/issues.js";
import type { Resolution } from "../../src/crm/references.js";
import { createParser } from "../../src/quick-actions/index.js";
import type { ContactDocument, OrganizationDocument } from "../../src/store/documents.js";

const parser = createParser(quickActionNames);
const at = new Date("2026-03-01T12:00:00Z");

export const here = 2001;
const source = { account: 1001, group: "" };

export interface CallOptions {
  readonly suggestions?: number;
  readonly hereOnly?: boolean;
  /** Ids of the repositories that the asker may triage. */
  readonly triaged?: readonly number[];
}

/** @returns the call of a line, and about which repositories GitHub was asked for it, in order */
export function callOf(line: string, { suggestions = 5, hereOnly = false, triaged = [] }: CallOptions = {}) {
  const [command] = parser.parse(line).commands;
  if (command === undefined) throw new Error(`no quick action in ${line}`);
  const asked: NamedRepository[] = [];
  const triages = (repositories: readonly NamedRepository[]) => {
    asked.push(...repositories);
    return Promise.resolve(new Set(triaged));
  };
  const issue = { account: source.account, repository: here };
  return { call: { arguments: command.arguments, source, issue, suggestions, hereOnly, triages }, asked };
}

export const contact = (number: number): ContactDocument => ({
  _id: `1001:${number}`,
  ...source,
  number,
  firstName: "Jane",
  lastName: "Doe",
  state: "active",
  nameKey: "jane doe",
  reversedNameKey: "doe jane",
  keys: [],
  createdAt: at,
  updatedAt: at,
});

export const organization = (number: number): OrganizationDocument => ({
  _id: `1001:${number}`,
  ...source,
  number,
  name: "Acme",
  nameKey: "acme",
  state: "active",
  createdAt: at,
  updatedAt: at,
});

/** Contacts 42 and 43: one reference resolves to `resolution`, suggestions and lists give both. */
export const people = (resolution: Resolution = { type: "found", contact: contact(42) }) => ({
  contacts: {
    resolve: () => Promise.resolve([resolution]),
    list: () => Promise.resolve([contact(42), contact(43)]),
  },
  suggest: () => Promise.resolve([contact(43)]),
});

/** Issues of a repository, newest first. */
export const issuesIn = (repository: number, numbers: readonly number[], name?: string): ListedIssue[] =>
  numbers.map((number) => ({
    _id: `1001:${repository}:${number}`,
    repository,
    repositoryName: name ?? `acme/${repository}`,
    number,
    issueId: number,
    changedAt: at,
    state: "open",
  }));

export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => count - n);
