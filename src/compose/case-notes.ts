/**
 * What the log says of a delivery beside its outcome: on what it was, and how many requests to GitHub
 * it took. Requests are counted for the delivery in whose course they were made, however many
 * deliveries are worked on at once.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { ConversationEvent } from "../conversation/event.js";
import type { ConversationDoor } from "../conversation/index.js";

/** Fields of a log line: ids and words of ours. */
export interface CaseNote {
  readonly event: ConversationEvent["type"];
  readonly account: number;
  readonly repository: number;
  readonly installation: number;
  /** Requests to GitHub in the last try. */
  readonly calls: number;
}

export interface CaseNotes {
  /** The same door, with notes taken of what goes through. */
  readonly noting: (door: ConversationDoor) => ConversationDoor;
  /** A request to GitHub was made. */
  readonly called: () => void;
  /** The note of a delivery whose try has ended; afterwards it is forgotten. */
  readonly take: (delivery: string) => CaseNote | undefined;
}

/** Notes that nobody took, of deliveries that ended elsewhere, are forgotten beyond so many. */
const mostNotes = 1_000;

export function createCaseNotes(): CaseNotes {
  const current = new AsyncLocalStorage<{ calls: number }>();
  const notes = new Map<string, CaseNote>();
  return {
    noting: (door) => ({
      ...door,
      async handle(event, ...rest) {
        const tally = { calls: 0 };
        try {
          return await current.run(tally, () => door.handle(event, ...rest));
        } finally {
          notes.set(event.delivery, { ...whereabouts(event), calls: tally.calls });
          const [oldest] = notes.keys();
          if (notes.size > mostNotes && oldest !== undefined) notes.delete(oldest);
        }
      },
    }),
    called() {
      const tally = current.getStore();
      if (tally !== undefined) tally.calls += 1;
    },
    take(delivery) {
      const note = notes.get(delivery);
      notes.delete(delivery);
      return note;
    },
  };
}

const whereabouts = ({ type, place }: ConversationEvent) => ({
  event: type,
  account: place.account.id,
  repository: place.repository.id,
  installation: place.installation,
});
