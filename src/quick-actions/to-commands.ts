/**
 * From syntax to meaning: the visitor turns the tree of one line into arguments, and says what is wrong
 * with it. Values are cut from the text as typed, without quotes and surrounding white space; addresses
 * and numbers are taken from its ASCII twin.
 */
import type { CstNode, IToken } from "chevrotain";
import { lineParser, parseLine } from "./grammar.js";
import type { Reason } from "./messages.js";
import { asciiTwin, unescapeQuoted } from "./twins.js";
import type { Argument, FieldArgument, Position, ReferenceArgument, TextArgument } from "./types.js";

type Unplaced<T extends Position> = Omit<T, "line" | "column" | "offset">;

/** An argument with its offset in the line; line and column come later. */
export type PlainArgument = { readonly offset: number } & (
  Unplaced<ReferenceArgument> | Unplaced<FieldArgument> | Unplaced<TextArgument>
);

export interface Complaint {
  readonly reason: Reason;
  /** In the line. */
  readonly offset: number;
}

export interface LineMeaning {
  readonly arguments: readonly PlainArgument[];
  /** In the order of their places. With one of them the line must not run. */
  readonly complaints: readonly Complaint[];
}

type Tokens<K extends string> = Readonly<Partial<Record<K, IToken[]>>>;
type Nodes<K extends string> = Readonly<Partial<Record<K, CstNode[]>>>;
type ArgumentContext = Nodes<"reference" | "field"> &
  Tokens<
    "Address" | "AngleAddress" | "LinkedAddress" | "Quoted" | "Word" | "FieldWithoutValue" | "Bracketed"
  >;
type ReferenceContext = Tokens<
  | "ReferenceStart"
  | "PlainText"
  | "ReferenceQuoted"
  | "ClosingQuote"
  | "ReferenceEnd"
  | "UnclosedText"
  | "NestedBracket"
>;
type FieldContext = Tokens<"FieldStart" | "QuotedValue" | "WordValue" | "BracketedValue">;

const endOf = (token: IToken): number => token.startOffset + token.image.length;
const isClosed = (quoted: string): boolean => /^"(?:[^"\\]|\\[^])*"$/u.test(quoted);

/** Collects what one line means. */
class Reading {
  readonly arguments: PlainArgument[] = [];
  readonly complaints: Complaint[] = [];

  constructor(
    readonly typed: string,
    readonly twin: string,
  ) {}

  complain(reason: Reason, offset: number): void {
    this.complaints.push({ reason, offset });
  }

  /** What was typed between two offsets, without white space around it. */
  cut(from: number, to: number): string {
    const piece = this.twin.slice(from, to);
    const start = from + piece.length - piece.trimStart().length;
    return this.typed.slice(start, Math.max(start, from + piece.trimEnd().length));
  }

  /** The same for what names a record: an address or a number has no full-width form of its own. */
  cutName(from: number, to: number): string {
    const twin = this.twin.slice(from, to).trim();
    return /^\d+$|@/u.test(twin) ? twin : this.cut(from, to);
  }

  /** The text between the quotation marks of a token. Complains if they do not fit. */
  quoted(token: IToken): string {
    if (!isClosed(token.image)) {
      this.complain("unclosed_quote", token.startOffset);
      return "";
    }
    const next = this.twin.slice(endOf(token), endOf(token) + 1);
    if (/[^\s,;.]/u.test(next)) this.complain("after_quote", endOf(token));
    return unescapeQuoted(this.cut(token.startOffset + 1, endOf(token) - 1));
  }

  /** A word as typed. Complains about a closing bracket that nothing opened. */
  word(token: IToken): string {
    const close = token.image.indexOf("]");
    const open = token.image.indexOf("[");
    if (close >= 0 && (open < 0 || open > close)) {
      this.complain("stray_bracket", token.startOffset + close);
    }
    return this.cut(token.startOffset, endOf(token));
  }
}

const Visitor = lineParser.getBaseCstVisitorConstructor<Reading, undefined>();

class LineVisitor extends Visitor {
  constructor() {
    super();
    this.validateVisitor();
  }

  line(context: Nodes<"argument">, reading: Reading): undefined {
    for (const node of context.argument ?? []) this.visit(node, reading);
  }

  argument(context: ArgumentContext, reading: Reading): undefined {
    for (const node of [...(context.reference ?? []), ...(context.field ?? [])]) this.visit(node, reading);
    const addresses = [context.Address, context.AngleAddress, context.LinkedAddress];
    for (const token of addresses.flatMap((list) => list ?? [])) readAddress(token, reading);
    for (const token of context.Quoted ?? []) {
      reading.arguments.push({ type: "quoted", value: reading.quoted(token), offset: token.startOffset });
    }
    for (const token of context.Word ?? []) {
      reading.arguments.push({ type: "word", value: reading.word(token), offset: token.startOffset });
    }
    for (const token of context.FieldWithoutValue ?? []) reading.complain("missing_value", endOf(token));
    for (const token of context.Bracketed ?? []) {
      reading.complain(token.image.endsWith("]") ? "no_reference" : "unclosed_bracket", token.startOffset);
    }
  }

  reference(context: ReferenceContext, reading: Reading): undefined {
    const start = context.ReferenceStart?.[0];
    if (start === undefined) return;
    const kind = /[a-z][a-z0-9_-]*/iu.exec(start.image)?.[0].toLowerCase();
    if (kind !== "contact" && kind !== "organization") {
      reading.complain("unknown_kind", start.startOffset);
      return;
    }
    const open = context.ReferenceEnd === undefined;
    const value = referenceValue(context, start, reading);
    if (value === undefined) return;
    if (value === "" && !open) reading.complain("empty_reference", start.startOffset);
    if (/@.*@/u.test(value) && !open) reading.complain("several_addresses", start.startOffset);
    reading.arguments.push({ type: "reference", kind, value, open, offset: start.startOffset });
  }

  field(context: FieldContext, reading: Reading): undefined {
    const start = context.FieldStart?.[0];
    if (start === undefined) return;
    const key = start.image.slice(0, -1).toLowerCase().replaceAll("-", "_");
    for (const token of context.BracketedValue ?? []) reading.complain("bracketed_value", token.startOffset);
    const [quoted, word] = [context.QuotedValue?.[0], context.WordValue?.[0]];
    const value = quoted === undefined ? word && reading.word(word) : reading.quoted(quoted);
    reading.arguments.push({ type: "field", key, value: value ?? "", offset: start.startOffset });
  }
}

const visitor = new LineVisitor();

/** `jane@acme.com`, `mailto:jane@acme.com`, `<jane@acme.com>`, `[jane@acme.com](mailto:jane@acme.com)` */
function readAddress(token: IToken, reading: Reading): void {
  const value = token.image.replace(/^[<[]?(?:mailto:)?/iu, "").replace(/>$|\]\(.*$/u, "");
  reading.arguments.push({
    type: "reference",
    kind: "contact",
    value,
    open: false,
    offset: token.startOffset,
  });
}

/** The value of a reference; undefined, with a complaint, if its quotes or brackets do not fit. */
function referenceValue(context: ReferenceContext, start: IToken, reading: Reading): string | undefined {
  const mistake = referenceMistake(context, start, reading);
  if (mistake !== undefined) {
    reading.complain(mistake.reason, mistake.offset);
    return undefined;
  }
  const quoted = context.ReferenceQuoted?.[0];
  if (quoted !== undefined) {
    const end = isClosed(quoted.image) ? endOf(quoted) - 1 : endOf(quoted);
    return unescapeQuoted(reading.cutName(quoted.startOffset + 1, end));
  }
  const plain = context.PlainText?.[0];
  return plain === undefined ? "" : reading.cutName(plain.startOffset, endOf(plain));
}

function referenceMistake(
  context: ReferenceContext,
  start: IToken,
  { twin }: Reading,
): Complaint | undefined {
  const at = start.startOffset;
  if (context.UnclosedText !== undefined || context.NestedBracket !== undefined) {
    return { reason: "unclosed_bracket", offset: at };
  }
  const [quoted, secondQuoted] = context.ReferenceQuoted ?? [];
  if (secondQuoted !== undefined) return { reason: "misplaced", offset: secondQuoted.startOffset };
  const beside = context.PlainText?.find((text) => quoted !== undefined && text.image.trim() !== "");
  if (beside !== undefined)
    return { reason: "misplaced", offset: beside.startOffset + beside.image.search(/\S/u) };
  if (quoted !== undefined && !isClosed(quoted.image) && twin.includes("]", quoted.startOffset)) {
    return { reason: "unclosed_quote", offset: quoted.startOffset };
  }
  const needsQuote = start.image.includes('"') && quoted === undefined;
  const closing = context.ClosingQuote?.[0];
  if (closing !== undefined && !needsQuote && !start.image.includes('"')) {
    return { reason: "misplaced", offset: closing.startOffset };
  }
  if (closing === undefined && needsQuote && context.ReferenceEnd !== undefined) {
    return { reason: "unclosed_quote", offset: at + start.image.indexOf('"') };
  }
  return undefined;
}

/** @param typed one quick action line from its `/` to its end. Never throws. */
export function readLine(typed: string): LineMeaning {
  const twin = asciiTwin(typed);
  const { cst, misplaced } = parseLine(twin);
  const reading = new Reading(typed, twin);
  visitor.visit(cst, reading);
  for (const offset of misplaced) reading.complain("misplaced", offset);
  const complaints = reading.complaints.sort((a, b) => a.offset - b.offset);
  return { arguments: reading.arguments, complaints };
}

/** The argument at its place in the text. */
export function placed(argument: PlainArgument, position: Position): Argument {
  return { ...argument, ...position };
}
