/**
 * What an edit adds (DESIGN §3.3): the commands and problems that the previous text did not have,
 * counted with repetitions, wherever in the text they stand.
 */
import type { Argument, Command, ParseResult, Problem } from "./types.js";

/** Equal for two spellings of one argument: a bare address and its reference, whatever the case. */
function argumentKey(argument: Argument): readonly (string | boolean)[] {
  switch (argument.type) {
    case "reference":
      return [argument.kind, argument.value.replace(/\s+/gu, " ").toLowerCase(), argument.open];
    case "field":
      return [argument.type, argument.key, argument.value];
    case "quoted":
    case "word":
      return [argument.type, argument.value];
  }
}

/**
 * A key that two commands, or two problems, share exactly if an edit from one to the other changes
 * nothing. It holds what was typed: hash it before it is stored or logged.
 */
export function meaningOf(part: Command | Problem): string {
  if ("code" in part) return JSON.stringify(["problem", part.code, part.excerpt]);
  return JSON.stringify([part.name, ...part.arguments.map(argumentKey)]);
}

/** The items of a list without those of another, one for one. */
function without<T extends Command | Problem>(items: readonly T[], others: readonly T[]): T[] {
  const counts = new Map<string, number>();
  for (const key of others.map(meaningOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return items.filter((item) => {
    const key = meaningOf(item);
    const left = counts.get(key) ?? 0;
    counts.set(key, left - 1);
    return left <= 0;
  });
}

/**
 * @param previous read without limits, so that nothing counts as added that only a limit had held back
 * @returns `onlyCommands` stays what it is for the whole new text
 */
export function difference(result: ParseResult, previous: ParseResult): ParseResult {
  return {
    commands: without(result.commands, previous.commands),
    problems: without(result.problems, previous.problems),
    onlyCommands: result.onlyCommands,
  };
}
