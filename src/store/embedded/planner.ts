/**
 * Which index answers a filter, and how: the longest run of pinned fields (equality, `$in`), a range
 * on the next one, walked in the order of the sort. `$or` of parts that each have an index is a
 * union. A plan only narrows down; the matcher has the last word on every document.
 */
import type { Scalar } from "../store.js";
import type { CheckedFilter, Condition, Range } from "../subset/filters.js";
import { covers, orders, type SortField } from "../subset/options.js";
import type { Parameter } from "./database.js";
import { anyWord } from "./inverted.js";
import { MISSING, toKey } from "./keys.js";
import type { CollectionTables, IndexTable } from "./tables.js";

/** A walk along one index. */
export interface Walk {
  readonly index: IndexTable;
  /** SQL conditions on the index's columns, with their parameters in order. */
  readonly where: readonly string[];
  readonly parameters: readonly Parameter[];
  /** Columns that are not fixed, in the order of the walk. */
  readonly order: readonly string[];
  readonly descending: boolean;
  /** How much the index narrows; 0 is a scan. */
  readonly gain: number;
}

/** Walks whose results belong together; more than one for `$or`. */
export type Plan = readonly Walk[];

export function plan(tables: CollectionTables, filter: CheckedFilter, sort: readonly SortField[]): Plan {
  const whole = bestWalk(tables, filter.conditions, sort);
  if (sort.length > 0) return [whole];
  const unions = filter.either.map((branches) =>
    branches.map((branch) => bestWalk(tables, [...filter.conditions, ...branch.conditions], [])),
  );
  const gainOf = (walks: Plan): number => Math.min(...walks.map(({ gain }) => gain));
  return unions.reduce<Plan>((best, union) => (gainOf(union) > gainOf(best) ? union : best), [whole]);
}

function bestWalk(
  tables: CollectionTables,
  conditions: readonly Condition[],
  sort: readonly SortField[],
): Walk {
  const usable = [tables.primary, ...tables.indexes].filter(
    ({ definition }) =>
      covers(definition, conditions) && (sort.length === 0 || orders(definition, conditions, sort)),
  );
  const walks = usable.flatMap((index) =>
    index.definition.inverted === true ? lookUp(index, conditions) : [walkAlong(index, conditions, sort)],
  );
  const scan = walkAlong(tables.primary, [], []);
  return walks.reduce((best, walk) => (walk.gain > best.gain ? walk : best), walks[0] ?? scan);
}

const GAIN = { everything: 1000, equals: 10, exists: 9, in: 8, range: 5, partial: 4, many: -1 };

function walkAlong(index: IndexTable, conditions: readonly Condition[], sort: readonly SortField[]): Walk {
  const { definition, columns } = index;
  const where: string[] = [];
  const parameters: Parameter[] = [];
  const fixed = new Set<string>();
  let gain = 0;
  let pinned = 0;
  for (const [at, field] of definition.fields.entries()) {
    const column = columns[at] ?? "";
    const condition = mostSelective(conditions.filter(({ path }) => path === field));
    if (condition === undefined) break;
    const bound = toSql(column, condition);
    where.push(...bound.where);
    parameters.push(...bound.parameters);
    gain += GAIN[condition.kind];
    if (condition.kind === "range") break;
    if (condition.kind !== "in") fixed.add(column);
    pinned++;
  }
  if (gain === 0 && definition.whenExists !== undefined) gain = GAIN.partial;
  if (definition.unique === true && pinned === columns.length) gain += GAIN.everything;
  if (gain > 0 && definition.many !== undefined) gain += GAIN.many;
  const order = orderOf(index, sort).filter((column) => !fixed.has(column));
  return { index, where, parameters, order, descending: sort[0]?.direction === -1, gain };
}

/** An inverted index answers only when all of its fields are pinned. */
function lookUp(index: IndexTable, conditions: readonly Condition[]): Walk[] {
  const { fields } = index.definition;
  const pinned = fields.flatMap((field) => {
    const condition = mostSelective(conditions.filter(({ path }) => path === field));
    if (condition?.kind === "equals") return [{ values: [condition.value], gain: GAIN.equals }];
    return condition?.kind === "in" ? [{ values: condition.values, gain: GAIN.in }] : [];
  });
  if (pinned.length < fields.length) return [];
  const words = anyWord(pinned.map(({ values }) => values));
  const gain = pinned.reduce((sum, its) => sum + its.gain, GAIN.many);
  const where = [`${index.table} MATCH ?`];
  return [{ index, where, parameters: [words], order: [], descending: false, gain }];
}

/** The sorted columns first, then the others, so that every position in the walk is distinct. */
function orderOf({ definition, columns }: IndexTable, sort: readonly SortField[]): string[] {
  const sorted = sort.map(({ path }) => columns[definition.fields.indexOf(path)] ?? "");
  return [...new Set([...sorted, ...columns])];
}

/** Of `$exists`, only what is missing lies in one place. */
type Bounding = Extract<Condition, { kind: "equals" | "in" | "range" | "exists" }>;

function mostSelective(conditions: readonly Condition[]): Bounding | undefined {
  const bounding = conditions.filter(isBounding);
  return bounding.sort((left, right) => BOUNDING[left.kind] - BOUNDING[right.kind])[0];
}

const isBounding = (condition: Condition): condition is Bounding =>
  condition.kind in BOUNDING && !(condition.kind === "exists" && condition.exists);

const BOUNDING: Readonly<Record<Bounding["kind"], number>> = { equals: 0, in: 1, range: 2, exists: 3 };

interface Bounds {
  readonly where: readonly string[];
  readonly parameters: readonly Parameter[];
}

function toSql(column: string, condition: Bounding): Bounds {
  switch (condition.kind) {
    case "equals":
      return { where: [`${column} = ?`], parameters: [toKey(condition.value)] };
    case "in":
      return inList(column, condition.values);
    case "range":
      return rangeOf(column, condition);
    case "exists":
      return { where: [`${column} = ?`], parameters: [MISSING] };
  }
}

/** Lists are padded to a power of two, so that few different statements are ever prepared. */
function inList(column: string, values: readonly Scalar[]): Bounds {
  const keys = [...new Set(values.map(toKey))];
  const last = keys.at(-1);
  if (last === undefined) return { where: [`${column} IN ()`], parameters: [] };
  const size = 2 ** Math.ceil(Math.log2(keys.length));
  const padding = Array<Parameter>(size - keys.length).fill(last);
  return {
    where: [`${column} IN (${Array(size).fill("?").join(", ")})`],
    parameters: [...keys, ...padding],
  };
}

/** Numbers lie between the missing (-Infinity) and text; a half-open range stays on its side. */
function rangeOf(column: string, { lower, upper }: Range): Bounds {
  const isText = typeof (lower ?? upper)?.value === "string";
  const low = lower ?? { value: isText ? "" : MISSING, inclusive: isText };
  const high = upper ?? (isText ? undefined : { value: "", inclusive: false });
  const where = [`${column} ${low.inclusive ? ">=" : ">"} ?`];
  const parameters = [keyOf(low.value)];
  if (high !== undefined) {
    where.push(`${column} ${high.inclusive ? "<=" : "<"} ?`);
    parameters.push(keyOf(high.value));
  }
  return { where, parameters };
}

const keyOf = (value: Scalar | Parameter): Parameter => (typeof value === "bigint" ? value : toKey(value));
