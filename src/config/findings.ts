/**
 * A finding: something wrong at one place of a config file, while the file is being checked. Its
 * sentence is made last, and only for those that are shown, so that a hostile file with thousands of
 * mistakes costs little. Nothing quoted from a file is longer than `quote` allows.
 */
import { LineCounter } from "yaml";
import type { ConfigProblem } from "./config.js";

/** Keys and list positions from the root of the document. */
export type Path = readonly (string | number)[];

/** Both from 1; columns in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Finding {
  readonly path: Path;
  readonly at: Place;
  /** One sentence with its remedy. */
  readonly say: () => string;
  /** What `ConfigProblem.hint` says. */
  readonly hint?: () => string | undefined;
}

export const startOfFile: Place = { line: 1, column: 1 };

const mostShown = 25;
const mostQuoted = 30;

/** Where `offset` (UTF-16, from 0) stands. */
export function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** Findings as problems, by place; of more than 25 the rest is counted in the last one. */
export function toProblems(file: ConfigProblem["file"], findings: readonly Finding[]): ConfigProblem[] {
  const sorted = findings.toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  const shown = sorted.slice(0, mostShown).map((finding) => toProblem(file, finding));
  const more = sorted[mostShown];
  if (more) shown.push({ file, ...more.at, path: "", message: restSentence(sorted.length - mostShown) });
  return shown;
}

function toProblem(file: ConfigProblem["file"], { path, at, say, hint }: Finding): ConfigProblem {
  const hinted = hint?.();
  const problem = { file, line: at.line, column: at.column, path: pathText(path), message: say() };
  return hinted === undefined ? problem : { ...problem, hint: hinted };
}

const restSentence = (count: number): string =>
  `There ${count === 1 ? "is 1 more problem" : `are ${count} more problems`} from here on: mend those above first.`;

/** Text of the file, in double quotes: at most 30 characters, none of them invisible. */
export const quote = (text: string): string => `"${clip(text)}"`;

function clip(text: string): string {
  const characters = Array.from(text.slice(0, mostQuoted * 4).replace(/[\p{C}\p{Z}]/gu, " "));
  return characters.length > mostQuoted
    ? `${characters.slice(0, mostQuoted - 1).join("")}…`
    : characters.join("");
}

/** `groups.support.members.planner[0]` */
export const pathText = (path: Path): string =>
  path.slice(0, 10).reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? clip(step) : `${text}.${clip(step)}`;
  }, "");
