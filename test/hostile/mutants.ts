/** JSON with something else in it: values of another kind, odd numbers and texts, operators, keys of JavaScript's own. */
import fc from "fast-check";

/** Whatever JSON.parse returns. */
export type Json = unknown;

type Fields = Readonly<Record<string, Json>>;

/** Texts that something may stumble over. */
export const oddTexts = [
  "",
  "\0",
  "a\0b",
  "\ufeff/contacts",
  "\ud800",
  "a\udc00b",
  "\u202e/contacts",
  "\u200b",
  `a${"\u0301".repeat(5_000)}`,
  "x".repeat(70_000),
  "/contacts\n".repeat(60),
  "$where",
  "a.b",
  "../../etc/passwd",
  "acme/helpdesk?x=",
  "__proto__",
  "<!-- liaison:reply:1001:2001:1:1 -->",
] as const;

const values: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(...oddTexts),
  fc.constantFrom<Json>(
    null,
    true,
    false,
    0,
    -0,
    -1,
    0.5,
    2 ** 31,
    2 ** 53,
    2 ** 53 + 2,
    1e21,
    1e308,
    5e-324,
  ),
  fc.constantFrom<Json>(
    [],
    {},
    { $gt: "" },
    { $ne: null },
    [[]],
    { "a.b": 1 },
    { $where: "1" },
    { toString: 1 },
  ),
  fc.constant<Json>(
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

const keys = fc.constantFrom(
  "__proto__",
  "constructor",
  "$set",
  "$where",
  "a.b",
  "",
  "toJSON",
  "then",
  "length",
);

type Change =
  | { readonly do: "put"; readonly at: number; readonly value: Json }
  | { readonly do: "drop"; readonly at: number }
  | { readonly do: "add"; readonly at: number; readonly key: string; readonly value: Json };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ do: fc.constant("put" as const), at: fc.nat(), value: values }),
  fc.record({ do: fc.constant("drop" as const), at: fc.nat() }),
  fc.record({ do: fc.constant("add" as const), at: fc.nat(), key: keys, value: values }),
);

/** `whole` with one to three places changed. What the app reads gets as much as the many places it does not. */
export const mutantOf = (whole: Json): fc.Arbitrary<Json> =>
  fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => changes.reduce(changed, whole));

/** Read by the app, or about to be. */
const telling =
  /^(?:action|sender|installation|repository|issue|comment|changes|ref|organization)(?:\.(?:id|number|login|type|body|user|owner|title|name|state|private|visibility|updated_at|created_at|node_id|labels|account|from|default_branch|pull_request|performed_via_github_app|old_issue))*$/;

function changed(whole: Json, its: Change): Json {
  const places = placesIn(whole, []);
  const read = places.filter((path) => telling.test(path.join(".")));
  const pool = its.at % 2 === 0 && read.length > 0 ? read : places;
  const path = pool[Math.floor(its.at / 2) % pool.length] ?? [];
  return at(whole, path, (value) => {
    if (its.do === "put") return its.value;
    if (its.do === "drop") return undefined;
    return isObject(value) ? withKey(value, its.key, its.value) : its.value;
  });
}

/** An own key, `__proto__` too. */
function withKey(object: Fields, key: string, value: Json): Json {
  const copy = { ...object };
  Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

const isObject = (value: Json): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Path = readonly string[];

const placesIn = (value: Json, path: Path): readonly Path[] =>
  typeof value !== "object" || value === null
    ? [path]
    : [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];

function at(value: Json, [key, ...rest]: Path, change: (value: Json) => unknown): Json {
  if (key === undefined) return change(value) ?? null;
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.entries(value).flatMap(([name, its]): [string, Json][] => {
    if (name !== key) return [[name, its]];
    const put = rest.length > 0 ? at(its, rest, change) : change(its);
    return put === undefined ? [] : [[name, put]];
  });
  return Array.isArray(value) ? inner.map(([, its]) => its) : fromEntries(inner);
}

/** As JSON.parse does it: `__proto__` is a key like others. */
function fromEntries(entries: readonly (readonly [string, Json])[]): Json {
  const object: Record<string, Json> = {};
  for (const [key, value] of entries)
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  return object;
}
