/**
 * Updates, checked: known operators only, never a bare replacement, no path changed twice, `_id` only
 * given on insert. The result is a fresh copy that an engine may apply as it is.
 */
import type { Update } from "../store.js";
import type { CheckedFilter } from "./filters.js";
import { checkPath, isPlainObject, plainObject, refuse, scalar, storable } from "./values.js";

type Operand = (value: unknown, where: string) => unknown;

const operands: Readonly<Record<keyof Update, Operand>> = {
  $set: (value, where) => storable(value, where),
  $setOnInsert: (value, where) => storable(value, where),
  $unset: (value, where) => (value === true ? true : refuse(`${where}: true is expected`)),
  $inc: (value, where) =>
    typeof value === "number" ? scalar(value, where) : refuse(`${where}: a number is expected`),
  $min: scalar,
  $max: scalar,
  $addToSet: (value, where) => oneOrEach(value, where, ["$each"]),
  $push: (value, where) => oneOrEach(value, where, ["$each", "$slice"]),
  $pull: pulled,
};

const isOperator = (name: string): name is keyof Update => Object.hasOwn(operands, name);

/** @throws UnsupportedQueryError on anything outside the subset */
export function checkUpdate(update: unknown): Update {
  const operators = Object.entries(plainObject(update, "update"));
  if (operators.length === 0) refuse("update: at least one operator is expected");
  const checked: Update = {};
  for (const [operator, changes] of operators) {
    if (!isOperator(operator)) return refuse(`update: ${operator} is not supported`);
    const changed = checkChanges(operator, plainObject(changes, operator));
    if (Object.keys(changed).length > 0) Object.assign(checked, { [operator]: changed });
  }
  checkConflicts(updatedPaths(checked), "update");
  return Object.keys(checked).length > 0 ? checked : { $set: {} };
}

function checkChanges(operator: keyof Update, changes: Record<string, unknown>): Record<string, unknown> {
  const checked: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(changes)) {
    const where = `${operator} ${path}`;
    checkPath(path, operator);
    if (path === "_id" && operator !== "$setOnInsert") refuse(`${where}: _id never changes`);
    if (value === undefined && operator.startsWith("$set")) continue; // as in a document: nothing to store
    checked[path] = operands[operator](value, where);
  }
  return checked;
}

function oneOrEach(value: unknown, where: string, modifiers: readonly string[]): unknown {
  if (!isPlainObject(value) || !("$each" in value)) return storable(value, where);
  const unknown = Object.keys(value).find((key) => !modifiers.includes(key));
  if (unknown !== undefined) refuse(`${where}: ${unknown} is not supported`);
  if (!Array.isArray(value.$each)) return refuse(`${where}: $each takes a list`);
  const each = { $each: storable(value.$each, where) };
  if (value.$slice === undefined) return each;
  if (!Number.isSafeInteger(value.$slice)) refuse(`${where}: $slice takes an integer`);
  return { ...each, $slice: value.$slice };
}

/** `$pull`: a scalar, or equality and `$in` on the elements' own fields. */
function pulled(value: unknown, where: string): unknown {
  if (!isPlainObject(value)) return scalar(value, where);
  const fields = Object.entries(value);
  if (fields.length === 0) refuse(`${where}: a condition is expected`);
  return Object.fromEntries(fields.map(([key, operand]) => [key, pulledField(key, operand, where)]));
}

function pulledField(key: string, operand: unknown, where: string): unknown {
  checkPath(key, where);
  if (!isPlainObject(operand)) return { $eq: scalar(operand, where) };
  const { $in: values, ...others } = operand;
  if (!Array.isArray(values) || Object.keys(others).length > 0)
    return refuse(`${where}: only equality and $in`);
  return { $in: values.map((item: unknown) => scalar(item, where)) };
}

const updatedPaths = (update: Update): string[] =>
  Object.values(update).flatMap((changes: Record<string, unknown>) => Object.keys(changes));

/** MongoDB refuses (code 40) two changes of one path, or of a path and a part of it. */
function checkConflicts(paths: readonly string[], where: string): void {
  const sorted = paths.map((path) => `${path}.`).sort();
  for (const [at, path] of sorted.entries())
    if (sorted[at + 1]?.startsWith(path)) refuse(`${where}: ${path.slice(0, -1)} is given twice`);
}

/**
 * What an upsert needs beyond its filter and update: equalities that make one document, and an `_id`.
 * `$or` and `$in` are refused because what they would contribute is not the same everywhere.
 */
export function checkUpsert(filter: CheckedFilter, update: Update): void {
  if (filter.either.length > 0 || filter.conditions.some(({ kind }) => kind === "in"))
    refuse("upsert: the filter may not use $or or $in");
  const equalities = filter.conditions.filter((condition) => condition.kind === "equals");
  checkConflicts(
    equalities.map(({ path }) => path),
    "upsert",
  );
  const ids = [equalities.find(({ path }) => path === "_id")?.value, update.$setOnInsert?._id].filter(
    (id) => id !== undefined,
  );
  if (ids.length !== 1 || typeof ids[0] !== "string")
    refuse("upsert: _id must be a string, in the filter or in $setOnInsert");
}
