/**
 * All contacts of a source as CSV, by number, read page by page. Importing it again changes
 * nothing, and exporting what was imported gives the same bytes.
 */
import { stringify } from "csv-stringify/sync";
import { createContacts } from "../crm/contacts.js";
import { createOrganizations } from "../crm/organizations.js";
import type { ContactDocument, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import { columns, type Column } from "./columns.js";
import { defuse } from "./formulas.js";

const pageSize = 500;

/** Pieces of the file, header first; lines end in "\n", UTF-8 without byte order mark is meant. */
export async function* exportContacts({
  store,
  source,
}: {
  readonly store: Store;
  readonly source: Source;
}): AsyncGenerator<string> {
  const contacts = createContacts(store);
  yield toCsv([columns]);
  for (let after = 0; ;) {
    const page = await contacts.page(source, { after, limit: pageSize });
    const last = page.at(-1);
    if (last === undefined) return;
    yield toCsv(await rowsOf(store, source, page));
    after = last.number;
  }
}

async function rowsOf(store: Store, source: Source, page: readonly ContactDocument[]): Promise<string[][]> {
  const numbers = page.flatMap(({ organization }) => (organization === undefined ? [] : [organization]));
  const organizations = await createOrganizations(store).byNumbers(source, numbers);
  return page.map((contact) => {
    const cells: Record<Column, string> = {
      first_name: contact.firstName,
      last_name: contact.lastName,
      email: contact.email ?? "",
      phone: contact.phone ?? "",
      description: contact.description ?? "",
      organization: organizations.get(contact.organization ?? 0)?.name ?? "",
      state: contact.state,
    };
    return columns.map((column) => defuse(cells[column]));
  });
}

/** Cells with a semicolon or tab are quoted too: some spreadsheets would split them there, before a formula. */
const toCsv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { record_delimiter: "\n", quoted_match: /[;\t]/ },
  );
