/**
 * The language of quick actions (DESIGN §3.1, 3.2): text in, commands and problems out. No I/O, no
 * exceptions on any input, linear time. This file is the room's only door.
 */
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
