/**
 * A stage for handlers: plain-object fakes of what they may ask for, over a few people and one issue,
 * and a call as the parser makes it from a line.
 */
import { quickActionNames, quickAction } from "../../src/commands/index.js";
import type { Outcome } from "../../src/commands/outcome.js";
import type { Call, Tools } from "../../src/commands/quick-action.js";
import { foldEmail, foldName, nameKeys } from "../../src/crm/fold.js";
import type { Changed, LinkChange, Step } from "../../src/crm/links.js";
import { readReference, type Resolution } from "../../src/crm/references.js";
import { createParser } from "../../src/quick-actions/index.js";
import type { ContactDocument, RecordState, Source } from "../../src/store/documents.js";

export const source: Source = { account: 7, group: "sales" };

const parser = createParser(quickActionNames);
const epoch = new Date(0);

/** `contact(3, "Maria Ruiz", "maria@acme.com", "inactive")` */
export function contact(
  number: number,
  name: string,
  email?: string,
  state: RecordState = "active",
): ContactDocument {
  const [firstName = "", lastName = ""] = name.split(" ");
  return {
    _id: `7:${number}`,
    ...source,
    number,
    firstName,
    lastName,
    ...(email !== undefined && { email, emailKey: foldEmail(email) }),
    state,
    ...nameKeys({ firstName, lastName }),
    keys: [],
    createdAt: epoch,
    updatedAt: epoch,
  };
}

export const people: readonly ContactDocument[] = [
  contact(1, "Jane Doe", "jane@acme.com"),
  contact(2, "Bob Stone", "bob@acme.com"),
  contact(3, "Maria Ruiz", "maria@acme.com", "inactive"),
  contact(4, "Ann Lee", "ann@acme.com"),
  contact(5, "Ann Lee", "ann.lee@acme.com"),
  contact(6, "Ann Lee", undefined, "inactive"),
  contact(7, "Kim Park", undefined, "inactive"),
  contact(8, "Kim Park", undefined, "inactive"),
  contact(9, "Sam Moe", "sam@acme.com"),
  contact(10, "Sam Moe", undefined, "inactive"),
  contact(11, "Zoe Fox"),
];

/** What was asked for, in order, where it costs something. */
export type Asked =
  | readonly ["change", LinkChange]
  | readonly ["resolve", readonly string[]]
  | readonly ["suggest", string, number, string]
  | readonly ["list", number, string];

export interface Stage {
  /** Runs one line as the only quick action of a comment. */
  run(line: string, call?: Partial<Call>): Promise<readonly Outcome[]>;
  readonly tools: Tools;
  readonly asked: readonly Asked[];
  /** Numbers that are linked now. */
  linked(): readonly number[];
}

/** @param linked numbers that are linked from the start */
export function stage(linked: readonly number[] = [], contacts: readonly ContactDocument[] = people): Stage {
  const asked: Asked[] = [];
  const links = [...linked];
  const tools = fakeTools(contacts, links, asked);
  return {
    tools,
    asked,
    linked: () => [...links],
    run: (line, call) => run(line, call ?? {}, tools),
  };
}

async function run(line: string, more: Partial<Call>, tools: Tools): Promise<readonly Outcome[]> {
  const { commands, problems } = parser.parse(line);
  const [command, ...others] = commands;
  if (command === undefined || others.length > 0 || problems.length > 0)
    throw new Error(`not one quick action: ${line}`);
  const handler = quickAction(command.name);
  const call: Call = {
    arguments: command.arguments,
    issue: {
      account: 7,
      repository: 70,
      number: 1,
      issueId: 700,
      nodeId: "I_1",
      title: "Help",
      state: "open",
      repositoryName: "acme/helpdesk",
      isPullRequest: false,
      changedAt: new Date(0),
    },
    source,
    step: { actor: 100, delivery: "d-1", action: 0, name: command.name },
    suggestions: 5,
    permitted: [],
    hereOnly: false,
    triages: () => Promise.resolve(new Set()),
    ...more,
  };
  return handler.run(call, tools);
}

function fakeTools(contacts: readonly ContactDocument[], links: number[], asked: Asked[]): Tools {
  const applied = new Map<string, Changed>();
  const like = (query: string) => {
    const beginning = foldName(query).slice(0, 2);
    return contacts.filter(({ nameKey }) => nameKey.startsWith(beginning));
  };
  return {
    contacts: {
      resolve(_, references) {
        asked.push(["resolve", references.map(({ value }) => value)]);
        return Promise.resolve(references.map(({ value }) => resolution(contacts, value)));
      },
      byNumbers: (_, numbers) =>
        Promise.resolve(
          new Map(
            contacts.filter(({ number }) => numbers.includes(number)).map((found) => [found.number, found]),
          ),
        ),
      list(_, { state, limit }) {
        asked.push(["list", limit, state ?? "all"]);
        return Promise.resolve(
          contacts.filter((found) => state === undefined || found.state === state).slice(0, limit),
        );
      },
    },
    links: {
      linked: () => Promise.resolve([...links]),
      remarks: () => Promise.resolve(new Map()),
      change(_, change, step) {
        asked.push(["change", change]);
        return Promise.resolve(changeOnce(links, applied, change, step));
      },
    },
    suggest(_, query, { limit, state }) {
      asked.push(["suggest", query, limit, state ?? "all"]);
      const found = like(query).filter((one) => state === undefined || one.state === state);
      return Promise.resolve(found.slice(0, limit));
    },
    rank: (query, among, limit) =>
      like(query)
        .filter((found) => among.includes(found))
        .slice(0, limit),
    get organizations() {
      return nobodyAsks("organizations");
    },
    get issues() {
      return nobodyAsks("issues");
    },
    get audit() {
      return nobodyAsks("audit");
    },
    get records() {
      return nobodyAsks("records");
    },
    get merges() {
      return nobodyAsks("merges");
    },
    get erasures() {
      return nobodyAsks("erasures");
    },

    suggestOrganizations: () => Promise.reject(new Error("nobody should ask for organizations")),
    wishes: {
      make: () => Promise.reject(new Error("nobody should make a wish")),
      byIds: () => Promise.resolve(new Map()),
      fulfil: () => Promise.reject(new Error("nobody should fulfil a wish")),
    },
  };
}

/** For tools that no quick action on this stage has any business with. */
function nobodyAsks(name: string): never {
  throw new Error(`nobody should ask for ${name}`);
}

/** As the store does it: a step that is repeated answers what it did the first time. */
function changeOnce(
  links: number[],
  applied: Map<string, Changed>,
  { add = [], remove = [] }: LinkChange,
  { delivery, action }: Step,
): Changed {
  const earlier = applied.get(`${delivery} ${action}`);
  if (earlier) return earlier;
  const changed = {
    added: [...new Set(add)].filter((number) => !links.includes(number)),
    removed: [...new Set(remove)].filter((number) => links.includes(number)),
  };
  const left = [...links, ...changed.added].filter((number) => !changed.removed.includes(number));
  links.splice(0, links.length, ...left);
  if (changed.added.length + changed.removed.length > 0) applied.set(`${delivery} ${action}`, changed);
  return changed;
}

function resolution(contacts: readonly ContactDocument[], value: string): Resolution {
  const key = readReference(value);
  const found = contacts.filter((one) => {
    switch (key.by) {
      case "number":
        return one.number === key.number;
      case "email":
        return one.emailKey === key.email;
      case "name":
        return one.nameKey === key.name;
    }
  });
  const [first] = found;
  if (first === undefined) return { type: "unknown" };
  return found.length === 1 ? { type: "found", contact: first } : { type: "ambiguous", candidates: found };
}
