/**
 * Applying update operators: mingo does it, on a copy. Where mingo would silently do nothing or
 * something else than MongoDB (an operator on the wrong type, a path through a scalar, lists that do
 * not exist yet), it is kept from it here.
 */
import { update as applyModifier, type Modifier } from "mingo/updater";
import { isEqual } from "mingo/util";

import type { Document } from "../engine.js";
import type { Update } from "../store.js";
import type { CheckedFilter } from "../subset/filters.js";
import { isPlainObject, refuse } from "../subset/values.js";
import { decode, encode } from "./json.js";

/** The document as the update leaves it; the given one stays as it is. `$setOnInsert` is ignored. */
export function updated(document: Document, update: Update): Document {
  const copy = decode(encode(document));
  const { $addToSet = {}, $push = {}, $set, $unset, $inc, $min, $max, $pull } = update;
  for (const [path, value] of Object.entries({ ...$addToSet, ...$push })) seedList(copy, path, value);
  for (const path of Object.keys($pull ?? {})) requireType(copy, path, Array.isArray, "a list");
  for (const path of Object.keys($inc ?? {})) requireType(copy, path, isNumber, "a number");
  for (const changes of [$set, $inc, $min, $max])
    for (const path of Object.keys(changes ?? {})) checkParents(copy, path);
  const lists: Record<string, unknown> = { ...$push };
  for (const [path, value] of Object.entries($addToSet)) lists[path] = missingFrom(copy, path, value);
  apply(copy, { $set, $unset, $inc, $min, $max, $pull, $push: lists });
  return copy;
}

/** What an upsert inserts: the filter's equalities, then the update. */
export function upserted(filter: CheckedFilter, update: Update): Document {
  const equalities = filter.conditions.flatMap((condition) =>
    condition.kind === "equals" ? [[condition.path, condition.value] as const] : [],
  );
  const { _id: idOfFilter, ...fields } = Object.fromEntries<unknown>(equalities);
  const { _id: idOfUpdate, ...onInsert } = update.$setOnInsert ?? {};
  const document = updated({ _id: String(idOfFilter ?? idOfUpdate) }, { $set: fields });
  return updated(document, { ...update, $set: { ...update.$set, ...onInsert } });
}

function apply(document: Document, modifier: Record<string, object | undefined>): void {
  const used = Object.entries(modifier).filter(([, changes]) => Object.keys(changes ?? {}).length > 0);
  if (used.length > 0) applyModifier(document, Object.fromEntries(used) as Modifier<Document>);
}

const isNumber = (value: unknown): boolean => typeof value === "number";

/** The value at a path through objects; undefined where a part is missing. */
function valueAt(document: Document, path: string): unknown {
  let value: unknown = document;
  for (const key of path.split(".")) value = isPlainObject(value) ? value[key] : undefined;
  return value;
}

function requireType(
  document: Document,
  path: string,
  fits: (value: unknown) => boolean,
  type: string,
): void {
  const value = valueAt(document, path);
  if (value !== undefined && !fits(value)) refuse(`update: ${path} is not ${type}`);
}

/** MongoDB creates missing parents but refuses (code 28) to go through anything but an object. */
function checkParents(document: Document, path: string): void {
  const parents = path.split(".").slice(0, -1);
  for (const [at] of parents.entries())
    requireType(document, parents.slice(0, at + 1).join("."), isPlainObject, "an object");
}

/** mingo ignores `$slice` and repeats within `$each` when the list does not exist yet. */
function seedList(document: Document, path: string, value: unknown): void {
  checkParents(document, path);
  requireType(document, path, Array.isArray, "a list");
  if (valueAt(document, path) === undefined && value !== undefined) apply(document, { $set: { [path]: [] } });
}

/** `$addToSet` as a `$push` of what is not there; mingo would also remove repeats that were there before. */
function missingFrom(document: Document, path: string, value: unknown): { $each: unknown[] } {
  const list = valueAt(document, path);
  const known: unknown[] = Array.isArray(list) ? [...(list as unknown[])] : [];
  const before = known.length;
  const wanted = isPlainObject(value) && Array.isArray(value.$each) ? (value.$each as unknown[]) : [value];
  for (const item of wanted) if (!known.some((other) => isEqual(other, item))) known.push(item);
  return { $each: known.slice(before) };
}
