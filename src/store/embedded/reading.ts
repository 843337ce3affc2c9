/**
 * Reading along a plan, page by page. Each page continues after the last one's place in the index, so
 * that writes between two pages neither repeat nor hide a document. Callers that must not be
 * interrupted take page after page; the others let the event loop breathe in between.
 */
import type { Document } from "../engine.js";
import type { CheckedFilter } from "../subset/filters.js";
import { refuse } from "../subset/values.js";
import type { SortField } from "../subset/options.js";
import type { Parameter, Row, SqliteDatabase } from "./database.js";
import { decode } from "./json.js";
import { matcher } from "./matching.js";
import { plan, type Walk } from "./planner.js";
import type { CollectionTables } from "./tables.js";

export interface Found {
  readonly row: number;
  readonly document: Document;
}

const PAGE = 500;
/** A larger collection is not searched without an index. */
const MAX_SCAN = 1000;

export class Reader {
  readonly #database: SqliteDatabase;
  readonly #tables: CollectionTables;

  constructor(database: SqliteDatabase, tables: CollectionTables) {
    this.#database = database;
    this.#tables = tables;
  }

  /**
   * The matches, in the order of the sort, in pages that may be empty. Read it only as far as needed.
   * @param wanted how many matches the caller is going to take; sizes the first page
   * @throws UnsupportedQueryError when a large collection would have to be scanned
   */
  *pages(
    filter: CheckedFilter,
    sort: readonly SortField[] = [],
    wanted = Number.MAX_SAFE_INTEGER,
  ): Generator<Found[], void, undefined> {
    const walks = plan(this.#tables, filter, sort);
    const narrowed = filter.conditions.length > 0 || filter.either.length > 0;
    if (narrowed && walks.some(({ gain }) => gain === 0)) this.#checkScan(filter);
    const matches = matcher(filter);
    const isNew = walks.length > 1 || walks.some(repeats) ? firstSight() : () => true;
    for (const walk of walks)
      for (const rows of this.#walk(walk, Math.min(wanted, PAGE)))
        yield rows
          .filter(([row]) => isNew(Number(row)))
          .map(toFound)
          .filter(({ document }) => matches(document));
  }

  /** The first match, without any pause. */
  first(filter: CheckedFilter, sort: readonly SortField[] = []): Found | undefined {
    for (const [first] of this.pages(filter, sort, 1)) if (first !== undefined) return first;
    return undefined;
  }

  /** A document by its row id, if it is still there. */
  atRow(row: number): Document | undefined {
    const [found] = this.#database.all(`SELECT doc FROM ${this.#tables.documents} WHERE row = ?`, [row]);
    return found === undefined ? undefined : decode(String(found[0]));
  }

  *#walk(walk: Walk, firstPage: number): Generator<Row[], void, undefined> {
    let after: Parameter[] = [];
    for (let size = firstPage; ; size = PAGE) {
      const rows = this.#database.all(pageSql(walk, this.#tables.documents, after.length > 0), [
        ...walk.parameters,
        ...after,
        size,
      ]);
      yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < size) return;
      after = [...last.slice(2), last[0]] as Parameter[];
    }
  }

  #checkScan({ conditions }: CheckedFilter): void {
    const { documents, name } = this.#tables;
    const rows = this.#database.all(`SELECT 1 FROM ${documents} LIMIT ${MAX_SCAN + 1}`);
    const paths = conditions.map(({ path }) => path).join(", ");
    if (rows.length > MAX_SCAN) refuse(`a query of ${name} by ${paths || "$or"} needs an index`);
  }
}

/** Whether one document can come up twice in a walk. */
const repeats = ({ index }: Walk): boolean => index.definition.many !== undefined;

function firstSight(): (row: number) => boolean {
  const seen = new Set<number>();
  return (row) => {
    const size = seen.size;
    return seen.add(row).size > size;
  };
}

const toFound = ([row, text]: Row): Found => ({ row: Number(row), document: decode(String(text)) });

function pageSql(walk: Walk, documents: string, continued: boolean): string {
  const { index, where, order, descending } = walk;
  const place = [...order, index.row].map((column) => `e.${column}`);
  const after = `(${place.join(", ")}) ${descending ? "<" : ">"} (${place.map(() => "?").join(", ")})`;
  const conditions = [...where.map((condition) => `e.${condition}`), ...(continued ? [after] : [])];
  return [
    `SELECT e.${index.row}, d.doc${order.map((column) => `, e.${column}`).join("")}`,
    index.table === documents ? `FROM ${documents} e` : `FROM ${index.table} e`,
    `CROSS JOIN ${documents} d ON d.row = e.${index.row}`,
    conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "",
    `ORDER BY ${place.map((column) => `${column} ${descending ? "DESC" : "ASC"}`).join(", ")}`,
    "LIMIT ?",
  ].join(" ");
}
