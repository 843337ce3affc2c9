/**
 * The grammar of a quick action line, pure syntax (DESIGN §3.2). What a sequence of tokens means, and
 * what is wrong with it, is decided in to-commands.ts. The parser recovers by itself, so that one
 * misplaced token does not hide the rest of the line.
 */
import { CstParser, type CstNode } from "chevrotain";
import * as token from "./tokens.js";

class LineParser extends CstParser {
  constructor() {
    super(token.vocabulary, { recoveryEnabled: true, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  /** line = name { argument | separator } */
  readonly line = this.RULE("line", () => {
    this.CONSUME(token.Name);
    this.MANY(() => {
      this.OR([{ ALT: () => this.SUBRULE(this.argument) }, { ALT: () => this.CONSUME(token.Separator) }]);
    });
  });

  /** argument = reference | address | field | quoted | word, and what only looks like one */
  readonly argument = this.RULE("argument", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.reference) },
      { ALT: () => this.SUBRULE(this.field) },
      { ALT: () => this.CONSUME(token.Address) },
      { ALT: () => this.CONSUME(token.AngleAddress) },
      { ALT: () => this.CONSUME(token.LinkedAddress) },
      { ALT: () => this.CONSUME(token.Quoted) },
      { ALT: () => this.CONSUME(token.Word) },
      { ALT: () => this.CONSUME(token.FieldWithoutValue) },
      { ALT: () => this.CONSUME(token.Bracketed) },
    ]);
  });

  /** reference = "[" kind ":" value "]", with GitLab's quotation marks, or open, or run into the next */
  readonly reference = this.RULE("reference", () => {
    this.CONSUME(token.ReferenceStart);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(token.PlainText) },
        { ALT: () => this.CONSUME(token.ReferenceQuoted) },
        { ALT: () => this.CONSUME(token.ClosingQuote) },
      ]);
    });
    this.OPTION(() => {
      this.OR1([
        { ALT: () => this.CONSUME(token.ReferenceEnd) },
        { ALT: () => this.CONSUME(token.UnclosedText) },
        { ALT: () => this.CONSUME(token.NestedBracket) },
      ]);
    });
  });

  /** field = key ( ":" | "=" ) ( quoted | word ) */
  readonly field = this.RULE("field", () => {
    this.CONSUME(token.FieldStart);
    this.OR([
      { ALT: () => this.CONSUME(token.QuotedValue) },
      { ALT: () => this.CONSUME(token.WordValue) },
      { ALT: () => this.CONSUME(token.BracketedValue) },
    ]);
  });
}

export const lineParser = new LineParser();

export interface LineSyntax {
  readonly cst: CstNode;
  /** Offsets in the line where something stands that fits nowhere. */
  readonly misplaced: readonly number[];
}

/** @param line from its `/` to its end, as ASCII twin. Never throws. */
export function parseLine(line: string): LineSyntax {
  const { tokens, errors } = token.lexer.tokenize(line);
  lineParser.input = tokens;
  const cst = lineParser.line();
  const unread = lineParser.errors.map((error) => error.token.startOffset);
  const misplaced = [...errors.map((error) => error.offset), ...unread];
  return { cst, misplaced: misplaced.map((offset) => (Number.isFinite(offset) ? offset : line.length)) };
}
