/**
 * A CSV file as records with line numbers, read as it comes in: UTF-8 with or without a byte order
 * mark, any kind of line ends. What is no such file is refused with a remedy.
 */
import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { ImportError } from "./import-error.js";

export interface CsvRecord {
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** No honest record is longer, and a quote that is never closed must not fill the memory. In characters. */
const maxRecordSize = 100_000;

/**
 * Records in order, blank lines and lines of nothing but commas left out.
 * @param onBytes is told how many bytes have been read so far
 * @throws ImportError
 */
export async function* readCsv(
  input: Readable,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<CsvRecord> {
  const parser = parse({
    info: true,
    record_delimiter: "\n",
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true, // ",,,,,," is how spreadsheets write blank lines
    max_record_size: maxRecordSize,
  });
  pipeline(Readable.from(readText(input, onBytes)), parser, () => undefined); // errors come out of the parser below
  try {
    for await (const item of parser) {
      const { info, record } = item as { info: { lines: number }; record: string[] };
      yield { line: info.lines - lineBreaks(record), cells: record };
    }
  } catch (error) {
    throw error instanceof CsvError ? malformed(error) : error;
  }
}

const lineBreaks = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);

/** Text with "\n" as its only line end, so that the parser counts lines as people do. */
async function* readText(input: Readable, onBytes: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  let heldBack = "";
  for await (const piece of input) {
    const chunk = typeof piece === "string" ? Buffer.from(piece) : (piece as Buffer);
    if (bytes === 0) refuseOtherFiles(chunk);
    if (chunk.includes(0)) throw notText();
    bytes += chunk.length;
    const text = heldBack + decode(() => decoder.decode(chunk, { stream: true }));
    heldBack = text.endsWith("\r") ? "\r" : ""; // its "\n" may be in the next chunk
    yield text.slice(0, text.length - heldBack.length).replace(/\r\n?/g, "\n");
    onBytes(bytes);
  }
  yield decode(() => decoder.decode());
}

function decode(run: () => string): string {
  try {
    return run();
  } catch {
    throw notUtf8();
  }
}

/** By the first bytes: UTF-16 with its mark, and what spreadsheets are really saved as. */
function refuseOtherFiles(start: Buffer): void {
  const mark = start.subarray(0, 4).toString("hex");
  if (mark.startsWith("fffe") || mark.startsWith("feff")) throw notUtf8("UTF-16");
  if (mark === "504b0304" || mark === "d0cf11e0") throw notUtf8("a spreadsheet or an archive");
}

const notUtf8 = (found?: string): ImportError =>
  new ImportError(
    "not_utf8",
    found === undefined ? "The file is not UTF-8 text." : `The file is ${found}, not UTF-8 text.`,
    'Save it as "CSV UTF-8"; rows that were imported already are then recognized and left alone.',
  );

const notText = (): ImportError =>
  new ImportError(
    "not_text",
    "The file has zero bytes in it, which no text has: it is UTF-16, or damaged.",
    'Save it as "CSV UTF-8"; rows that were imported already are then recognized and left alone.',
  );

function malformed(error: CsvError): ImportError {
  const line = typeof error.lines === "number" ? error.lines : undefined;
  const place = line === undefined ? "" : ` near line ${line}`;
  const problem =
    error.code === "CSV_MAX_RECORD_SIZE"
      ? `A record${place} is far too long: a quote before it is not closed, or the lines have no ends.`
      : `A quote${place} is not where it can be.`;
  return new ImportError("malformed_csv", problem, 'A cell with quotes is written "like ""this""".', line);
}
