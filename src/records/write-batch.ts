/**
 * One batch of rows, about a thousand: organizations first, then contacts, each in few round trips. A
 * dry run takes the same way and stops before every write.
 */
import { contactUpdate, fieldsOf, newContact } from "../crm/contact-document.js";
import { takeNumbers } from "../crm/counters.js";
import { checkContact, type ContactFields } from "../crm/fields.js";
import { ensureOrganizations } from "../crm/organization-ensure.js";
import { createOrganizations } from "../crm/organizations.js";
import { settleEmployers, type Employed } from "../crm/reassign.js";
import type { ContactDocument, Source } from "../store/documents.js";
import { pacer } from "../store/pacer.js";
import type { BulkStep, Store } from "../store/store.js";
import type { KnownEmployers } from "./known-employers.js";
import { matchContacts, type PlacedRow } from "./match.js";
import type { ImportRow, Rejection } from "./read-row.js";

export interface BatchResult {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly organizationsCreated: number;
  readonly rejected: readonly Rejection[];
}

export interface BatchContext {
  readonly store: Store;
  readonly source: Source;
  readonly dryRun: boolean;
  readonly now: () => Date;
  /** Folded names of organizations that a dry run would have created by now. */
  readonly imagined: Set<string>;
  /** Organizations of earlier rows, which are looked at once more after each write. */
  readonly employers: KnownEmployers;
}

export type NumberedRow = ImportRow & Pick<PlacedRow, "sameBefore">;

/** Somebody else may create a contact with the same address between our look and our write. */
const maxRaces = 3;

export async function writeBatch(context: BatchContext, rows: readonly NumberedRow[]): Promise<BatchResult> {
  const { numbers, created: organizationsCreated } = await findOrganizations(context, rows);
  let pending = rows.map((row) => ({ ...row, organizationNumber: numberOf(row, numbers) }));
  const totals = { created: 0, updated: 0, unchanged: 0 };
  for (let race = 0; race < maxRaces && pending.length > 0; race++) {
    const changes = await plan(context, pending);
    const lost = context.dryRun ? new Set<PlacedRow>() : await write(context, changes);
    for (const { row, kind } of changes) if (!lost.has(row)) totals[kind]++;
    pending = pending.filter((row) => lost.has(row));
  }
  const rejected = pending.map(({ line }) => ({ line, reason: "Somebody else was changing this contact." }));
  return { ...totals, organizationsCreated, rejected };
}

/** Folded name -> number. In a dry run those that do not exist have number 0, which nobody has. */
async function findOrganizations(
  { store, source, dryRun, now, imagined, employers }: BatchContext,
  rows: readonly ImportRow[],
): Promise<{ numbers: ReadonlyMap<string, number>; created: number }> {
  const named = rows.flatMap(({ organization }) => (organization?.key ? [organization] : []));
  const { known, unknown } = employers.sort(named);
  const names = unknown.map(({ name }) => name);
  const { byName, created } = dryRun
    ? { byName: await createOrganizations(store).byNames(source, names), created: 0 }
    : await ensureOrganizations(store, source, names, now());
  const found = new Map([...byName].map(([key, { number }]) => [key, number]));
  employers.remember(found);
  const numbers = new Map([...known, ...found]);
  const before = imagined.size;
  for (const { key } of named) if (!numbers.has(key)) imagined.add(key);
  return { numbers, created: created + imagined.size - before };
}

function numberOf(
  { organization }: ImportRow,
  numbers: ReadonlyMap<string, number>,
): PlacedRow["organizationNumber"] {
  if (organization === undefined) return undefined;
  return organization.key === "" ? "none" : (numbers.get(organization.key) ?? 0);
}

interface Creation {
  readonly kind: "created";
  readonly row: PlacedRow;
  readonly fields: ContactFields;
}

interface Update {
  readonly kind: "updated" | "unchanged";
  readonly row: PlacedRow;
  readonly contact: Employed;
  /** Absent when nothing changes. */
  readonly step?: BulkStep<ContactDocument>;
}

type Change = Creation | Update;

async function plan({ store, source, now }: BatchContext, rows: readonly PlacedRow[]): Promise<Change[]> {
  const matches = await matchContacts(store, source, rows);
  const pace = pacer();
  const changes: Change[] = [];
  for (const [index, row] of rows.entries()) {
    changes.push(planRow(row, matches[index], now()));
    await pace();
  }
  return changes;
}

function planRow(row: PlacedRow, before: ContactDocument | undefined, now: Date): Change {
  const organization = row.organizationNumber;
  if (!before) {
    const employed = typeof organization === "number" && { organization };
    return { kind: "created", row, fields: { ...row.fields, ...employed } };
  }
  const input = { ...row.input, ...(organization !== undefined && { organization }) };
  const checked = checkContact(input, fieldsOf(before));
  if (checked.type === "unfit") throw new Error("a row that was checked does not fit");
  const update = contactUpdate(before, checked.fields, now);
  if (!update) return { kind: "unchanged", row, contact: before };
  const contact = { ...checked.fields, _id: before._id };
  return { kind: "updated", row, contact, step: { updateOne: { filter: { _id: before._id }, update } } };
}

/** @returns rows that were not written because their address is taken by now */
async function write(
  { store, source, now, employers }: BatchContext,
  changes: readonly Change[],
): Promise<Set<PlacedRow>> {
  const contacts = store.collection<ContactDocument>("contacts");
  const placed = await placeNew(store, source, changes, now());
  // Updates first: after the last of them, the embedded engine writes index entries together.
  const ordered = placed.sort((a, b) => Number(a.kind === "created") - Number(b.kind === "created"));
  const written = ordered.flatMap(({ row, step }) => (step ? [{ row, step }] : []));
  let lost = new Set<PlacedRow>();
  if (written.length > 0) {
    const { duplicates } = await contacts.bulk(written.map(({ step }) => step));
    lost = new Set(written.flatMap(({ row }, index) => (duplicates.has(index) ? [row] : [])));
  }
  // Also of those that were as the file says: an import that was killed just before this is repeated.
  const gone = await settleEmployers(
    store,
    source,
    placed.map(({ contact }) => contact),
    now,
  );
  employers.forget(gone);
  return lost;
}

type Placed = Pick<Change, "kind" | "row"> & Pick<Update, "contact" | "step">;

/** New contacts get their numbers, all from one round trip. */
async function placeNew(
  store: Store,
  source: Source,
  changes: readonly Change[],
  now: Date,
): Promise<Placed[]> {
  const count = changes.filter(({ kind }) => kind === "created").length;
  let number = count > 0 ? await takeNumbers(store, source.account, "contacts", count) : 0;
  const pace = pacer();
  const placed: Placed[] = [];
  for (const change of changes) {
    if (change.kind === "created") {
      const contact = newContact(source, number++, change.fields, now);
      placed.push({ kind: "created", row: change.row, contact, step: { insertOne: contact } });
    } else placed.push(change);
    await pace();
  }
  return placed;
}
