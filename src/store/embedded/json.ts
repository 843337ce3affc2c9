/**
 * Documents as JSON text. Dates become `{"$date": ms}`, which no stored object can be, because keys
 * with `$` are refused.
 */
import type { Document } from "../engine.js";
import { isPlainObject, refuse } from "../subset/values.js";

/** MongoDB's limit for one document; in characters here, which is close enough. */
const MAX_LENGTH = 16 * 1024 * 1024;

export function encode(document: Document): string {
  const text = JSON.stringify(withTaggedDates(document));
  if (text.length > MAX_LENGTH) refuse("document: over 16 MB");
  return text;
}

export function decode(text: string): Document {
  const parsed = JSON.parse(text) as Document;
  if (text.includes('"$date"')) putDates(parsed);
  return parsed;
}

function withTaggedDates(value: unknown): unknown {
  if (typeof value !== "object") return value;
  if (value instanceof Date) return { $date: value.getTime() };
  if (Array.isArray(value)) return value.every(isText) ? value : value.map(withTaggedDates);
  return isPlainObject(value) ? mapValues(value, withTaggedDates) : value;
}

/** Puts dates where they are tagged, in place: what was just parsed is nobody else's. */
function putDates(holder: object): void {
  for (const [key, value] of Object.entries(holder) as [string, unknown][]) {
    if (typeof value !== "object" || value === null || (Array.isArray(value) && value.every(isText)))
      continue;
    const { $date } = value as { readonly $date?: unknown };
    if (typeof $date === "number") Object.assign(holder, { [key]: new Date($date) });
    else putDates(value);
  }
}

/** Most lists hold nothing else, and then need no copy. */
const isText = (item: unknown): boolean => typeof item === "string";

function mapValues(
  value: Record<string, unknown>,
  change: (item: unknown) => unknown,
): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const key of Object.keys(value)) changed[key] = change(value[key]);
  return changed;
}
