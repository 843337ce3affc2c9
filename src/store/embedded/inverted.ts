/**
 * Inverted indexes: which documents have a word, kept by SQLite's own full-text index (FTS5). It
 * appends small sorted segments and merges them bit by bit, where an ordinary index would change a page
 * for nearly every entry. A word says one entry exactly: the keys of all fields, one after the other.
 * The index keeps no text of its own, so that what is taken out must be said as it was put in.
 */
import type { Document } from "../engine.js";
import type { IndexDefinition, Scalar } from "../store.js";
import type { Parameter } from "./database.js";
import { keysAt, toKey } from "./keys.js";

/** Everything but white space, capitals (the tokenizer folds them), our own marks and quotes is part of a word. */
const PUNCTUATION = "!#$%&()*+,-./:;<=>?@[\\]^_`{|}~";
const OPTIONS = [
  "content = ''",
  "columnsize = 0",
  "detail = none",
  `tokenize = "ascii tokenchars '${PUNCTUATION}'"`,
].join(", ");

/** A mark alone, which no word is. */
const NO_WORD = '"%"';

export const createInverted = (table: string): string =>
  `CREATE VIRTUAL TABLE ${table} USING fts5(words, ${OPTIONS})`;

export const insertWords = (table: string): string => `INSERT INTO ${table} (rowid, words) VALUES (?, ?)`;

/** The words must be those that were inserted. The command goes into the column that is called like the table. */
export const removeWords = (table: string): string =>
  `INSERT INTO ${table} (${table}, rowid, words) VALUES ('delete', ?, ?)`;

/** FTS5 collects new words in memory and writes them with the commit; this has them written now. */
export const flushWords = (table: string): string => `INSERT INTO ${table} (${table}) VALUES ('flush')`;

/** The document's words in an index, separated by spaces. */
export function wordsOf(document: Document, { fields, many }: IndexDefinition): string {
  let words = [""];
  for (const field of fields) {
    const parts = keysAt(document, field, field === many).map(toPart);
    words = words.flatMap((begun) => parts.map((part) => begun + part));
  }
  return words.join(" ");
}

/** The condition on an inverted index: any of the words that these values make, one of each field. */
export function anyWord(values: readonly (readonly Scalar[])[]): string {
  let words = [""];
  for (const ofField of values) {
    const parts = [...new Set(ofField.map((value) => toPart(toKey(value))))];
    words = words.flatMap((begun) => parts.map((part) => begun + part));
  }
  if (words.length === 0) return NO_WORD; // FTS5 does not take an empty question
  return words.map((word) => `"${word}"`).join(" OR ");
}

/** A key as part of a word, with its end marked; texts and numbers do not meet. */
function toPart(key: Parameter): string {
  if (typeof key !== "string") return `#${key}/`.toLowerCase();
  return `${key.replace(/[\u0000- "%'/A-Z\u007f]/g, escaped)}/`;
}

const escaped = (character: string): string => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
