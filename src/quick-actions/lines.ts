/**
 * The lines of a text and the cheap test on them: only a line that starts, after at most three spaces,
 * with `/` and a name can be a quick action. CRLF, LF and a lone CR end a line, as in CommonMark.
 */

export interface SourceLine {
  /** From 0. */
  readonly index: number;
  /** Where the line starts in the text, in UTF-16 code units. */
  readonly offset: number;
  /** Without its line end. */
  readonly text: string;
}

export interface CandidateLine extends SourceLine {
  /** Where the `/` stands in the line: 0 to 3. */
  readonly indent: number;
  /** The name as typed, without its `/`. */
  readonly typed: string;
}

const SLASHES = ["/", "／"] as const;
const NAME = /([A-Za-zＡ-Ｚａ-ｚ][A-Za-z0-9_\-Ａ-Ｚａ-ｚ０-９＿－]*)(?=\s|$)/uy;
const MOST_INDENT = 3;

const isIndent = (code: number): boolean => code === 0x20 || code === 0x3000;
const endsLine = (code: number): boolean => code === 0x0a || code === 0x0d;

/** Whether a line starts with the character at an offset, after at most three spaces. */
function startsLine(text: string, at: number): boolean {
  let start = at;
  while (start > 0 && at - start < MOST_INDENT && isIndent(text.charCodeAt(start - 1))) start -= 1;
  return start === 0 || endsLine(text.charCodeAt(start - 1));
}

/** The name behind a slash; undefined where there is none, or it goes on with something else. */
function nameAt(text: string, at: number): string | undefined {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[1];
}

/**
 * Whether a text has a line that concerns us. Goes from slash to slash, for most texts have hardly one:
 * four times as fast as a pattern with `^` (measured), and every comment passes here. Markdown is not looked at.
 */
export function hasCandidate(text: string, concerns: (typed: string) => boolean): boolean {
  for (const slash of SLASHES) {
    for (let at = text.indexOf(slash); at >= 0; at = text.indexOf(slash, at + 1)) {
      if (!startsLine(text, at)) continue;
      const typed = nameAt(text, at + 1);
      if (typed !== undefined && concerns(typed)) return true;
    }
  }
  return false;
}

export function splitLines(text: string): SourceLine[] {
  const lines: SourceLine[] = [];
  let offset = 0;
  for (const end of text.matchAll(/\r\n|\n|\r/gu)) {
    lines.push({ index: lines.length, offset, text: text.slice(offset, end.index) });
    offset = end.index + end[0].length;
  }
  lines.push({ index: lines.length, offset, text: text.slice(offset) });
  return lines;
}

/**
 * The line as a candidate; undefined if it cannot be a quick action.
 * @param concerns whether a typed name is ours, or nearly
 */
export function asCandidate(
  line: SourceLine,
  concerns: (typed: string) => boolean,
): CandidateLine | undefined {
  const { index, offset, text } = line;
  let indent = 0;
  while (indent < MOST_INDENT && isIndent(text.charCodeAt(indent))) indent += 1;
  if (!SLASHES.some((slash) => text.startsWith(slash, indent))) return undefined;
  const typed = nameAt(text, indent + 1);
  return typed === undefined || !concerns(typed) ? undefined : { index, offset, text, indent, typed };
}
