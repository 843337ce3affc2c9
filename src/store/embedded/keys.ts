/**
 * Index entries. A scalar becomes a value that SQLite orders as MongoDB does within one type: whole
 * numbers as integers, dates as milliseconds, booleans as 0 and 1, text as UTF-8 bytes. A missing
 * field is -Infinity (no document can hold it): unlike NULL it is equal to itself, so that unique
 * indexes and paging treat it as MongoDB treats null.
 */
import type { Document } from "../engine.js";
import type { IndexDefinition, Scalar } from "../store.js";
import { isPlainObject, isScalar, refuse } from "../subset/values.js";
import type { Parameter } from "./database.js";

export const MISSING: Parameter = -Infinity;

/** One column value for each field of the index. */
export type Entry = readonly Parameter[];

export function toKey(value: Scalar): Parameter {
  if (value instanceof Date) return BigInt(value.getTime());
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  return textKey(value);
}

/** libsql cuts text at NUL when it is read back; two characters in its place keep order and identity. */
const textKey = (text: string): string => (/[\u0000\u0001]/.test(text) ? withoutNul(text) : text);

const withoutNul = (text: string): string =>
  text.replace(/[\u0000\u0001]/g, (character) => (character === "\u0000" ? "\u0001\u0001" : "\u0001\u0002"));

/** The document's entries in an index: none when a partial index leaves it out, several when `many`. */
export function entriesOf(document: Document, index: IndexDefinition): Entry[] {
  if (index.whenExists !== undefined && valuesOf(document, index.whenExists).length === 0) return [];
  const single = singleEntry(document, index);
  if (single !== undefined) return [single];
  let entries: Parameter[][] = [[]];
  for (const field of index.fields) {
    const keys = keysAt(document, field, field === index.many);
    entries = keys.flatMap((key) => entries.map((entry) => [...entry, key]));
  }
  return entries;
}

/** The short way for what most documents have in most indexes: one scalar in each field, all at the top. */
function singleEntry(document: Document, { fields }: IndexDefinition): Parameter[] | undefined {
  const entry: Parameter[] = [];
  for (const field of fields) {
    const value = document[field];
    if (!isScalar(value)) return undefined;
    entry.push(toKey(value));
  }
  return entry;
}

/** `valuesAt` with the short way for what most fields are: at the top. */
function valuesOf(document: Document, field: string): unknown[] {
  if (field.includes(".")) return valuesAt(document, field.split("."));
  const value = document[field];
  return value === undefined ? [] : [value];
}

/** The keys of one field: one, unless the field is `many`. */
export function keysAt(document: Document, field: string, many: boolean): Parameter[] {
  const found = valuesOf(document, field);
  const [only] = found;
  if (found.length === 1 && isScalar(only)) return [toKey(only)];
  const items = many ? found.flat() : found;
  const keys = items.map((item) =>
    isScalar(item) ? toKey(item) : refuse(`${field}: ${unindexable(item, many)}`),
  );
  if (keys.length > 1 && !many) refuse(`${field}: ${unindexable([], many)}`);
  return keys.length === 0 ? [MISSING] : [...new Set(keys)];
}

const unindexable = (value: unknown, many: boolean): string =>
  Array.isArray(value) && !many ? "an indexed array must be declared `many`" : "only scalars can be indexed";

/** What a path leads to, through arrays of objects; nothing where a part is missing. */
export function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  if (Array.isArray(value)) return value.filter(isPlainObject).flatMap((item) => valuesAt(item, path));
  if (!isPlainObject(value) || value[key] === undefined) return [];
  return valuesAt(value[key], rest);
}
