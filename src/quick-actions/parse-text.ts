/**
 * One text: its counted lines, each read on its own, with limits and places. Over a limit nothing is
 * done in part: a line that is too long yields no command, a text with too many or too long none at all.
 */
import { addressesIn, type Span } from "./addresses.js";
import { excerptOf } from "./excerpt.js";
import type { CandidateLine } from "./lines.js";
import { explain, explainNearMiss, LIMITS } from "./messages.js";
import type { NameReader } from "./names.js";
import { createRuler } from "./positions.js";
import { scan } from "./scan.js";
import { placed, readLine } from "./to-commands.js";
import type { Command, ParseResult, Position, Problem } from "./types.js";

interface LineResult {
  readonly commands: readonly Command[];
  readonly problems: readonly Problem[];
}

/**
 * Gives places in a line their columns, and what is said about them their excerpt. Of a line that is too
 * long only the start is measured, where its problem stands; addresses are looked for in all of it.
 */
function surveyor(line: CandidateLine) {
  const ruler = createRuler(line.text.slice(0, LIMITS.line));
  let addresses: readonly Span[] | undefined;
  const position = (offset: number): Position => ({
    line: line.index + 1,
    column: ruler.indexAt(line.indent + offset) + 1,
    offset: line.offset + line.indent + offset,
  });
  const problem = (explained: Pick<Problem, "code" | "message">, offset: number): Problem => ({
    ...explained,
    ...position(offset),
    excerpt: excerptOf(ruler, ruler.indexAt(line.indent + offset), (addresses ??= addressesIn(line.text))),
  });
  return { position, problem };
}

function readCommand(line: CandidateLine, name: string): LineResult {
  const { position, problem } = surveyor(line);
  if (line.text.length > LIMITS.line)
    return { commands: [], problems: [problem(explain("line_too_long"), 0)] };
  const meaning = readLine(line.text.slice(line.indent));
  if (meaning.complaints.length > 0) {
    const named = meaning.complaints.slice(0, LIMITS.problems);
    const problems = named.map(({ reason, offset }) => problem(explain(reason), offset));
    return { commands: [], problems };
  }
  const args = meaning.arguments.map((argument) => placed(argument, position(argument.offset)));
  return { commands: [{ name, ...position(0), arguments: args }], problems: [] };
}

function nearMiss(line: CandidateLine, meant: string): LineResult {
  return { commands: [], problems: [{ ...surveyor(line).problem(explainNearMiss(meant), 0), meant }] };
}

function readCounted(line: CandidateLine, readName: NameReader): LineResult {
  const reading = readName(line.typed);
  switch (reading?.type) {
    case "ours":
      return readCommand(line, reading.name);
    case "near_miss":
      return nearMiss(line, reading.meant);
    case undefined:
      return { commands: [], problems: [] };
  }
}

const refused = (problem: Problem): ParseResult => ({
  commands: [],
  problems: [problem],
  onlyCommands: false,
});

/** Counts characters only where code units alone do not settle it. */
function isTooLong(text: string): boolean {
  if (text.length <= LIMITS.text) return false;
  return text.length > 2 * LIMITS.text || Array.from(text).length > LIMITS.text;
}

const textTooLong: Problem = { ...explain("text_too_long"), line: 1, column: 1, offset: 0, excerpt: "" };
const tooManyQuotes: Problem = { ...explain("too_many_quotes"), line: 1, column: 1, offset: 0, excerpt: "" };

/** All of a text that holds at least one candidate. Never throws. */
export function parseText(text: string, readName: NameReader): ParseResult {
  if (isTooLong(text)) return refused(textTooLong);
  const { counted, nothingElse, flooded } = scan(text, (typed) => readName(typed) !== undefined);
  if (flooded) return refused(tooManyQuotes);
  const surplus = counted[LIMITS.commands];
  if (surplus !== undefined) return refused(tooManyCommands(surplus));
  const { commands, problems } = readAll(counted, readName);
  return { commands, problems, onlyCommands: nothingElse && problems.length === 0 && commands.length > 0 };
}

/**
 * What a text before an edit had: over a limit, too, all its commands, and what was said of the limit.
 * Else an edit that brings a text under a limit would run every line of it, whoever wrote them, with
 * the role of whoever edits. As linear as `parseText`.
 */
export function parsePrevious(text: string, readName: NameReader): ParseResult {
  const { counted, flooded } = scan(text, (typed) => readName(typed) !== undefined);
  const surplus = counted[LIMITS.commands];
  const { commands, problems } = readAll(counted, readName);
  const said = [
    ...(isTooLong(text) ? [textTooLong] : []),
    ...(flooded ? [tooManyQuotes] : []),
    ...(surplus === undefined ? [] : [tooManyCommands(surplus)]),
  ];
  return { commands, problems: [...said, ...problems], onlyCommands: false };
}

const tooManyCommands = (surplus: CandidateLine): Problem =>
  surveyor(surplus).problem(explain("too_many_commands"), 0);

function readAll(counted: readonly CandidateLine[], readName: NameReader): LineResult {
  const all: { commands: Command[]; problems: Problem[] } = { commands: [], problems: [] };
  for (const line of counted) {
    const { commands, problems } = readCounted(line, readName);
    all.commands.push(...commands);
    all.problems.push(...problems);
  }
  return all;
}
