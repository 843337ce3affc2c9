/** Whatever a config file holds, reading it never throws, takes bounded time and quotes little of it. */
import { describe, expect, it, test } from "@jest/globals";
import fc from "fast-check";
import { parseAccountFile, parseRepositoryFile, type Parsed } from "../../src/config/parse.js";

const limit = 256 * 1024;
const fill = (piece: string): string => piece.repeat(Math.floor(limit / piece.length));
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");

/** Nothing of the file in a message is longer than this. */
const secret = "x".repeat(61);

function problemsOf(parsed: Parsed<unknown>) {
  return parsed.good ? [] : parsed.problems;
}

const bombs: [name: string, text: string][] = [
  ["brackets", fill("[")],
  ["braces", fill("{")],
  ["nested flow mappings", fill("{a: ")],
  ["nested block lists", fill("- ")],
  ["nested explicit keys", fill("? ")],
  ["nested block mappings", lines(700, (index) => `${" ".repeat(index)}a:`)],
  ["nested lists in lines", lines(700, (index) => `${" ".repeat(index)}-`)],
  ["closing brackets", fill("}")],
  ["many small lists", fill("[]")],
  ["anchors", fill("&a ")],
  ["tags", fill("!a ")],
  ["directives", fill("%a\n")],
  ["documents", fill("---\n")],
  ["escapes", fill('"\\q"\n')],
  ["a very long key", `${"x".repeat(limit - 10)}: 1`],
  ["a very long value", `group: ${"x".repeat(limit - 10)}`],
  ["a very long tag", fill("!")],
  ["a very long alias", `group: *${"x".repeat(limit - 10)}`],
  ["a very long enumeration value", `command_comments: ${"x".repeat(limit - 30)}`],
  ["one entry too many", `[${"a,".repeat(60_000)}]`],
  ["many unknown keys", lines(16_000, (index) => `k${index}: 1`)],
  ["the same key again and again", fill("enabled: true\n")],
  [
    "unknown sources by the thousand",
    `groups:\n${lines(5_000, (index) => `  g${index}: {contact_source: h${index}}`)}`,
  ],
  [
    "a long circle",
    `groups:\n${lines(4_000, (index) => `  g${index}: {contact_source: g${(index + 1) % 4_000}}`)}`,
  ],
  ["groups that are all wrong", `groups:\n${lines(8_000, (index) => `  g${index}: 1`)}`],
  [
    "a laughing list",
    lines(9, (level) => `a${level}: &a${level} [${level ? `*a${level - 1},`.repeat(9) : "lol"}]`),
  ],
  ["an alias of itself", "a: &a [*a, *a]"],
  ["a key that is its own alias", "&a a: {b: *a}\n? *a\n: 1"],
  ["NUL", fill("\0")],
  ["lone surrogates", fill("\ud800")],
  ["tabs", `replies:\n${fill("\t").slice(20)}`],
  ["byte order marks", fill("\ufeff").slice(0, limit / 3)],
  ["not YAML at all", fill("\u2028ÿþ").slice(0, 40_000)],
];

test.each(bombs)("%s: refused in time and in few words", (_name, text) => {
  const started = performance.now();
  const problems = problemsOf(parseAccountFile(text, "acme"));
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThanOrEqual(26);
  for (const { message, path } of problems) {
    expect(`${message} ${path}`).not.toContain(secret);
    expect(message.length).toBeLessThan(300);
  }
});

describe("the size", () => {
  const padded = (bytes: number, letter: string) => {
    const start = "enabled: false #";
    return start + letter.repeat((bytes - start.length) / Buffer.byteLength(letter));
  };

  test.each([
    ["256 KB are read", padded(limit, "x"), true],
    ["one byte more is refused", padded(limit + 1, "x"), false],
    ["bytes count, not characters", padded(limit + 2, "é"), false],
  ])("%s", (_name, text, good) => {
    expect(parseRepositoryFile(text, { login: "acme", groups: undefined }).good).toBe(good);
  });
});

it("a large honest file is read quickly", () => {
  const text = `groups:\n${lines(3_000, (index) => `  team${index}/sub: {contact_source: team${index}, enabled: true}`)}`;
  const started = performance.now();
  const parsed = parseAccountFile(text, "acme");
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(parsed.good && parsed.value.config.groups.size).toBe(6_001);
});

describe("any text", () => {
  const pieces = fc.constantFrom(
    "groups",
    "defaults",
    "replies",
    "members",
    "contact_source",
    "enabled",
    "__proto__",
    "constructor",
    "true",
    "null",
    "~",
    ": ",
    ":",
    "- ",
    "? ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a ",
    "*a",
    "!t ",
    "<<",
    "|",
    ">",
    "#",
    '"',
    "'",
    "%",
    "@",
    "`",
    "\n",
    "\n  ",
    "\r\n",
    "\t",
    "\0",
    "\ufeff",
    "---\n",
    "...\n",
    "acme",
    "@acme/x",
    "0x10",
    ".inf",
    "é",
    "😀",
    "\\",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join("")),
  );

  const isWellFormed = (parsed: Parsed<unknown>): boolean =>
    parsed.good
      ? true
      : parsed.problems.length > 0 &&
        parsed.problems.every(
          ({ line, column, message }) =>
            line >= 1 && column >= 1 && message.length > 10 && message.length < 300,
        );

  it("is either good or has problems with a place and a sentence", () => {
    fc.assert(
      fc.property(text, (any) => {
        const groups = new Map([["", { enabled: true, members: [] }]]);
        expect(isWellFormed(parseAccountFile(any, "acme"))).toBe(true);
        expect(isWellFormed(parseRepositoryFile(any, { login: "acme", groups }))).toBe(true);
      }),
      { numRuns: 400, interruptAfterTimeLimit: 3_000 },
    );
  });

  it("of any values fits in its place or is named by its path", () => {
    const key = fc.constantFrom(
      "enabled",
      "suggestions",
      "group",
      "replies",
      "command_comments",
      "groups",
      "roles",
      "share_contacts_with",
      "defaults",
    );
    const file = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
    fc.assert(
      fc.property(file, (value) => {
        const problems = problemsOf(parseAccountFile(JSON.stringify(value), "acme"));
        const first = problems.map(({ path }) => path.split(/[.[]/)[0]);
        expect(first.filter((name) => name !== "" && !Object.hasOwn(value, name ?? ""))).toEqual([]);
      }),
      { numRuns: 200, interruptAfterTimeLimit: 3_000 },
    );
  });
});
