/**
 * Random documents. In a large collection row ids are drawn and tried; if too few of them match (or
 * in a small one) all matches are read and chosen from.
 */
import type { Document } from "../engine.js";
import { pacer } from "../pacer.js";
import type { CheckedFilter } from "../subset/filters.js";
import type { SqliteDatabase } from "./database.js";
import { matcher } from "./matching.js";
import type { Reader } from "./reading.js";
import type { CollectionTables } from "./tables.js";

/** Draws for each document wanted, before giving up on drawing. */
const DRAWS = 4;

export async function sampleDocuments(
  database: SqliteDatabase,
  tables: CollectionTables,
  reader: Reader,
  filter: CheckedFilter,
  size: number,
): Promise<Document[]> {
  const [bounds] = database.all(`SELECT min(row), max(row) FROM ${tables.documents}`);
  const lowest = Number(bounds?.[0] ?? 0);
  const rows = Number(bounds?.[1] ?? 0) - lowest + 1;
  const drawn = rows > DRAWS * size ? await draw(reader, filter, size, { lowest, rows }) : undefined;
  return drawn ?? chooseFromAll(reader, filter, size);
}

async function draw(
  reader: Reader,
  filter: CheckedFilter,
  size: number,
  { lowest, rows }: { lowest: number; rows: number },
): Promise<Document[] | undefined> {
  const matches = matcher(filter);
  const pace = pacer();
  const tried = new Set<number>();
  const found: Document[] = [];
  for (let draws = 0; draws < DRAWS * size && found.length < size; draws++) {
    await pace();
    const row = lowest + Math.floor(Math.random() * rows);
    if (tried.has(row)) continue;
    tried.add(row);
    const document = reader.atRow(row);
    if (document !== undefined && matches(document)) found.push(document);
  }
  return found.length === size ? found : undefined;
}

/** Reservoir sampling: every match is kept with the same chance, whatever their number. */
async function chooseFromAll(reader: Reader, filter: CheckedFilter, size: number): Promise<Document[]> {
  const chosen: Document[] = [];
  const pace = pacer();
  let seen = 0;
  for (const page of reader.pages(filter)) {
    for (const { document } of page) {
      const place = seen < size ? seen : Math.floor(Math.random() * (seen + 1));
      if (place < size) chosen[place] = document;
      seen++;
    }
    await pace();
  }
  return chosen;
}
