/**
 * Filters, checked and taken apart: a conjunction of conditions on single fields, plus `$or` groups.
 * The planner of the embedded engine reads this form; `query.ts` renders it back for MongoDB and
 * mingo, so that no object of a caller's ever becomes part of a query.
 */
import type { Scalar } from "../store.js";
import { checkPath, isPlainObject, isScalar, plainObject, refuse, scalar, scalarType } from "./values.js";

export interface Bound {
  readonly value: Scalar;
  readonly inclusive: boolean;
}

export interface Range {
  readonly kind: "range";
  readonly path: string;
  readonly lower?: Bound;
  readonly upper?: Bound;
}

export type Condition =
  | { readonly kind: "equals"; readonly path: string; readonly value: Scalar }
  | { readonly kind: "in"; readonly path: string; readonly values: readonly Scalar[] }
  | Range
  | { readonly kind: "not"; readonly path: string; readonly value: Scalar }
  | { readonly kind: "exists"; readonly path: string; readonly exists: boolean };

export interface CheckedFilter {
  /** All must hold (`$and` is flattened into this). */
  readonly conditions: readonly Condition[];
  /** Of every group at least one must hold. */
  readonly either: readonly (readonly CheckedFilter[])[];
}

const MAX_IN = 10_000;
const MAX_BRANCHES = 100;
const MAX_DEPTH = 8;

/**
 * @param many paths that hold arrays, from the collection's indexes
 * @throws UnsupportedQueryError on anything outside the subset
 */
export function checkFilter(filter: unknown, many: ReadonlySet<string>, depth = 0): CheckedFilter {
  if (depth > MAX_DEPTH) refuse("filter: nested too deeply");
  const conditions: Condition[] = [];
  const either: (readonly CheckedFilter[])[] = [];
  for (const [key, value] of Object.entries(plainObject(filter, "filter"))) {
    if (key === "$or") either.push(branches(key, value, many, depth));
    else if (key === "$and") {
      for (const branch of branches(key, value, many, depth)) {
        conditions.push(...branch.conditions);
        either.push(...branch.either);
      }
    } else conditions.push(...fieldConditions(key, value, many));
  }
  return { conditions, either };
}

function branches(
  operator: string,
  value: unknown,
  many: ReadonlySet<string>,
  depth: number,
): CheckedFilter[] {
  const usable = Array.isArray(value) && value.length >= 1 && value.length <= MAX_BRANCHES;
  if (!usable) return refuse(`${operator}: a list of 1 to ${MAX_BRANCHES} filters is expected`);
  return value.map((branch: unknown) => checkFilter(branch, many, depth + 1));
}

function fieldConditions(path: string, value: unknown, many: ReadonlySet<string>): Condition[] {
  checkPath(path, "filter");
  if (isScalar(value)) return [{ kind: "equals", path, value: scalar(value, path) }];
  if (!isPlainObject(value) || Object.keys(value).length === 0)
    return refuse(`filter on ${path}: a scalar or operators are expected`);
  const conditions: Condition[] = [];
  const bounds: { lower?: Bound; upper?: Bound } = {};
  for (const [operator, operand] of Object.entries(value)) {
    const condition = fieldCondition(path, operator, operand, bounds);
    if (condition !== undefined) conditions.push(condition);
  }
  if (bounds.lower ?? bounds.upper) conditions.push(range(path, bounds, many));
  return conditions;
}

/** One operator as a condition, or, for bounds, kept in `bounds` until all are known. */
function fieldCondition(
  path: string,
  operator: string,
  operand: unknown,
  bounds: { lower?: Bound; upper?: Bound },
): Condition | undefined {
  switch (operator) {
    case "$in":
      return { kind: "in", path, values: list(path, operand) };
    case "$ne":
      return { kind: "not", path, value: scalar(operand, `${path} $ne`) };
    case "$exists":
      if (typeof operand !== "boolean") return refuse(`${path} $exists: true or false is expected`);
      return { kind: "exists", path, exists: operand };
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte": {
      const side = operator.startsWith("$g") ? "lower" : "upper";
      if (bounds[side] !== undefined) refuse(`${path}: two ${side} bounds`);
      bounds[side] = { value: scalar(operand, `${path} ${operator}`), inclusive: operator.endsWith("e") };
      return undefined;
    }
    default:
      return refuse(`filter on ${path}: ${operator} is not supported`);
  }
}

function list(path: string, operand: unknown): Scalar[] {
  if (!Array.isArray(operand) || operand.length > MAX_IN)
    return refuse(`${path} $in: a list of at most ${MAX_IN} scalars is expected`);
  return Array.from(operand, (item: unknown) => scalar(item, `${path} $in`));
}

function range(path: string, bounds: { lower?: Bound; upper?: Bound }, many: ReadonlySet<string>): Range {
  const types = [bounds.lower, bounds.upper].flatMap((bound) => (bound ? [scalarType(bound.value)] : []));
  if (types.includes("boolean")) refuse(`${path}: booleans have no order here`);
  if (new Set(types).size > 1) refuse(`${path}: both bounds must be of one type`);
  // MongoDB would let two different elements of an array meet one bound each.
  if (types.length === 2 && many.has(path)) refuse(`${path}: two bounds on a field that holds an array`);
  return { kind: "range", path, ...bounds };
}
