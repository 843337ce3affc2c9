/**
 * Processes that share a store and a GitHub, and that can be made to stall: at a chosen step everything
 * in the process stops, signs of life included, while the clock runs on. No webhook door is in between.
 */
import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { quickActionNames } from "../../src/commands/index.js";
import { composeConversation } from "../../src/compose/conversation.js";
import { storedLastGood } from "../../src/config/last-good.js";
import { createConfigLoader } from "../../src/config/loader.js";
import { storedStamps } from "../../src/config/stamps.js";
import { createAccounts } from "../../src/conversation/accounts.js";
import type { Fence, GitHub, Installation } from "../../src/github/github.js";
import { createGitHub } from "../../src/github/probot.js";
import { createInbox } from "../../src/intake/inbox.js";
import { readPayload } from "../../src/intake/payloads.js";
import { createWorker, type Worker } from "../../src/intake/worker.js";
import { createLog } from "../../src/log.js";
import { createParser } from "../../src/quick-actions/index.js";
import { importContacts } from "../../src/records/import.js";
import { createSampleWorld, type Comment, type Issue } from "../../src/sandbox/github/index.js";
import { schema } from "../../src/store/documents.js";
import type { Collection, Store, StoredDocument } from "../../src/store/store.js";
import { checkedGitHub } from "../support/checked-github.js";
import type { Engine } from "../support/stores.js";

const contacts = fileURLToPath(new URL("../../fixtures/contacts.csv", import.meta.url));

/** Where a process stands still when it is told to. */
export interface Gate {
  /** Names of the steps since `open`, in order. */
  readonly steps: readonly string[];
  /** From now on steps are counted, and the process stalls at the n-th, from 0. */
  open(stallAt?: number): void;
  /** Resolves when it has stalled. */
  stalled(): Promise<void>;
  thaw(): void;
}

interface PassableGate extends Gate {
  pass(step: string): Promise<void>;
}

function createGate(): PassableGate {
  let steps: string[] = [];
  let stallAt: number | undefined;
  let frozen = signal();
  let thawed = signal();
  let isFrozen = false;
  return {
    get steps() {
      return steps;
    },
    open(at) {
      [steps, stallAt, frozen, thawed, isFrozen] = [[], at, signal(), signal(), false];
    },
    stalled: () => frozen.promise,
    thaw() {
      stallAt = undefined;
      isFrozen = false;
      thawed.resolve();
    },
    async pass(step) {
      if (steps.push(step) - 1 === stallAt) {
        isFrozen = true;
        frozen.resolve();
      }
      if (isFrozen) await thawed.promise;
    },
  };
}

function signal() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** Calls of a collection or of GitHub, each with a step before it; after signs of life there is one, too. */
function gated<Calls extends object>(calls: Calls, name: string, gate: PassableGate): Calls {
  return new Proxy(calls, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof value !== "function") return value;
      return async (...given: unknown[]) => {
        const step = `${name}.${String(key)}`;
        await gate.pass(`before ${step}`);
        const answer: unknown = await Reflect.apply(value, target, given);
        if (name === "lanes") await gate.pass(`after ${step}`);
        return answer;
      };
    },
  });
}

const gatedStore = (store: Store, gate: PassableGate): Store => ({
  engine: store.engine,
  collection: <T extends StoredDocument>(name: string): Collection<T> =>
    gated(store.collection<T>(name), name, gate),
  ping: () => store.ping(),
  close: () => store.close(),
});

const gatedGitHub = (github: GitHub, gate: PassableGate): GitHub => ({
  ...github,
  installation: (id: number, fence?: Fence): Installation =>
    gated(github.installation(id, fence), "github", gate),
});

export interface StallingProcess {
  readonly gate: Gate;
  readonly worker: Worker;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

export async function openStage(engine: Engine) {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const world = createSampleWorld({ now });
  const github = await checkedGitHub(world);
  const opened = await engine.open(schema, "stalling");
  const account = world.sample.acme.id;
  for (const group of ["sales", ""])
    await importContacts({
      store: opened.store,
      source: { account, group },
      input: createReadStream(contacts),
    });
  const log = createLog({ level: "silent", format: "json" });
  const parser = createParser(quickActionNames);
  const door = createInbox(opened.store, now);
  const workers: Worker[] = [];

  function start(name: string): StallingProcess {
    const gate = createGate();
    const store = gatedStore(opened.store, gate);
    const { privateKey, url: apiUrl } = github;
    const options = { appId: world.app.id, privateKey, webhookSecret: "a secret for tests", apiUrl, log };
    const its = gatedGitHub(createGitHub({ ...options, throttle: false }), gate);
    const loader = createConfigLoader({
      lastGood: storedLastGood(store.collection("configs"), now),
      stamps: storedStamps(store.collection("configStamps")),
      now: Date.now,
    });
    const accounts = createAccounts(store, now, (login) => its.account(login));
    const conversation = composeConversation(store, { github: its, parser, loader, accounts }, now);
    const quiet = { ended: () => undefined, trouble: () => undefined };
    const inbox = createInbox(store, now);
    const worker = createWorker({ inbox, conversation, log: quiet, now, name, pollMs: 3_600_000 });
    worker.start();
    workers.push(worker);
    return { gate, worker };
  }

  return {
    world,
    store: opened.store,
    start,
    pass: (milliseconds: number) => void (ahead += milliseconds),
    /** Pia comments, and the delivery is stored. */
    async say(issue: Issue, body: string): Promise<Comment> {
      const before = github.deliveries.length;
      const comment = world.comment(world.sample.people.pia, issue, body);
      for (const { event, guid, payload } of github.deliveries.slice(before)) {
        const reader = { appId: world.app.id, mayConcern: (text: string) => parser.mayConcern(text) };
        const incoming = readPayload(event, guid, payload, reader);
        if (incoming.kind === "conversation") await door.put(incoming.event);
      }
      return comment;
    },
    repliesTo: ({ id }: Comment): readonly string[] =>
      [...world.comments.values()]
        .filter(({ author, body }) => author === world.app.bot && body.includes(`:${id} -->`))
        .map(({ body }) => body),
    reactionsTo: (comment: Comment): readonly string[] =>
      [...world.reactions.values()].filter(({ target }) => target === comment).map(({ content }) => content),
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await opened.destroy();
      await github.close();
    },
  };
}
