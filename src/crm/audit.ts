/**
 * The audit trail: who changed which links and records, when, what, and on which issue. It is the
 * journal of changes of records as well: what will be done is written down before it is done, so that
 * a retry after a crash finds it and goes on with the same number instead of a new one.
 */
import type { EventDocument, Source } from "../store/documents.js";
import { DuplicateKeyError, type Store } from "../store/store.js";

/** Who changes something, and as which step of which delivery. */
export interface Step {
  /** GitHub user id. */
  readonly actor: number;
  readonly delivery: string;
  /** Number of the quick action or of the box within the delivery, from 0, rising. */
  readonly action: number;
  /** Name for the audit trail: `add_contacts`. */
  readonly name: string;
}

/** What is changed: numbers and names of fields, never their values. */
export interface Deeds extends Pick<
  EventDocument,
  "issue" | "added" | "removed" | "contacts" | "organizations" | "fields" | "issues" | "employed"
> {
  /** Where the contacts and organizations belong. */
  readonly source: Source;
}

export interface Audit {
  /**
   * Writes down that `step` does `what`, at most once a step and name.
   * @returns the event as it was written first: a retry goes by what stands there, not by `what`
   */
  begin(step: Step, what: Deeds): Promise<EventDocument>;
  /** What an earlier try of `step` has written down. */
  find(source: Source, step: Step): Promise<EventDocument | undefined>;
  /** Takes an event back whose change was refused in the end. One that is gone already is no error. */
  withdraw(event: EventDocument): Promise<void>;
  /** Does any other event name the record? Then it is, or was, there: nothing is written of one that never was. */
  namesElsewhere(event: EventDocument, kind: "contacts" | "organizations", number: number): Promise<boolean>;
  /** What concerned a contact, newest first; `limit` at most. */
  historyOf(source: Source, contact: number, limit: number): Promise<readonly EventDocument[]>;
}

export function createAudit(store: Store, now: () => Date): Audit {
  const events = store.collection<EventDocument>("events");

  return {
    async begin(step, what) {
      const event = eventOf(step, what, now());
      try {
        await events.insertOne(event);
        return event;
      } catch (error) {
        if (!(error instanceof DuplicateKeyError)) throw error;
        const first = await events.findOne({ _id: event._id });
        if (first === undefined) throw error; // withdrawn between the two: the next try begins afresh
        return first;
      }
    },

    find: (source, step) => events.findOne({ _id: eventId(source, step) }),

    async withdraw({ _id }) {
      await events.deleteOne({ _id });
    },

    async namesElsewhere({ _id, account }, kind, number) {
      const found = await events.find({ account, [kind]: number }, { limit: 2, projection: ["account"] });
      return found.some((other) => other._id !== _id);
    },

    historyOf: ({ account }, contact, limit) =>
      events.find({ account, contacts: contact }, { sort: { at: -1 }, limit }),
  };
}

function eventOf(step: Step, { source, ...what }: Deeds, at: Date): EventDocument {
  const { actor, name } = step;
  const { account, group } = source;
  const contacts = distinct([...(what.contacts ?? []), ...(what.added ?? []), ...(what.removed ?? [])]);
  return {
    _id: eventId(source, step),
    account,
    group,
    actor,
    action: name,
    ...what,
    contacts,
    at,
  };
}

const eventId = ({ account }: Source, { delivery, action, name }: Step): string =>
  `${account}:${delivery}:${action}:${name}`;

const distinct = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)];
