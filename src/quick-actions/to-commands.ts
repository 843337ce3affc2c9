/**
 * From syntax to meaning: the visitor turns the tree of one line into arguments, and says what is wrong
 * with it. How values are cut is in reading.ts, what stands inside brackets in reference-value.ts.
 */
import type { CstNode, IToken } from "chevrotain";
import { lineParser, parseLine } from "./grammar.js";
import { endOf, Reading, type LineMeaning, type PlainArgument } from "./reading.js";
import { referenceValue, type ReferenceContext, type Tokens } from "./reference-value.js";
import { readSimpleLine } from "./simple-line.js";
import { asciiTwin } from "./twins.js";
import type { Argument, Position } from "./types.js";

type Nodes<K extends string> = Readonly<Partial<Record<K, CstNode[]>>>;
type ArgumentContext = Nodes<"reference" | "field"> &
  Tokens<
    "Address" | "AngleAddress" | "LinkedAddress" | "Quoted" | "Word" | "FieldWithoutValue" | "Bracketed"
  >;
type FieldContext = Tokens<"FieldStart" | "QuotedValue" | "WordValue" | "BracketedValue">;

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
    const node = context.reference?.[0] ?? context.field?.[0];
    if (node !== undefined) this.visit(node, reading);
    const address = (context.Address ?? context.AngleAddress ?? context.LinkedAddress)?.[0];
    if (address !== undefined) readAddress(address, reading);
    const quoted = context.Quoted?.[0];
    if (quoted !== undefined) reading.text("quoted", quoted, reading.quoted(quoted));
    const word = context.Word?.[0];
    if (word !== undefined) reading.text("word", word, reading.word(word));
    const mistake = context.FieldWithoutValue?.[0] ?? context.Bracketed?.[0];
    if (mistake !== undefined) complainAbout(mistake, reading);
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

/** A field's key without a value, or brackets that are no reference. */
function complainAbout(token: IToken, reading: Reading): void {
  if (!token.image.startsWith("[")) reading.complain("missing_value", endOf(token));
  else if (token.image.endsWith("]")) reading.complain("no_reference", token.startOffset);
  else reading.complain("unclosed_bracket", token.startOffset);
}

/** @param typed one quick action line from its `/` to its end. Never throws. */
export function readLine(typed: string): LineMeaning {
  const simple = readSimpleLine(typed);
  return simple === undefined ? readByGrammar(typed) : { arguments: simple, complaints: [] };
}

function readByGrammar(typed: string): LineMeaning {
  const twin = asciiTwin(typed);
  const { cst, misplaced } = parseLine(twin);
  const reading = new Reading(typed, twin);
  visitor.visit(cst, reading);
  for (const offset of misplaced) reading.complain("misplaced", offset);
  const complaints = reading.complaints.sort((a, b) => a.offset - b.offset);
  return { arguments: reading.arguments, complaints };
}

/** The argument at its place in the text. Written out: spreading thousands of them takes most of the time. */
export function placed(argument: PlainArgument, { line, column, offset }: Position): Argument {
  switch (argument.type) {
    case "reference": {
      const { type, kind, value, open } = argument;
      return { type, kind, value, open, line, column, offset };
    }
    case "field":
      return { type: argument.type, key: argument.key, value: argument.value, line, column, offset };
    case "quoted":
    case "word":
      return { type: argument.type, value: argument.value, line, column, offset };
  }
}
