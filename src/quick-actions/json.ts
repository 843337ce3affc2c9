/**
 * The result of parsing as JSON (DESIGN §3.2), exactly as `liaison parse` prints it: names before
 * places, no offsets, no excerpts.
 */
import type { Argument, ParseResult } from "./types.js";

function argumentJson(argument: Argument) {
  const { line, column } = argument;
  switch (argument.type) {
    case "reference": {
      const { type, kind, value, open } = argument;
      return { type, kind, value, open, line, column };
    }
    case "field": {
      const { type, key, value } = argument;
      return { type, key, value, line, column };
    }
    case "quoted":
    case "word": {
      const { type, value } = argument;
      return { type, value, line, column };
    }
  }
}

/** A plain value for JSON.stringify; the order of its keys is part of the format. */
export function toJson(result: ParseResult) {
  return {
    commands: result.commands.map(({ name, line, column, arguments: list }) => ({
      name,
      line,
      column,
      arguments: list.map(argumentJson),
    })),
    problems: result.problems.map(({ code, line, column, message }) => ({ code, line, column, message })),
  };
}
