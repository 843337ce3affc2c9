/** Where something stands in the text. */
export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in characters as people see them (grapheme clusters). */
  readonly column: number;
  /** From 0, in UTF-16 code units of the text that was parsed. */
  readonly offset: number;
}

/** How a quick action names a record. */
export interface ReferenceArgument extends Position {
  readonly type: "reference";
  readonly kind: "contact" | "organization";
  /** What stands between the colon and the bracket, stripped, without quotes: an address, a number or a name. */
  readonly value: string;
  /** The closing bracket is missing at the end of the line: changes nothing, asks for the list. */
  readonly open: boolean;
}

export interface FieldArgument extends Position {
  readonly type: "field";
  /** Lower case, `-` as `_`: `first_name`. */
  readonly key: string;
  readonly value: string;
}

export interface TextArgument extends Position {
  readonly type: "quoted" | "word";
  readonly value: string;
}

export type Argument = ReferenceArgument | FieldArgument | TextArgument;

export interface Command extends Position {
  /** The canonical name: `add_contacts`. */
  readonly name: string;
  readonly arguments: readonly Argument[];
}

export type ProblemCode =
  | "near_miss"
  | "unclosed_quote"
  | "unclosed_bracket"
  | "unknown_kind"
  | "empty_reference"
  | "unexpected_text"
  | "line_too_long"
  | "too_many_commands"
  | "text_too_long";

/** A line (or the text) that could not be read as meant. */
export interface Problem extends Position {
  readonly code: ProblemCode;
  /** One sentence or two: what does not fit and what to type instead. Safe to show; Markdown-free. */
  readonly message: string;
  /**
   * The quoted fragment and a line with a mark under its place, for a fixed-width block; "" where there is
   * none. E-mail addresses are blotted out of it.
   */
  readonly excerpt: string;
  /** For a near miss: the canonical name that is meant. */
  readonly meant?: string;
}

export interface ParseResult {
  readonly commands: readonly Command[];
  readonly problems: readonly Problem[];
  /** The text holds nothing but quick actions and blank lines. */
  readonly onlyCommands: boolean;
}

export interface Parser {
  /** A cheap test: false means `parse` would find neither commands nor problems. May be true for nothing. */
  mayConcern(text: string): boolean;
  /**
   * All quick actions and problems of a comment, in order. Never throws. With `previous` (the text
   * before an edit) only what that text did not have already, counted with repetitions; a text that was
   * over a limit had all of its quick actions, too, though none was carried out.
   */
  parse(text: string, previous?: string): ParseResult;
}
