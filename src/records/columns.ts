/** The header of a contact list: which columns there are, in any order, and what to say of any others. */
import { distance } from "fastest-levenshtein";
import { ImportError } from "./import-error.js";

/** In the order in which they are exported. */
export const columns = [
  "first_name",
  "last_name",
  "email",
  "phone",
  "description",
  "organization",
  "state",
] as const;

export type Column = (typeof columns)[number];

/** Without these nobody can tell whom a row means. */
const required: readonly Column[] = ["first_name", "last_name", "email"];

/**
 * The columns of a file by its header cells: "First Name" is `first_name`.
 * @throws ImportError with everything that is wrong with the header
 */
export function readHeader(cells: readonly string[]): readonly Column[] {
  checkDelimiter(cells);
  const names = cells.map(columnName);
  const unknown = names.filter((name) => !isColumn(name));
  if (unknown.length === names.length && names.some(isOfRecord)) throw noHeader();
  if (unknown.length > 0) throw unknownColumns(unknown);
  const known = names.filter(isColumn);
  const repeated = known.filter((name, index) => known.indexOf(name) !== index);
  if (repeated.length > 0) {
    const problem = `The header has ${listed(repeated)} more than once.`;
    throw new ImportError("repeated_columns", problem, "Leave one column of each name.", 1);
  }
  const missing = required.filter((name) => !known.includes(name));
  if (missing.length > 0) {
    const problem = `The header lacks ${listed(missing)}.`;
    throw new ImportError(
      "missing_columns",
      problem,
      `The first line is a header such as ${columns.join(",")}.`,
      1,
    );
  }
  return known;
}

/** A header cell as the name of a column; String.trim takes a byte order mark along. */
export const columnName = (cell: string): string =>
  cell
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");

const isColumn = (name: string): name is Column => (columns as readonly string[]).includes(name);

function checkDelimiter(cells: readonly string[]): void {
  const [only = ""] = cells;
  const delimiter = cells.length > 1 ? undefined : /[;\t|]/.exec(only)?.[0];
  if (delimiter === undefined) return;
  const found = delimiter === "\t" ? "tabs" : `"${delimiter}"`;
  throw new ImportError(
    "wrong_delimiter",
    `The cells are separated by ${found}, not by commas.`,
    'Save the file as "CSV UTF-8 (comma delimited)", or replace the separators.',
    1,
  );
}

function unknownColumns(unknown: readonly string[]): ImportError {
  const problem = `The header has columns that are not known: ${unknown.map(suggested).join(", ")}.`;
  return new ImportError("unknown_columns", problem, `Known are ${columns.join(", ")}.`, 1);
}

/** Nothing of a file without header is repeated: its first line is somebody. */
const noHeader = () =>
  new ImportError(
    "unknown_columns",
    "The first line is no header; it looks like a record.",
    `Put a line such as ${columns.join(",")} before it.`,
    1,
  );

const isOfRecord = (name: string): boolean => name.length > 40 || /[@\d]/.test(name);

/** Also beside known columns a cell may be somebody's. */
function suggested(name: string): string {
  if (name === "") return "one without a name";
  if (isOfRecord(name)) return "one that looks like a record";
  const nearest = columns
    .map((column) => ({ column, edits: distance(name, column) }))
    .reduce((best, next) => (next.edits < best.edits ? next : best));
  const near = nearest.edits <= Math.max(2, name.length / 3);
  return near ? `"${name}" (did you mean ${nearest.column}?)` : `"${name}"`;
}

const listed = (names: readonly string[]): string => [...new Set(names)].join(", ");
