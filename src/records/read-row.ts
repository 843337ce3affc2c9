/** One row of a contact list: cells as fields of a contact, or why they cannot be. */
import { cleanLine } from "../crm/clean.js";
import { checkContact, type ContactFields, type ContactInput } from "../crm/fields.js";
import { foldEmail, foldName, organizationKey } from "../crm/fold.js";
import { checkOrganization } from "../crm/organization-fields.js";
import { columnName, type Column } from "./columns.js";
import { undefuse } from "./formulas.js";
import type { CsvRecord } from "./read-csv.js";

export interface ImportRow {
  readonly line: number;
  /** Everything but the organization. Columns that the file lacks are absent, empty cells are "". */
  readonly input: Omit<ContactInput, "organization">;
  /** What a new contact made of it holds, checked, but for the organization. */
  readonly fields: Omit<ContactFields, "organization">;
  /** Folded address; "" for none. */
  readonly emailKey: string;
  readonly nameKey: string;
  /** As typed, cleaned, with its folded form; both "" clear it; undefined when the file has no such column. */
  readonly organization?: { readonly name: string; readonly key: string };
}

/** A row that was not imported. The reason repeats nothing of the row: it may go to a log. */
export interface Rejection {
  readonly line: number;
  readonly reason: string;
}

export function readRow(header: readonly Column[], record: CsvRecord): ImportRow | Rejection {
  const { line, cells } = record;
  if (cells.length !== header.length) {
    return { line, reason: `The row has ${cells.length} cells, the header ${header.length}.` };
  }
  if (cells.every((text, at) => columnName(text) === header[at])) {
    return { line, reason: "The row is the header once more; two files may have been joined here." };
  }
  const cell = (column: Column) => {
    const text = cells[header.indexOf(column)];
    return text === undefined ? undefined : undefuse(text.trim());
  };
  const state = readState(cell("state"));
  const name = cell("organization");
  const organization = name === undefined ? undefined : cleanLine(name);
  const input = definedOnly({
    firstName: cell("first_name"),
    lastName: cell("last_name"),
    email: cell("email"),
    phone: cell("phone"),
    description: cell("description"),
    ...(state !== "unknown" && { state }),
  });
  const checked = checkContact(input);
  const reasons = [
    ...(checked.type === "unfit" ? checked.problems.map(({ message }) => message) : []),
    ...(organization ? problemsOfOrganization(organization) : []),
    ...(state === "unknown" ? ['The state is neither "active" nor "inactive".'] : []),
  ];
  if (reasons.length > 0 || checked.type === "unfit") return { line, reason: reasons.join(" ") };
  return {
    line,
    input,
    fields: checked.fields,
    emailKey: foldEmail(input.email ?? ""),
    nameKey: foldName(`${input.firstName ?? ""} ${input.lastName ?? ""}`),
    ...(organization !== undefined && {
      organization: { name: organization, key: organizationKey(organization) },
    }),
  };
}

export const isRejection = (row: ImportRow | Rejection): row is Rejection => "reason" in row;

/** An empty state is no statement: new contacts are active, others stay as they are. */
function readState(cell: string | undefined): "active" | "inactive" | "unknown" | undefined {
  const state = cell?.toLowerCase() ?? "";
  if (state === "active" || state === "inactive") return state;
  return state === "" ? undefined : "unknown";
}

function problemsOfOrganization(name: string): string[] {
  const checked = checkOrganization({ name });
  return checked.type === "unfit"
    ? checked.problems.map(({ message }) => message.replace("The name", "The name of the organization"))
    : [];
}

/** Absent instead of undefined. */
const definedOnly = (input: { [F in keyof ContactInput]: ContactInput[F] | undefined }): ContactInput =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
