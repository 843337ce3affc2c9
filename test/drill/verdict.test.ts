/**
 * A drill is worth what its verdict is worth: what is planted here, a double, a loss, a wrong link, must
 * turn it red. The parts are the drills' own; GitHub and the store are a few lines each.
 */
import { describe, expect, test } from "@jest/globals";

type Answered = (delivery: { readonly event: string; readonly payload: object }) => void;
interface Entry {
  readonly delivery: { readonly guid: string };
  readonly comment: { readonly id: number };
  readonly answers: readonly number[];
}
interface Ledger {
  readonly entries: readonly Entry[];
  type(author: string, issue: Issue, command: { readonly n: number; readonly text: string }): Entry;
  takenBack(): number;
}
interface Problem {
  readonly kind: string;
}
interface Outcome {
  readonly commands: readonly { readonly n: number }[];
  readonly links: readonly string[];
}
type Issue = typeof issue;

/** The drills are plain JavaScript: what is used of them is said here. */
const part = (name: string): Promise<unknown> => import(`./parts/${name}.mjs`);
const { keepLedger } = (await part("ledger")) as { keepLedger: (world: object) => Ledger };
const { readOutcome, differences } = (await part("outcome")) as {
  readOutcome: (stage: object, ledger: Ledger) => Promise<Outcome>;
  differences: (serial: Outcome, seen: Outcome) => readonly Problem[];
};
const { tellVerdict } = (await part("verdict")) as {
  tellVerdict: (
    found: { readonly problems: readonly Problem[]; readonly seconds: number; readonly folder: string },
    row: { readonly name: string; readonly tried: string; readonly seen: string },
  ) => { readonly isHeld: boolean; readonly seen: readonly string[] };
};
const { createDeck, triedTooLittle } = (await part("deck")) as {
  createDeck: (
    kinds: readonly (readonly [string, number, string])[],
    random: { below(limit: number): number },
    least: number,
  ) => { readonly drawn: Record<string, number>; draw(): string };
  triedTooLittle: (drawn: object, least: number) => readonly Problem[];
};
const { seeded } = (await part("random")) as {
  seeded: (seed: number) => { below(limit: number): number };
};

const issue = { number: 1, repository: { id: 20, owner: { id: 10 } } };
const bot = { type: "Bot" };

interface Run {
  /** How often each of three commands is answered. */
  readonly answers?: readonly number[];
  readonly words?: string;
  readonly links?: readonly number[];
  readonly state?: string;
  readonly events?: readonly { readonly _id: string }[];
  readonly contacts?: number;
  /** Answers to the first command that are deleted again. */
  readonly deleted?: number;
}

/** Three commands on one issue, each answered once and in the same words, unless `run` says otherwise. */
async function outcomeOf(run: Run = {}): Promise<{ readonly outcome: Outcome; readonly ledger: Ledger }> {
  const { answers = [1, 1, 1], words = "Linked.", links = [1, 2], state = "done", deleted = 0 } = run;
  const listeners = new Set<Answered>();
  const tell: Answered = (delivery) => listeners.forEach((listener) => listener(delivery));
  const comments = new Map<number, { readonly id: number; readonly body: string }>();
  const world = {
    comments,
    onDelivery(listener: Answered) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    comment(_: string, __: Issue, body: string) {
      const comment = { id: 100 + comments.size, body };
      comments.set(comment.id, comment);
      const made = { guid: `d${comment.id}`, event: "issue_comment" };
      tell({ ...made, payload: { action: "created", sender: { type: "User" }, comment } });
      return comment;
    },
  };
  const ledger = keepLedger(world);
  for (const [n, times] of answers.entries()) {
    const { comment } = ledger.type("dana", issue, { n, text: `/add_contacts [contact:${n}]` });
    for (let time = 0; time < times; time += 1) {
      const id = 1_000 + 10 * n + time;
      const answer = { id, body: `${words}\n\n<!-- liaison:reply:10:20:1:${comment.id} -->` };
      comments.set(id, answer);
      tell({ event: "issue_comment", payload: { action: "created", sender: bot, comment: answer } });
      if (n > 0 || time >= deleted) continue;
      tell({ event: "issue_comment", payload: { action: "deleted", sender: bot, comment: answer } });
    }
  }
  const collections: Record<string, object> = {
    contacts: { count: () => Promise.resolve(run.contacts ?? 5) },
    events: { find: () => Promise.resolve(run.events ?? []) },
    deliveries: { findOne: () => Promise.resolve({ state, outcome: "answered" }) },
    issues: { findOne: () => Promise.resolve({ links: links.map((contact) => ({ contact })) }) },
  };
  const store = { collection: (name: string) => collections[name], close: () => Promise.resolve() };
  const stage = { world, issues: [issue], open: () => Promise.resolve(store) };
  return { outcome: await readOutcome(stage, ledger), ledger };
}

const event = (delivery: string) => ({ _id: `10:${delivery}:0:add_contacts`, at: 1, contacts: [1] });

async function verdictOn(run: Run) {
  const serial = await outcomeOf({ ...(run.events && { events: [event("d100")] }) });
  const { outcome, ledger } = await outcomeOf(run);
  const problems = differences(serial.outcome, outcome);
  const row = { name: "planted", tried: "something", seen: "that" };
  return { problems, ledger, ...tellVerdict({ problems, seconds: 1, folder: "nowhere" }, row) };
}

test("what went as in the serial run is held", async () => {
  const { isHeld, problems, seen } = await verdictOn({});
  expect([isHeld, problems]).toEqual([true, []]);
  expect(seen[0]).toBe("0 lost, 0 doubled");
});

test.each<[string, Run, readonly string[], string]>([
  ["a double", { answers: [1, 2, 1] }, ["doubled"], "0 lost, 1 doubled"],
  ["a loss", { answers: [1, 1, 0] }, ["lost"], "1 lost, 0 doubled"],
  ["both", { answers: [0, 1, 2] }, ["lost", "doubled"], "1 lost, 1 doubled"],
  ["an answer that was deleted", { answers: [1, 1, 1], deleted: 1 }, ["lost"], "1 lost, 0 doubled"],
  ["another link", { links: [1, 3] }, ["other links"], "0 lost, 0 doubled"],
  ["a link too few", { links: [1] }, ["other links"], "0 lost, 0 doubled"],
  ["links in another order", { links: [2, 1] }, ["other links"], "0 lost, 0 doubled"],
  ["a contact made twice", { contacts: 6 }, ["other contacts"], "0 lost, 0 doubled"],
  ["an event that is not there", { events: [] }, ["other events"], "0 lost, 0 doubled"],
  [
    "an event of no command",
    { events: [event("d100"), event("nobody")] },
    ["events of no command"],
    "0 lost, 0 doubled",
  ],
])("%s is not held", async (_, run, kinds, counted) => {
  const { isHeld, problems, seen } = await verdictOn(run);
  expect(isHeld).toBe(false);
  expect(problems.map(({ kind }) => kind)).toEqual(kinds);
  expect(seen[0]).toBe(counted);
});

test.each<[string, Run, string]>([
  ["other words", { words: "Not linked." }, "other answer"],
  ["deliveries that still wait", { state: "waiting" }, "not done"],
])("%s are not held", async (_, run, kind) => {
  const { isHeld, problems } = await verdictOn(run);
  expect([isHeld, problems.map((one) => one.kind)]).toEqual([false, [kind, kind, kind]]);
});

test("a second answer that was taken back is none", async () => {
  const { isHeld, ledger } = await verdictOn({ answers: [2, 1, 1], deleted: 1 });
  expect([isHeld, ledger.takenBack()]).toEqual([true, 1]);
});

describe("kinds of trouble", () => {
  const kinds = [
    ["rare", 1, "r"],
    ["often", 4, "o"],
  ] as const;

  test.each([1, 2, 3, 4, 5])("each come often enough before chance has its way, with seed %p", (seed) => {
    const deck = createDeck(kinds, seeded(seed), 3);
    for (let draws = 0; draws < 6; draws += 1) deck.draw();
    expect(deck.drawn).toEqual({ rare: 3, often: 3 });
    for (let draws = 0; draws < 10; draws += 1) deck.draw();
    expect(deck.drawn).toEqual({ rare: 5, often: 11 });
  });

  test("that came too seldom are a problem", () => {
    expect(triedTooLittle({ rare: 1, often: 9 }, 2)).toEqual([
      { kind: "tried too little", detail: "rare 1 times, not 2" },
    ]);
    expect(triedTooLittle({ rare: 2, often: 9 }, 2)).toEqual([]);
  });
});
