/**
 * The two short ways of the parser give the answers of the long ones: plain texts those of Markdown,
 * simple lines those of the grammar. What goes the long way differs in something that means nothing.
 */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { ParseResult } from "../../src/quick-actions/index.js";
import { parser } from "./parser.js";

const found = ({ commands, problems }: ParseResult) => ({ commands, problems });
const many = { numRuns: 1_000 };

/** Mostly what plain texts are made of, with now and then a beginning of something else. */
const plainPiece = fc.constantFrom(
  ...["\n", "\n", "\n\n", "\r\n", "\r", " ", "  ", "   ", "\n \n", "　"],
  ...[
    "/contacts",
    "\n/contacts",
    "\n/add_contacts [contact:1]",
    "\n  /contcats",
    "/add_contacts jane@acme.com",
  ],
  ...["thanks", "see / there", "and/or", "漢字", "🙂", "(", ")", "!", '"', "'", "x.", "& ", "\u2028", "\f"],
);
const otherPiece = fc.constantFrom(
  ...[
    "\n- ",
    "\n1. ",
    "\n2) ",
    "\n* ",
    "\n+ ",
    "\n> ",
    "\n>>>\n",
    "\n# ",
    "\n===",
    "\n---",
    "\n***",
    "\n___",
  ],
  ...[
    "\n    ",
    "\n\t",
    "\n|-|",
    "\n:-:|",
    "|",
    "\n```\n",
    "\n~~~\n",
    "`",
    "<!--",
    "<code>",
    "</code>",
    "<div>",
  ],
  ...["\n[a]: b", "\n[^1]: ", "[", "](", "](u)", "[a]", "\\", "\\\n", "\0", "\u00a0", "\ufeff"],
);
const text = fc
  .array(fc.oneof({ weight: 12, arbitrary: plainPiece }, { weight: 1, arbitrary: otherPiece }), {
    maxLength: 24,
  })
  .map((pieces) => pieces.join(""));

describe("plain texts", () => {
  it("read as Markdown reads them", () => {
    fc.assert(
      fc.property(text, (source) => {
        expect(found(parser.parse(source))).toEqual(found(parser.parse(`${source}\n\n\\`)));
      }),
      many,
    );
  });

  it.each([
    ["a list", "- one\n/contacts"],
    ["a numbered list", "1. one\n/contacts"],
    ["a quote that goes on", "> one\n/contacts"],
    ["code over two lines", "one `two\n/contacts\nthree`"],
    ["a link over two lines", "one [two\n/contacts\nthree](four)"],
    ["a table", "a|b\n-|-\n/contacts"],
    ["a heading, underlined", "/contacts\n==="],
    ["a footnote", "[^1]: one\n/contacts"],
    ["HTML", "<div>\n/contacts"],
    ["withdrawn text", "one <del>two\n/contacts\n</del>"],
  ])("do not hold %s", (_, source) => {
    expect(parser.mayConcern(source)).toBe(true);
    expect(found(parser.parse(source))).toEqual({ commands: [], problems: [] });
  });

  it("hold what only looks like more", () => {
    const source =
      "Thanks (all of you), it works & fast [I think]\n  /contacts\nsee above | below\n\n/contact 2";
    expect(parser.parse(source).commands.map(({ line }) => line)).toEqual([2, 5]);
  });
});

const argument = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("[contact:jane@acme.com]", "[contact:42]", "[organization:Acme Inc]"),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom("jane@acme.com", "j.d+x@a-b.co.uk", "[contact:Jane Doe]", "[contact:a]"),
  },
  fc.constantFrom(
    "[Contact:a]",
    "[contact: a ]",
    "[contact:a",
    "[contact:]",
    "[person:a]",
    "[contact:a  b]",
    "word",
  ),
  fc.constantFrom(
    "a@b.",
    "a@b,",
    "a@b@c",
    "@b",
    "a@",
    ".a@b",
    "mailto:a@b.c",
    "a@b.c]",
    "[contact:a@b@c]",
    "a=b",
    '"q"',
  ),
  fc.string({ unit: "grapheme-ascii", maxLength: 6 }),
);
const line = fc
  .array(fc.tuple(fc.constantFrom(" ", " ", " ", "", "  ", "\t", ","), argument), { maxLength: 6 })
  .map((parts) => `/add_contacts${parts.flat().join("")}`);

describe("simple lines", () => {
  it("read as the grammar reads them", () => {
    fc.assert(
      fc.property(line, (source) => {
        expect(found(parser.parse(source))).toEqual(found(parser.parse(source.replace(/^(\S+) /u, "$1\t"))));
      }),
      many,
    );
  });
});

describe("a flood of quotes", () => {
  // markdown-it looks to the next blank line for each of them
  const flood = "/contacts\n> # a\n".repeat(4_000);

  it.each([
    ["at the top", flood],
    ["in a quote", flood.replaceAll(/^/gmu, "> ")],
    ["after a quick action", `/contact 1\n\n${flood}`],
  ])("is refused in bounded time %s", (_, source) => {
    const started = performance.now();
    const { commands, problems } = parser.parse(`/contacts\n\n${source}`.slice(0, 65_000));
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(commands).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(["text_too_long"]);
  });

  it("hides no command from a later edit", () => {
    const { commands } = parser.parse("/contacts\n\n/contact 1", `${flood}\n/contact 1`);
    expect(commands).toEqual([]);
  });

  it("is more than a hundred answered quotes", () => {
    const { commands } = parser.parse(`${"> was it\n# yes\n".repeat(100)}\n/contacts`);
    expect(commands).toHaveLength(1);
  });
});
