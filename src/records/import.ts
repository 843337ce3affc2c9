/**
 * Contacts and their organizations from CSV (DESIGN §10), streamed, in batches. A row is an upsert by
 * e-mail address (match.ts says what happens without one). The file is the truth for the columns that
 * it has: an empty cell clears the field; columns that it lacks are left alone. Of two rows with one
 * address the second is rejected. Importing the same file again changes nothing.
 */
import type { Readable } from "node:stream";
import type { Source } from "../store/documents.js";
import { pacer } from "../store/pacer.js";
import type { Store } from "../store/store.js";
import { readHeader } from "./columns.js";
import { ImportError } from "./import-error.js";
import { createKnownEmployers } from "./known-employers.js";
import { readCsv, type CsvRecord } from "./read-csv.js";
import { isRejection, readRow, type Rejection } from "./read-row.js";
import { createSeen, type Seen } from "./seen.js";
import { writeBatch, type BatchContext, type NumberedRow } from "./write-batch.js";

export type { Rejection } from "./read-row.js";

export interface Totals {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly organizationsCreated: number;
}

export interface Progress extends Totals {
  /** Bytes of the input that were read. */
  readonly bytes: number;
}

export interface ImportOptions {
  readonly store: Store;
  readonly source: Source;
  /** Bytes of the file. */
  readonly input: Readable;
  /** Says exactly what an import would do, and writes nothing. */
  readonly dryRun?: boolean;
  /** After each batch. */
  readonly onProgress?: (progress: Progress) => void;
  /** For each rejected row, in the order of the file. */
  readonly onRejected?: (rejection: Rejection) => void;
  readonly now?: () => Date;
}

/**
 * A batch is one transaction on the embedded engine: one sync of the disk for all its contacts, and
 * each page of an index is written once. Other writes wait for it (for a tenth of a second or two),
 * other reads and everything else do not: there are pauses inside.
 */
const batchSize = 1000;

/**
 * @returns what was done (or, in a dry run, would be)
 * @throws ImportError for a file that cannot be read on. A wrong header, delimiter or encoding at
 *   its beginning is found before anything is written; batches before a later fault stay.
 */
export async function importContacts(options: ImportOptions): Promise<Totals> {
  const { store, source, input, dryRun = false, now = () => new Date() } = options;
  const employers = createKnownEmployers();
  const context = { store, source, dryRun, now, imagined: new Set<string>(), employers };
  const seen = createSeen();
  const pace = pacer();
  let bytes = 0;
  let totals: Totals = {
    rows: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    organizationsCreated: 0,
  };

  const records = readCsv(input, (read) => (bytes = read));
  const first = await records.next();
  if (first.done) throw emptyFile();
  const header = readHeader(first.value.cells);
  for await (const batch of batches(records, pace)) {
    const rows: (NumberedRow | Rejection)[] = [];
    for (const record of batch) {
      rows.push(placeInFile(readRow(header, record), seen));
      await pace();
    }
    totals = add(totals, await importBatch(context, rows, options.onRejected));
    options.onProgress?.({ ...totals, bytes });
    await pace();
  }
  return totals;
}

const emptyFile = () =>
  new ImportError("empty_file", "The file is empty.", "Its first line is a header, then one contact a line.");

async function* batches(
  records: AsyncIterable<CsvRecord>,
  pace: () => Promise<void>,
): AsyncGenerator<readonly CsvRecord[]> {
  let batch: CsvRecord[] = [];
  for await (const record of records) {
    batch.push(record);
    await pace();
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function placeInFile(row: ReturnType<typeof readRow>, seen: Seen): NumberedRow | Rejection {
  if (isRejection(row)) return row;
  const earlier = seen.earlierLine(row);
  if (earlier === undefined) return { ...row, sameBefore: seen.sameBefore(row) };
  return { line: row.line, reason: `The e-mail address is the same as in line ${earlier}.` };
}

async function importBatch(
  context: BatchContext,
  rows: readonly (NumberedRow | Rejection)[],
  onRejected: ImportOptions["onRejected"],
): Promise<Totals> {
  const result = await writeBatch(
    context,
    rows.filter((row): row is NumberedRow => !isRejection(row)),
  );
  const rejected = [...rows.filter(isRejection), ...result.rejected].sort((a, b) => a.line - b.line);
  for (const rejection of rejected) onRejected?.(rejection);
  return { ...result, rows: rows.length, rejected: rejected.length };
}

const add = (a: Totals, b: Totals): Totals => ({
  rows: a.rows + b.rows,
  created: a.created + b.created,
  updated: a.updated + b.updated,
  unchanged: a.unchanged + b.unchanged,
  rejected: a.rejected + b.rejected,
  organizationsCreated: a.organizationsCreated + b.organizationsCreated,
});
