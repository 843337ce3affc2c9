/** What holds for every text: no exception, true places, edits that change nothing, linear time. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Argument, ParseResult } from "../../src/quick-actions/index.js";
import { parser } from "./parser.js";

/** Pieces that mean something to the language or to Markdown, so that random texts reach deep. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      "\n",
      "\r\n",
      "\n\n",
      " ",
      "   ",
      "\t",
      "　",
      "/contacts",
      "/add_contacts ",
      "／contact ",
      "/contcats",
    ],
    ...[
      "[contact:",
      "[organization:",
      '["contact:"',
      "]",
      "[",
      '"',
      '\\"',
      "“",
      "\\",
      "`",
      "```",
      "~~~\n",
      "<!--",
    ],
    ...[
      "-->",
      "<div>",
      "<code>",
      "</code>",
      "> ",
      ">>>\n",
      "- ",
      "1. ",
      "# ",
      "---",
      "|",
      "](",
      ")",
      "[^1]: ",
    ],
    ...[
      "jane@acme.com",
      "<a@b.c>",
      "mailto:",
      ",",
      ";",
      ".",
      "phone:",
      "phone=",
      "42",
      "x",
      "\0",
      "\ud800",
      "\u202e",
    ],
    ...["é", "e\u0301", "漢字", "🙂", "👨‍👩‍👧", "🇩🇪", "＂", "：", "［", "］"],
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

const argumentsOf = ({ commands }: ParseResult): readonly Argument[] =>
  commands.flatMap((command) => command.arguments);

/** The place in the text that a line and a column name, counted independently. */
function offsetOf(source: string, line: number, column: number): number {
  const ends = [...source.matchAll(/\r\n|\n|\r/gu)].map((end) => end.index + end[0].length);
  const start = [0, ...ends][line - 1] ?? 0;
  const lineText = /^[^\r\n]*/u.exec(source.slice(start))?.[0] ?? "";
  const clusters = Array.from(graphemes.segment(lineText), ({ index }) => index);
  return start + (clusters[column - 1] ?? lineText.length);
}

describe("any text", () => {
  it("is read without an exception, twice the same", () => {
    fc.assert(fc.property(text, (source) => expect(parser.parse(source)).toEqual(parser.parse(source))));
  });

  it("concerns us if it holds a command or a problem", () => {
    fc.assert(
      fc.property(text, (source) => {
        const { commands, problems } = parser.parse(source);
        if (commands.length + problems.length > 0) expect(parser.mayConcern(source)).toBe(true);
      }),
    );
  });

  it("has its commands and problems where line and column say", () => {
    fc.assert(
      fc.property(text, (source) => {
        const result = parser.parse(source);
        for (const { line, column, offset } of [
          ...result.commands,
          ...result.problems,
          ...argumentsOf(result),
        ]) {
          // A mark inside a cluster belongs to the cluster.
          const start = offsetOf(source, line, column);
          expect(offset).toBeGreaterThanOrEqual(start);
          expect(offset).toBeLessThanOrEqual(Math.max(start, offsetOf(source, line, column + 1)));
        }
        for (const command of result.commands) expect(source[command.offset]).toMatch(/[/／]/u);
      }),
    );
  });

  it("has columns that count clusters in long lines too", () => {
    const visible = piece.filter((unit) => !/[\r\n]/u.test(unit));
    const words = fc.array(fc.tuple(visible, fc.nat(40)), { maxLength: 12 });
    fc.assert(
      fc.property(words, (list) => {
        const line = `/find_contacts ${list.map(([unit, times]) => unit.repeat(times)).join(" ")}`;
        for (const { column, offset } of argumentsOf(parser.parse(line))) {
          expect(offset).toBeGreaterThanOrEqual(offsetOf(line, 1, column));
          expect(offset).toBeLessThan(offsetOf(line, 1, column + 1));
        }
      }),
    );
  });

  it("has nothing new after an edit that changes nothing", () => {
    fc.assert(
      fc.property(text, (source) => {
        expect(parser.parse(source, source)).toMatchObject({ commands: [], problems: [] });
      }),
    );
  });

  it("gains nothing from a fenced copy of itself before it", () => {
    const fence = "~".repeat(50);
    fc.assert(
      fc.property(text, (source) => {
        const before = `${fence}\n${source}\n${fence}\n\n`;
        const [alone, after] = [parser.parse(source), parser.parse(before + source)];
        const names = ({ commands }: ParseResult) => commands.map(({ name, offset }) => [name, offset]);
        expect(names(after)).toEqual(
          alone.commands.map(({ name, offset }) => [name, offset + before.length]),
        );
      }),
    );
  });
});

describe("values", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((value) => {
    const plain = /^[^\p{C}\p{Z}＂＼“”„‟«»@＠\d０-９][^\p{C}\p{Zl}\p{Zp}＂＼“”„‟«»@＠]*$/u.test(value);
    return plain && value === value.trim();
  });

  it("come out of quotation marks as they went in", () => {
    fc.assert(
      fc.property(name, (value) => {
        const quoted = `"${value.replace(/["\\]/gu, "\\$&")}"`;
        const line = `/find_contacts ${quoted} [contact:${quoted}] description:${quoted}`;
        expect(argumentsOf(parser.parse(line)).map((argument) => argument.value)).toEqual([
          value,
          value,
          value,
        ]);
      }),
    );
  });
});
