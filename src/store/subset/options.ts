/**
 * Limits, projections and sorts. A sort must follow an index (after the fields that the filter pins),
 * so that an engine can walk along it and stop at the limit.
 */
import type { IndexDefinition } from "../store.js";
import type { CheckedFilter, Condition } from "./filters.js";
import { checkKey, plainObject, refuse } from "./values.js";

export interface SortField {
  readonly path: string;
  readonly direction: 1 | -1;
}

const MAX_LIMIT = 100_000;

/** `_id` is always indexed. */
const primary: IndexDefinition = { fields: ["_id"], unique: true };

export function checkLimit(limit: unknown, name: string): number {
  const usable = typeof limit === "number" && Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT;
  return usable ? limit : refuse(`${name}: a whole number from 1 to ${MAX_LIMIT} is expected`);
}

/** @returns the fields with `_id`, without repeats; undefined means all. */
export function checkProjection(projection: unknown): readonly string[] | undefined {
  if (projection === undefined) return undefined;
  if (!Array.isArray(projection)) return refuse("projection: a list of field names is expected");
  const fields = projection.map((field: unknown) =>
    typeof field === "string" ? field : refuse("projection: a list of field names is expected"),
  );
  for (const field of fields) checkKey(field, "projection");
  return [...new Set(["_id", ...fields])];
}

/** @throws UnsupportedQueryError unless some index gives this order together with this filter */
export function checkSort(
  sort: unknown,
  filter: CheckedFilter,
  indexes: readonly IndexDefinition[],
): readonly SortField[] {
  if (sort === undefined) return [];
  const fields = Object.entries(plainObject(sort, "sort")).map(([path, direction]): SortField => {
    if (direction !== 1 && direction !== -1) return refuse("sort: directions are 1 and -1");
    return { path, direction };
  });
  const fits =
    fields.length > 0 && [primary, ...indexes].some((index) => orders(index, filter.conditions, fields));
  return fits
    ? fields
    : refuse(`sort: no index gives the order ${fields.map(({ path }) => path).join(", ")}`);
}

/** Whether a walk along the index, limited to the filter's pinned fields, comes in the order asked for. */
export function orders(
  index: IndexDefinition,
  conditions: readonly Condition[],
  sort: readonly SortField[],
): boolean {
  if (
    index.inverted === true ||
    !covers(index, conditions) ||
    new Set(sort.map(({ direction }) => direction)).size > 1
  )
    return false;
  let at = 0;
  for (const { path } of sort) {
    while (index.fields[at] !== path && pins(index.fields[at], conditions)) at++;
    if (index.fields[at] !== path || path === index.many) return false;
    at++;
  }
  return true;
}

/** Whether everything that can match is in the index: a partial one needs a condition on its field. */
export function covers(index: IndexDefinition, conditions: readonly Condition[]): boolean {
  const { whenExists } = index;
  if (whenExists === undefined) return true;
  return conditions.some((condition) => condition.path === whenExists && impliesExistence(condition));
}

function impliesExistence(condition: Condition): boolean {
  switch (condition.kind) {
    case "equals":
    case "in":
    case "range":
      return true;
    case "exists":
      return condition.exists;
    case "not":
      return false;
  }
}

const pins = (path: string | undefined, conditions: readonly Condition[]): boolean =>
  conditions.some(({ kind, path: at }) => at === path && (kind === "equals" || kind === "in"));
