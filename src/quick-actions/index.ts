/**
 * The language of quick actions (DESIGN §3.1, 3.2): text in, commands and problems out. No I/O, no
 * exceptions on any input, linear time. This file is the room's only door.
 */
import { difference } from "./difference.js";
import { hasCandidate } from "./lines.js";
import { createNames, type NameReader } from "./names.js";
import { parsePrevious, parseText } from "./parse-text.js";
import type { ParseResult, Parser } from "./types.js";

export { meaningOf } from "./difference.js";
export { toJson } from "./json.js";
export type {
  Argument,
  Command,
  ParseResult,
  Parser,
  Position,
  Problem,
  ProblemCode,
  ReferenceArgument,
} from "./types.js";

const NOTHING: ParseResult = { commands: [], problems: [], onlyCommands: false };

/**
 * A parser without state for one set of quick actions.
 * @param names canonical names: lower case, words joined by `_` (`add_contacts`). Throws if two of them
 *   read alike, for every other spelling (case, `-`, singular, plural) is an alias.
 */
export function createParser(names: readonly string[]): Parser {
  const newReader = createNames(names);
  const concerns = (text: string, readName: NameReader): boolean =>
    hasCandidate(text, (typed) => readName(typed) !== undefined);
  const readWith = (parse: typeof parseText, text: string): ParseResult => {
    const readName = newReader();
    return concerns(text, readName) ? parse(text, readName) : NOTHING;
  };

  return {
    mayConcern: (text) => concerns(text, newReader()),
    parse(text, previous) {
      const result = readWith(parseText, text);
      return previous === undefined ? result : difference(result, readWith(parsePrevious, previous));
    },
  };
}
