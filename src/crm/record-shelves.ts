/**
 * What both kinds of record have in common when they are written: a shelf creates, changes and
 * counts them by number and tells what became of it in the same words.
 */
import type { RecordState, Source } from "../store/documents.js";
import type { AnnounceEdit, AnnounceNew } from "./contact-writes.js";
import type { ContactRefusal, Contacts } from "./contacts.js";
import type { ContactInput, FieldName, FieldProblem } from "./fields.js";
import type { OrganizationInput } from "./organization-fields.js";
import type { OrganizationRefusal, Organizations } from "./organizations.js";

export type Refused =
  | { readonly type: "unfit"; readonly problems: readonly FieldProblem[] }
  /** Another record of the source has this address or name. */
  | { readonly type: "taken"; readonly field: "email" | "name"; readonly by: number };

export type RecordCreated = { readonly type: "created"; readonly number: number } | Refused;

export type RecordEdited =
  | { readonly type: "edited"; readonly number: number; readonly fields: readonly FieldName[] }
  | { readonly type: "unchanged"; readonly number: number }
  | { readonly type: "unknown" }
  | Refused;

export interface Shelf<Input> {
  readonly key: "contacts" | "organizations";
  /** Those that exist, and their states. */
  states(source: Source, numbers: readonly number[]): Promise<ReadonlyMap<number, RecordState>>;
  create(source: Source, input: Input, announce: AnnounceNew): Promise<RecordCreated>;
  update(source: Source, number: number, changes: Input, announce: AnnounceEdit): Promise<RecordEdited>;
  /** What leaves the record naming one that is gone is put right. */
  settle(source: Source, number: number): Promise<void>;
  /** Records that `input` names and that have gone since, replaced by their successors. */
  asNow(source: Source, input: Input): Promise<Input>;
  /** A record that is gone is no error. */
  setState(source: Source, number: number, state: RecordState): Promise<void>;
}

export function contactShelf(
  contacts: Pick<Contacts, "byNumbers" | "create" | "update" | "withEmployerOfNow">,
): Shelf<ContactInput> {
  return {
    key: "contacts",
    states: async (source, numbers) => statesOf(await contacts.byNumbers(source, numbers)),
    async create(source, input, announce) {
      const created = await contacts.create(source, input, announce);
      return created.type === "created"
        ? { type: "created", number: created.contact.number }
        : refusedContact(created);
    },
    async settle(source, number) {
      await contacts.update(source, number, {});
    },
    asNow: (source, input) => contacts.withEmployerOfNow(source, input),
    async setState(source, number, state) {
      await contacts.update(source, number, { state });
    },
    async update(source, number, changes, announce) {
      let fields: readonly FieldName[] = [];
      const edited = await contacts.update(source, number, changes, (changed) =>
        announce((fields = changed)),
      );
      switch (edited.type) {
        case "updated":
          return { type: "edited", number, fields };
        case "unchanged":
          return { type: "unchanged", number };
        case "unknown":
          return edited;
        case "unfit":
        case "email_taken":
          return refusedContact(edited);
      }
    },
  };
}

export function organizationShelf(
  organizations: Pick<Organizations, "byNumbers" | "create" | "update">,
): Shelf<OrganizationInput> {
  return {
    key: "organizations",
    states: async (source, numbers) => statesOf(await organizations.byNumbers(source, numbers)),
    async create(source, input, announce) {
      const created = await organizations.create(source, input, announce);
      return created.type === "created"
        ? { type: "created", number: created.organization.number }
        : refusedOrganization(created);
    },
    settle: () => Promise.resolve(),
    asNow: (_source, input) => Promise.resolve(input),
    async setState(source, number, state) {
      await organizations.update(source, number, { state });
    },
    async update(source, number, changes, announce) {
      let fields: readonly FieldName[] = [];
      const keep: AnnounceEdit = (changed) => announce((fields = changed));
      const edited = await organizations.update(source, number, changes, keep);
      switch (edited.type) {
        case "updated":
          return { type: "edited", number, fields };
        case "unchanged":
          return { type: "unchanged", number };
        case "unknown":
          return edited;
        case "unfit":
        case "name_taken":
          return refusedOrganization(edited);
      }
    },
  };
}

const statesOf = (records: ReadonlyMap<number, { readonly state: RecordState }>) =>
  new Map([...records].map(([number, { state }]) => [number, state]));

const refusedContact = (refusal: ContactRefusal): Refused =>
  refusal.type === "unfit" ? refusal : { type: "taken", field: "email", by: refusal.by.number };

const refusedOrganization = (refusal: OrganizationRefusal): Refused =>
  refusal.type === "unfit" ? refusal : { type: "taken", field: "name", by: refusal.by.number };
