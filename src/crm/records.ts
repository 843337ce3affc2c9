/**
 * Contacts and organizations as quick actions and ticks change them: every change is written into
 * the audit trail before it is made, and a step that is repeated after a crash finds there what it
 * was about and goes on with the same record.
 */
import type { EventDocument, RecordState, Source } from "../store/documents.js";
import type { Audit, Step } from "./audit.js";
import type { ContactInput, FieldName } from "./fields.js";
import type { OrganizationInput } from "./organization-fields.js";
import type { RecordCreated, RecordEdited, Shelf } from "./record-shelves.js";

/** Where the records belong, and as which step and on which issue (`issueId`) the change was asked for. */
export interface Said {
  readonly source: Source;
  readonly step: Step;
  readonly issue: string;
}

export interface JournaledRecords<Input> {
  /** Repeating the same step creates nothing new and returns the number of the first time. */
  create(input: Input, said: Said): Promise<RecordCreated>;
  /** Lays `changes` over the record. Repeating the same step tells the fields of the first time. */
  edit(number: number, changes: Input, said: Said): Promise<RecordEdited>;
  /** @returns those of the given numbers that were in another state before this step; others are left alone */
  setState(numbers: readonly number[], state: RecordState, said: Said): Promise<readonly number[]>;
}

export interface Records {
  readonly contacts: JournaledRecords<ContactInput>;
  readonly organizations: JournaledRecords<OrganizationInput>;
  /** The numbers that an earlier try of this step was about; references may mean others by now. */
  begun(said: Said): Promise<Pick<EventDocument, "contacts" | "organizations"> | undefined>;
}

type JournalOf = Pick<Audit, "begin" | "find" | "withdraw" | "namesElsewhere">;

export function createRecords(
  shelves: { readonly contacts: Shelf<ContactInput>; readonly organizations: Shelf<OrganizationInput> },
  audit: JournalOf,
): Records {
  return {
    contacts: journaled(shelves.contacts, audit),
    organizations: journaled(shelves.organizations, audit),
    begun: ({ source, step }) => audit.find(source, step),
  };
}

function journaled<Input extends object>(shelf: Shelf<Input>, audit: JournalOf): JournaledRecords<Input> {
  const begin = (numbers: readonly number[], fields: readonly FieldName[], { source, step, issue }: Said) =>
    audit.begin(step, { source, issue, [shelf.key]: numbers, fields });

  /** Merged or erased since is created too: it must not come back. */
  const isCreated = async (number: number, event: EventDocument, source: Source) =>
    (await shelf.states(source, [number])).has(number) ||
    (await audit.namesElsewhere(event, shelf.key, number));

  /** What a step that began earlier asked for, in terms of what is there now. */
  const asNow = (input: Input, { source }: Said, event: EventDocument | undefined) =>
    event === undefined ? input : shelf.asNow(source, input);

  return {
    async create(input, said) {
      const journal = { event: await audit.find(said.source, said.step) };
      const [known] = journal.event?.[shelf.key] ?? [];
      if (known !== undefined && journal.event && (await isCreated(known, journal.event, said.source))) {
        await shelf.settle(said.source, known);
        return { type: "created", number: known };
      }
      const wanted = await asNow(input, said, journal.event);
      const created = await shelf.create(said.source, wanted, async (fresh) => {
        journal.event = await begin([fresh], givenFields(input), said);
        return journal.event[shelf.key]?.[0] ?? fresh;
      });
      if (created.type !== "created" && journal.event) await audit.withdraw(journal.event);
      return created;
    },

    async edit(number, changes, said) {
      const journal = { event: await audit.find(said.source, said.step) };
      const wanted = await asNow(changes, said, journal.event);
      const edited = await shelf.update(said.source, number, wanted, async (fields) => {
        journal.event = await begin([number], fields, said);
      });
      const { event } = journal;
      if (event === undefined) return edited;
      if (edited.type === "edited" || edited.type === "unchanged") {
        return { type: "edited", number, fields: (event.fields ?? []) as readonly FieldName[] };
      }
      await audit.withdraw(event);
      return edited;
    },

    async setState(numbers, state, said) {
      const first = await audit.find(said.source, said.step);
      const states = await shelf.states(said.source, numbers);
      const others = numbers.filter((number) => states.has(number) && states.get(number) !== state);
      if (first === undefined && others.length === 0) return [];
      const { [shelf.key]: changed = [] } = first ?? (await begin(others, ["state"], said));
      for (const number of changed) await shelf.setState(said.source, number, state);
      return changed;
    },
  };
}

/** The names of the fields that hold something. */
const givenFields = (input: object): readonly FieldName[] =>
  Object.entries(input).flatMap(([field, value]) => (value === "" ? [] : [field as FieldName]));

export type { RecordCreated, RecordEdited, Refused } from "./record-shelves.js";
