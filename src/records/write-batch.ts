/**
 * One batch of rows, a few hundred: organizations first, then contacts, each in few round trips. A
 * dry run takes the same way and stops before every write.
 */
import { setImmediate } from "node:timers/promises";
import { contactUpdate, fieldsOf, newContact } from "../crm/contact-document.js";
import { takeNumbers } from "../crm/counters.js";
import { checkContact, type ContactFields } from "../crm/fields.js";
import { ensureOrganizations } from "../crm/organization-ensure.js";
import { createOrganizations } from "../crm/organizations.js";
import type { ContactDocument, Source } from "../store/documents.js";
import type { BulkStep, Store } from "../store/store.js";
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
  { store, source, dryRun, now, imagined }: BatchContext,
  rows: readonly ImportRow[],
): Promise<{ numbers: ReadonlyMap<string, number>; created: number }> {
  const named = rows.flatMap(({ organization }) => (organization?.key ? [organization] : []));
  const names = named.map(({ name }) => name);
  const { byName, created } = dryRun
    ? { byName: await createOrganizations(store).byNames(source, names), created: 0 }
    : await ensureOrganizations(store, source, names, now());
  const numbers = new Map([...byName].map(([key, { number }]) => [key, number]));
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

type Change =
  | { readonly kind: "created"; readonly row: PlacedRow; readonly fields: ContactFields }
  | {
      readonly kind: "updated";
      readonly row: PlacedRow;
      readonly step: BulkStep<ContactDocument>;
    }
  | { readonly kind: "unchanged"; readonly row: PlacedRow };

async function plan({ store, source, now }: BatchContext, rows: readonly PlacedRow[]): Promise<Change[]> {
  const matches = await matchContacts(store, source, rows);
  await setImmediate(); // each step of a batch takes milliseconds, and the store alone gives no pause
  return rows.map((row, index) => planRow(row, matches[index], now()));
}

function planRow(row: PlacedRow, before: ContactDocument | undefined, now: Date): Change {
  const organization = row.organizationNumber;
  const input = { ...row.input, ...(organization !== undefined && { organization }) };
  const checked = checkContact(input, before && fieldsOf(before));
  if (checked.type === "unfit") throw new Error("a row that was checked does not fit");
  if (!before) return { kind: "created", row, fields: checked.fields };
  const update = contactUpdate(before, checked.fields, now);
  if (!update) return { kind: "unchanged", row };
  return { kind: "updated", row, step: { updateOne: { filter: { _id: before._id }, update } } };
}

/** @returns rows that were not written because their address is taken by now */
async function write(
  { store, source, now }: BatchContext,
  changes: readonly Change[],
): Promise<Set<PlacedRow>> {
  const count = changes.filter(({ kind }) => kind === "created").length;
  let number = count > 0 ? await takeNumbers(store, source.account, "contacts", count) : 0;
  const written: PlacedRow[] = [];
  const steps: BulkStep<ContactDocument>[] = [];
  // Updates first: after the last of them, the embedded engine writes index entries together.
  const ordered = [...changes].sort((a, b) => Number(a.kind === "created") - Number(b.kind === "created"));
  for (const change of ordered) {
    if (change.kind === "unchanged") continue;
    written.push(change.row);
    steps.push(
      change.kind === "updated"
        ? change.step
        : { insertOne: newContact(source, number++, change.fields, now()) },
    );
  }
  if (steps.length === 0) return new Set();
  await setImmediate();
  const { duplicates } = await store.collection<ContactDocument>("contacts").bulk(steps);
  return new Set(written.filter((_, index) => duplicates.has(index)));
}
