/**
 * A checked filter as a MongoDB query document: what the driver sends and what mingo compiles.
 * Every value stands behind an operator (`{ $eq: value }`), so a value can never be read as one.
 */
import type { CheckedFilter, Condition, Range } from "./filters.js";

export type Query = Record<string, unknown>;

export function toQuery(filter: CheckedFilter): Query {
  const query: Query = {};
  const rest: Query[] = [];
  for (const condition of filter.conditions) {
    const expression = toExpression(condition);
    if (condition.path in query) rest.push({ [condition.path]: expression });
    else query[condition.path] = expression;
  }
  for (const branches of filter.either) rest.push({ $or: branches.map(toQuery) });
  return rest.length > 0 ? { ...query, $and: rest } : query;
}

function toExpression(condition: Condition): Query {
  switch (condition.kind) {
    case "equals":
      return { $eq: condition.value };
    case "in":
      return { $in: condition.values };
    case "not":
      return { $ne: condition.value };
    case "exists":
      return { $exists: condition.exists };
    case "range":
      return toBounds(condition);
  }
}

function toBounds({ lower, upper }: Range): Query {
  return {
    ...(lower && { [lower.inclusive ? "$gte" : "$gt"]: lower.value }),
    ...(upper && { [upper.inclusive ? "$lte" : "$lt"]: upper.value }),
  };
}
