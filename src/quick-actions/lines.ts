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

const START = "([ \\u3000]{0,3})[/／]([A-Za-zＡ-Ｚａ-ｚ][A-Za-z0-9_\\-Ａ-Ｚａ-ｚ０-９＿－]*)(?=\\s|$)";
const CANDIDATE = new RegExp(`^${START}`, "u");
const CANDIDATES = new RegExp(`^${START}`, "gmu");

/** All names typed where a quick action could stand; Markdown is not looked at. */
export function* typedNames(text: string): Generator<string> {
  if (!text.includes("/") && !text.includes("／")) return;
  for (const match of text.matchAll(CANDIDATES)) yield match[2] ?? "";
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
  const [match, indent = "", typed = ""] = CANDIDATE.exec(line.text) ?? [];
  if (match === undefined || !concerns(typed)) return undefined;
  return { ...line, indent: indent.length, typed };
}
