/**
 * The inside of a reference: its value, or why its quotation marks and brackets do not fit. GitLab's
 * three spellings are read; anything more daring is a mistake, for a guess could link the wrong person.
 */
import type { IToken } from "chevrotain";
import { endOf, isClosed, type Complaint, type Reading } from "./reading.js";
import { unescapeQuoted } from "./twins.js";

/** The tokens of a rule by their names. */
export type Tokens<K extends string> = Readonly<Partial<Record<K, IToken[]>>>;

export type ReferenceContext = Tokens<
  | "ReferenceStart"
  | "PlainText"
  | "ReferenceQuoted"
  | "ClosingQuote"
  | "ReferenceEnd"
  | "UnclosedText"
  | "NestedBracket"
>;

/** The value of a reference; undefined, with a complaint, if its quotes or brackets do not fit. */
export function referenceValue(
  context: ReferenceContext,
  start: IToken,
  reading: Reading,
): string | undefined {
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
