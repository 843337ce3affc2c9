/** What quick actions that keep records ask for, as plain objects that write down what they were asked. */
import { quickActionNames } from "../../src/commands/index.js";
import type { RecordCall, RecordTools } from "../../src/commands/record-call.js";
import { maxCandidates, type Resolution } from "../../src/crm/references.js";
import type { JournaledRecords, RecordCreated, RecordEdited } from "../../src/crm/records.js";
import { createParser } from "../../src/quick-actions/index.js";
import { contact, organization } from "./listing.js";

const parser = createParser(quickActionNames);

export function recordCall(line: string, suggestions = 5): RecordCall {
  const [command] = parser.parse(line).commands;
  if (command === undefined) throw new Error(`no quick action in ${line}`);
  return {
    arguments: command.arguments,
    source: { account: 1001, group: "" },
    issue: { account: 1001, repository: 2001, number: 1 },
    step: { actor: 503, delivery: "d-1", action: 0, name: command.name },
    suggestions,
  };
}

export interface Answers {
  readonly created?: RecordCreated;
  readonly edited?: RecordEdited;
  readonly resolution?: Resolution;
  /** Numbers that `setState` changes. */
  readonly switched?: readonly number[];
  /** Numbers of an earlier try. */
  readonly begun?: readonly number[];
}

/** Contacts: each resolves to `resolution` (42). Organizations: "Acme" is 7, near ones are 8, of a domain is 9. */
export function recordTools(answers: Answers = {}) {
  const asked: unknown[][] = [];
  const { resolution = { type: "found", contact: contact(42) }, begun } = answers;
  const kept = <Input>(kind: string): JournaledRecords<Input> => ({
    create: (input) => {
      asked.push(["create", kind, input]);
      return Promise.resolve(answers.created ?? { type: "created", number: 81 });
    },
    edit: (number, changes) => {
      asked.push(["edit", kind, number, changes]);
      return Promise.resolve(answers.edited ?? { type: "edited", number, fields: ["phone"] });
    },
    setState: (numbers, state) => {
      asked.push(["setState", kind, numbers, state]);
      return Promise.resolve(answers.switched ?? numbers);
    },
  });
  const tools: RecordTools = {
    contacts: {
      resolve: (_, references) => Promise.resolve(references.map(() => resolution)),
      list: () => Promise.resolve([contact(43)]),
    },
    organizations: {
      resolve: (_, reference) => Promise.resolve(/^(acme|7)$/i.test(reference) ? organization(7) : undefined),
      byDomain: (_, domain) => Promise.resolve(domain === "acme.com" ? [organization(9)] : []),
    },
    records: {
      contacts: kept("contact"),
      organizations: kept("organization"),
      begun: () => Promise.resolve(begun && { contacts: begun, organizations: begun }),
    },
    suggest: () => Promise.resolve([contact(43), contact(44)]),
    suggestOrganizations: () => Promise.resolve([organization(8)]),
    wishes: {
      make: (number, name, { step }) => Promise.resolve(`${name} for ${number}, ${step.delivery}`),
      byIds: () => Promise.resolve(new Map()),
      fulfil: () => Promise.reject(new Error("nobody should fulfil a wish")),
    },
  };
  return { tools, asked };
}

export const namesakes = (count: number): Resolution => ({
  type: "ambiguous",
  candidates: Array.from({ length: Math.min(count, maxCandidates) }, (_, n) => contact(n + 1)),
});
