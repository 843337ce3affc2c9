/**
 * What one line is found to mean: its arguments and complaints, collected while the visitor walks the
 * tree. Values are cut from the text as typed, without quotes and surrounding white space; addresses and
 * numbers are taken from its ASCII twin.
 */
import type { IToken } from "chevrotain";
import type { Reason } from "./messages.js";
import { unescapeQuoted } from "./twins.js";
import type { FieldArgument, Position, ReferenceArgument, TextArgument } from "./types.js";

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

export const endOf = (token: IToken): number => token.startOffset + token.image.length;
/** Whether a quoted token ends with its quotation mark, or with the line. */
export const isClosed = (quoted: string): boolean => /^"(?:[^"\\]|\\[^])*"$/u.test(quoted);

/** Collects what one line means. */
export class Reading {
  readonly arguments: PlainArgument[] = [];
  readonly complaints: Complaint[] = [];

  constructor(
    readonly typed: string,
    readonly twin: string,
  ) {}

  complain(reason: Reason, offset: number): void {
    this.complaints.push({ reason, offset });
  }

  text(type: TextArgument["type"], { startOffset }: IToken, value: string): void {
    this.arguments.push({ type, value, offset: startOffset });
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
