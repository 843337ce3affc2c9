/**
 * An inbox and workers on a fresh store, with a clock that only the test moves and a conversation
 * that only notes what it is asked. Deliveries are told apart by their text: `events.comment(1, "a")`.
 */
import type { ConversationDoor } from "../../src/conversation/index.js";
import type { CommentEvent, ConversationEvent } from "../../src/conversation/event.js";
import { createInbox, type DeliveryDocument, type Inbox } from "../../src/intake/inbox.js";
import { createWorker, type Worker, type WorkerOptions, type WorkLog } from "../../src/intake/worker.js";
import { schema } from "../../src/store/documents.js";
import type { Collection, Store, StoredDocument } from "../../src/store/store.js";
import type { Engine } from "../support/stores.js";

/** A comment on an issue of account 1001; its GUID is its text unless the test says otherwise. */
export function comment(issue: number, text: string, delivery = text, account = 1001): CommentEvent {
  return {
    type: "comment",
    delivery,
    place: {
      installation: 7001,
      account: { id: account, login: "acme", type: "Organization" },
      repository: { id: 2001, owner: "acme", name: "helpdesk", visibility: "private" },
      issue: {
        number: issue,
        id: 3000 + issue,
        nodeId: `I_${issue}`,
        title: "Login",
        state: "open",
        isPullRequest: false,
        changedAt: new Date(0),
      },
    },
    actor: { id: 504, login: "pia" },
    source: { kind: "comment", id: 1 },
    text,
    writtenAt: "2026-01-01T00:00:00Z",
  };
}

export interface Clock {
  readonly now: () => Date;
  pass(milliseconds: number): void;
}

export function stillClock(): Clock {
  let time = Date.parse("2026-11-02T08:00:00Z");
  return { now: () => new Date(time), pass: (milliseconds) => (time += milliseconds) };
}

export interface Bench {
  readonly store: Store;
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly deliveries: Collection<DeliveryDocument>;
  readonly lanes: Collection<StoredDocument>;
  /** What is stored of a delivery. */
  find(text: string): Promise<DeliveryDocument | undefined>;
  readonly close: () => Promise<void>;
}

export async function openBench(engine: Engine): Promise<Bench> {
  const opened = await engine.open(
    { deliveries: schema.deliveries ?? [], lanes: schema.lanes ?? [] },
    "inbox",
  );
  const { store } = opened;
  const clock = stillClock();
  const deliveries = store.collection<DeliveryDocument>("deliveries");
  return {
    store,
    clock,
    inbox: createInbox(store, clock.now),
    deliveries,
    lanes: store.collection("lanes"),
    find: (text) => deliveries.findOne({ _id: `1001:${text}` }),
    close: () => opened.destroy(),
  };
}

type Line = Parameters<WorkLog["ended"]>[0];

export interface Workshop {
  readonly worker: Worker;
  readonly ended: Line[];
  readonly troubles: unknown[];
  /** Texts in the order in which `handle` was called. */
  readonly handled: string[];
  readonly apologies: string[];
  /** Lets `milliseconds` pass on the clock, and works off what is due then. */
  readonly work: (milliseconds?: number) => Promise<void>;
}

/** @param handle what the conversation does with an event after it was noted; "answered" at once by default */
export function openWorkshop(
  { inbox, clock }: Pick<Bench, "inbox" | "clock">,
  handle: (event: ConversationEvent) => Promise<unknown> = () => Promise.resolve(),
  options: Partial<WorkerOptions & Pick<ConversationDoor, "apologize">> = {},
): Workshop {
  const [ended, troubles, handled, apologies]: [Line[], unknown[], string[], string[]] = [[], [], [], []];
  const conversation: ConversationDoor = {
    async handle(event) {
      handled.push(event.text);
      await handle(event);
      return "answered";
    },
    async apologize(event) {
      apologies.push(event.text);
      await options.apologize?.(event);
    },
  };
  const worker = createWorker({
    inbox,
    conversation,
    log: { ended: (line) => ended.push(line), trouble: (error) => troubles.push(error) },
    now: clock.now,
    name: "w",
    pollMs: 60_000, // the tests nudge
    ...options,
  });
  const work = async (milliseconds = 0) => {
    clock.pass(milliseconds);
    await worker.idle();
  };
  return { worker, ended, troubles, handled, apologies, work };
}

/** Waits for what happens beside the test; says so when it does not. */
export async function until(condition: () => boolean, milliseconds = 3_000): Promise<void> {
  for (const end = Date.now() + milliseconds; !condition();) {
    if (Date.now() > end) throw new Error("it did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
