/**
 * Hostile texts of 64 KB are read in bounded time. The ceiling is generous, for machines under load:
 * what is not linear takes many seconds.
 */
import { describe, expect, it } from "@jest/globals";
import { parser } from "./parser.js";

const SIZE = 65_536;
const CEILING_MS = 1_500;

/** What Markdown and the language open, nest or look ahead for. */
const markdown = [
  "[",
  "`",
  "` `` ``` ",
  "<",
  '<a b="',
  "<!--",
  "* ",
  "- ",
  "  - ",
  "|",
  ">",
  "> a\n",
  ">>>\n",
];
const definitions = ["[](", "[[]", "[a]: b\n", "a|b\n-|-\n"];
const language = ["/x\n", "/contcats\n", "[contact:", '"', '\\"', "a@", 'k:"', ",", "e\u0301"];
const units = [...markdown, ...definitions, ...language];

const fill = (unit: string, size: number): string =>
  unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

const shapes: readonly (readonly [string, (unit: string) => string])[] = [
  ["after a quick action", (unit) => `/contacts\n${fill(unit, SIZE - 10)}`],
  ["before one, in its paragraph", (unit) => `x ${fill(unit, SIZE - 12)}\n/contacts`],
  [
    "in fifty lines",
    (unit) =>
      Array(50)
        .fill(`/add_contacts ${fill(unit, 1_290)}`)
        .join("\n"),
  ],
];

describe.each(shapes)("64 KB %s", (_, shape) => {
  it.each(units)("of %j", (unit) => {
    const text = shape(unit);
    expect(text.length).toBeLessThanOrEqual(SIZE);
    const start = performance.now();
    parser.parse(text);
    expect(performance.now() - start).toBeLessThan(CEILING_MS);
  });
});

it("answers for an ordinary comment without parsing Markdown", () => {
  const comment = "Thanks, I will look at this tomorrow and/or on Friday. ".repeat(4);
  const start = performance.now();
  for (let n = 0; n < 10_000; n += 1) parser.mayConcern(comment);
  expect(performance.now() - start).toBeLessThan(CEILING_MS);
});
