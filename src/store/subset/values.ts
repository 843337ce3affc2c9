/**
 * What may be stored and compared: strings, finite numbers, booleans, valid dates, and plain objects
 * and arrays of these. Everything is copied on its way in, so that nothing a caller holds (getters,
 * `toJSON`, `toBSON`, later changes) can reach an engine, and an operator cannot hide in a value.
 */
import { UnsupportedQueryError, type Scalar } from "../store.js";

/** Deeper documents are a mistake or a circle; MongoDB ends at 100. */
const MAX_DEPTH = 32;

/** The part of the type order that both engines share; values of different types never compare. */
export type ScalarType = "string" | "number" | "boolean" | "date";

export const refuse = (reason: string): never => {
  throw new UnsupportedQueryError(reason);
};

/** The type of a scalar, undefined for anything that is none (null, NaN, invalid dates, objects …). */
export function scalarType(value: unknown): ScalarType | undefined {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isFinite(value) ? "number" : undefined;
  return value instanceof Date && !Number.isNaN(value.getTime()) ? "date" : undefined;
}

export const isScalar = (value: unknown): value is Scalar => scalarType(value) !== undefined;

/** Lone surrogates, which no UTF-8 can say, become U+FFFD, as MongoDB's driver would make them. */
function copyOf(value: Scalar): Scalar {
  if (typeof value === "string") return value.replace(/\p{Surrogate}/gu, "\ufffd");
  return value instanceof Date ? new Date(value) : value;
}

/** @param where names the place in the message, never the value: that may be a customer's. */
export function scalar(value: unknown, where: string): Scalar {
  if (!isScalar(value)) return refuse(`${where}: a string, finite number, boolean or date is expected`);
  return copyOf(value);
}

/** An object literal (also one without prototype): no class instance, array or null. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export function plainObject(value: unknown, where: string): Record<string, unknown> {
  return isPlainObject(value) ? value : refuse(`${where}: a plain object is expected`);
}

/** A key of a stored document, or one segment of a path. */
export function checkKey(key: string, where: string): void {
  const inherited = key in Object.prototype || key === "prototype";
  if (key === "" || /[$.\0]/.test(key) || inherited)
    refuse(`${where}: ${JSON.stringify(key)} is no usable key`);
}

/** A dotted path. Positions in arrays (`links.0`) are refused: engines disagree on what they mean. */
export function checkPath(path: string, where: string): void {
  for (const segment of path.split(".")) {
    checkKey(segment, where);
    if (/^\d+$/.test(segment)) refuse(`${where}: positions in arrays are not supported`);
  }
}

/** A deep copy of a value to be stored. Undefined properties are dropped; null is refused. */
export function storable(value: unknown, where: string, depth = 0): unknown {
  if (isScalar(value)) return copyOf(value);
  if (depth > MAX_DEPTH) return refuse(`${where}: nested too deeply`);
  if (Array.isArray(value)) return value.map((item: unknown) => storableItem(item, where, depth));
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(plainObject(value, where))) {
    checkKey(key, where);
    if (item !== undefined) copy[key] = storable(item, where, depth + 1);
  }
  return copy;
}

function storableItem(item: unknown, where: string, depth: number): unknown {
  if (Array.isArray(item)) return refuse(`${where}: an array directly in an array is not supported`);
  return storable(item, where, depth + 1);
}
