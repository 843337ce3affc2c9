/**
 * Index entries of a bulk write, kept back until its end: sorted, a page of an index is changed once
 * instead of many times, and one statement takes hundreds of entries as JSON. Entries on which a
 * uniqueness depends wait only for the others of their part, and nobody may read by any that wait.
 */
import type { Parameter, SqliteDatabase } from "./database.js";
import { flushWords, insertWords } from "./inverted.js";
import type { Entry } from "./keys.js";
import type { IndexTable } from "./tables.js";

/** Entries of one index that are the same in its first columns. */
interface Group {
  readonly index: IndexTable;
  readonly shared: readonly Parameter[];
  readonly entries: { readonly own: readonly Parameter[]; readonly row: number }[];
}

/** A document's words for an inverted index. */
interface Words {
  readonly index: IndexTable;
  readonly words: string;
  readonly row: number;
}

/** Mostly the account and the group, which documents of a bulk have in common; all but the last at most. */
const sharedColumns = ({ columns }: IndexTable): number => Math.min(2, columns.length - 1);

/** Entries in one statement: few enough to be quick, enough to be worth its start. */
const PART = 1000;

export class WaitingEntries {
  readonly #database: SqliteDatabase;
  #groups = new Map<IndexTable, Group[]>();
  #words: Words[] = [];

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  /** @returns false for an entry that JSON cannot say exactly (fractions, missing fields): write it at once */
  add(index: IndexTable, entry: Entry, row: number): boolean {
    const own = entry.slice(sharedColumns(index));
    if (own.some((key) => typeof key === "number")) return false;
    this.#groupFor(index, entry).entries.push({ own, row });
    return true;
  }

  /** For an inverted index, which would end its segment of new words at every savepoint. */
  addWords(index: IndexTable, words: string, row: number): void {
    this.#words.push({ index, words, row });
  }

  /** Documents of a bulk mostly belong together: the last group is the one, or a new one begins. */
  #groupFor(index: IndexTable, entry: Entry): Group {
    const groups = this.#groups.get(index) ?? [];
    const latest = groups.at(-1);
    if (latest?.shared.every((key, at) => key === entry[at]) === true) return latest;
    const group = { index, shared: entry.slice(0, sharedColumns(index)), entries: [] };
    groups.push(group);
    this.#groups.set(index, groups);
    return group;
  }

  /** What waits no longer does; the caller writes it part by part and may pause between them. */
  *take(): Generator<() => void, void, undefined> {
    const groups = [...this.#groups.values()].flat();
    const words = this.#words;
    this.#groups = new Map();
    this.#words = [];
    for (const { index, shared, entries } of groups) {
      entries.sort(byKeys);
      for (let at = 0; at < entries.length; at += PART) {
        const rows = entries.slice(at, at + PART).map(toJson);
        yield () => this.#database.run(insertFromJson(index), [...shared, `[${rows.join(",")}]`]);
      }
    }
    for (const { index, words: its, row } of words)
      yield () => this.#database.run(insertWords(index.table), [row, its]);
    for (const { table } of new Set(words.map(({ index }) => index)))
      yield () => this.#database.run(flushWords(table));
  }
}

function byKeys(a: Group["entries"][number], b: Group["entries"][number]): number {
  for (const [at, left] of a.own.entries()) {
    const right = b.own[at] ?? left;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.row - b.row;
}

const toJson = ({ own, row }: Group["entries"][number]): string =>
  `[${own.map((key) => (typeof key === "string" ? JSON.stringify(key) : key)).join(",")},${row}]`;

function insertFromJson(index: IndexTable): string {
  const shared = sharedColumns(index);
  const values = index.columns.map((_, at) => (at < shared ? "?" : `value ->> ${at - shared}`));
  const row = `value ->> ${index.columns.length - shared}`;
  return `INSERT INTO ${index.table} SELECT ${[...values, row].join(", ")} FROM json_each(?)`;
}
