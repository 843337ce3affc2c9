/**
 * Whether a document matches a filter: mingo, with the operators replaced in which it differs from
 * MongoDB. Text is compared by code point (mingo: by UTF-16 unit), `$in` looks through arrays in
 * arrays of objects, and `$exists` finds nothing in an empty array of objects.
 */
import { Context } from "mingo/core";
import { $and, $eq, $ne, $or } from "mingo/operators/query";
import { Query } from "mingo/query";

import type { Document } from "../engine.js";
import type { Scalar } from "../store.js";
import type { CheckedFilter } from "../subset/filters.js";
import { toQuery } from "../subset/query.js";
import { isScalar, scalarType } from "../subset/values.js";
import { toKey, valuesAt } from "./keys.js";

export type Matcher = (document: Document) => boolean;

type Operator = (path: string, operand: unknown, options?: unknown) => (document: unknown) => boolean;

const scalarsAt = (document: unknown, path: readonly string[]): Scalar[] =>
  valuesAt(document, path).flat().filter(isScalar);

/** Holds when any value at the path is of the operand's type and compares as wanted. */
const ordered =
  (holds: (order: number) => boolean): Operator =>
  (path, operand) => {
    const segments = path.split(".");
    if (!isScalar(operand)) return () => false;
    const type = scalarType(operand);
    return (document) =>
      scalarsAt(document, segments).some(
        (value) => scalarType(value) === type && holds(order(value, operand)),
      );
  };

/** By code point, as UTF-8 bytes do; the sign is what counts. */
function order(left: Scalar, right: Scalar): number {
  if (typeof left === "string" && typeof right === "string")
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  return Number(left) - Number(right);
}

const identity = (value: Scalar): string => `${scalarType(value)} ${toKey(value)}`;

const isIn: Operator = (path, operand) => {
  const segments = path.split(".");
  const listed = Array.isArray(operand) ? operand.filter(isScalar) : [];
  const texts = new Set(listed.filter((value) => typeof value === "string")); // most are, of the documents' too
  const others = new Set(listed.filter((value) => typeof value !== "string").map(identity));
  const isListed = (value: unknown) =>
    typeof value === "string" ? texts.has(value) : isScalar(value) && others.has(identity(value));
  return (document) =>
    valuesAt(document, segments).some((value) =>
      Array.isArray(value) ? value.some(isListed) : isListed(value),
    );
};

const exists: Operator = (path, operand) => {
  const segments = path.split(".");
  return (document) => valuesAt(document, segments).length > 0 === operand;
};

const context = Context.init().addQueryOps({
  $and,
  $or,
  $eq,
  $ne,
  $in: isIn,
  $exists: exists,
  $gt: ordered((sign) => sign > 0),
  $gte: ordered((sign) => sign >= 0),
  $lt: ordered((sign) => sign < 0),
  $lte: ordered((sign) => sign <= 0),
});

/** Compiles a filter once for many documents. */
export function matcher(filter: CheckedFilter): Matcher {
  if (filter.conditions.length === 0 && filter.either.length === 0) return () => true;
  const query = new Query<Document>(toQuery(filter), { context });
  return (document) => query.test(document);
}
