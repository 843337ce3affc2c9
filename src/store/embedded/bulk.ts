/**
 * Bulk writes: all steps in one transaction, with pauses. Inserts that follow each other are written
 * together, table by table, because a call of SQLite costs more than a row; only if one of them meets
 * a key that is taken are they taken back and written one by one, to find out which.
 */
import type { Document, Step } from "../engine.js";
import { pacer } from "../pacer.js";
import { DuplicateKeyError, type BulkResult } from "../store.js";
import { isConstraintError, type SqliteDatabase } from "./database.js";
import { WaitingEntries } from "./entries.js";
import type { Writer } from "./writing.js";

/** Documents written together: enough to be worth it, few enough to be done within some milliseconds. */
const TOGETHER = 100;

type UpdateStep = Extract<Step, { readonly kind: "update" }>;

/** Inserts that follow each other, or one update, with the place of the first in the caller's list. */
type Part =
  | { readonly kind: "inserts"; readonly at: number; readonly documents: Document[] }
  | { readonly kind: "update"; readonly at: number; readonly step: UpdateStep };

/** @param update carries out one update; inside a savepoint, undone when it throws */
export function writeInBulk(
  database: SqliteDatabase,
  writer: Writer,
  steps: readonly Step[],
  update: (step: UpdateStep) => void,
): Promise<BulkResult> {
  return database.longTransaction(async () => {
    const duplicates = new Map<number, DuplicateKeyError>();
    const waiting = new WaitingEntries(database);
    const pace = pacer();
    for (const part of partsOf(steps)) {
      if (part.kind === "inserts") insertTogether(database, writer, part, waiting, duplicates);
      else {
        // It may look for what was just inserted, or remove it from an index.
        for (const write of waiting.take()) write();
        noteDuplicate(duplicates, part.at, () => database.savepoint(() => update(part.step)));
      }
      await pace();
    }
    for (const write of waiting.take()) {
      write();
      await pace();
    }
    return { duplicates };
  });
}

function* partsOf(steps: readonly Step[]): Generator<Part, void, undefined> {
  let inserts: Extract<Part, { kind: "inserts" }> | undefined;
  for (const [at, step] of steps.entries()) {
    if (step.kind === "insert") {
      inserts ??= { kind: "inserts", at, documents: [] };
      inserts.documents.push(step.document);
      if (inserts.documents.length < TOGETHER) continue;
    }
    if (inserts !== undefined) yield inserts;
    inserts = undefined;
    if (step.kind === "update") yield { kind: "update", at, step };
  }
  if (inserts !== undefined) yield inserts;
}

function insertTogether(
  database: SqliteDatabase,
  writer: Writer,
  { at, documents }: Extract<Part, { kind: "inserts" }>,
  waiting: WaitingEntries,
  duplicates: Map<number, DuplicateKeyError>,
): void {
  try {
    const firstRow = database.savepoint(() => writer.insertTogether(documents));
    writer.enterLater(documents, firstRow, waiting);
  } catch (error) {
    if (!isConstraintError(error) && !(error instanceof DuplicateKeyError)) throw error;
    for (const [offset, document] of documents.entries())
      noteDuplicate(duplicates, at + offset, () => {
        const row = database.savepoint(() => writer.insertUnique(document));
        writer.enterLater([document], row, waiting);
      });
  }
}

function noteDuplicate(duplicates: Map<number, DuplicateKeyError>, at: number, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    duplicates.set(at, error);
  }
}
