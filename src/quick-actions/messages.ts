/**
 * What we say about a line that does not fit: one or two sentences that a support agent understands,
 * always with what to type instead. Never the parser library's words, never what the user typed: the
 * excerpt beside the message shows that.
 */
import type { ProblemCode } from "./types.js";

/**
 * Limits of the language (DESIGN §11), in UTF-16 code units but for the text, which counts characters.
 * `problems` is how many mistakes of one line are named: enough to mend it, too few to flood a reply.
 */
export const LIMITS = { text: 65_536, line: 8_192, commands: 50, problems: 5 } as const;

interface Explanation {
  readonly code: ProblemCode;
  readonly message: string;
}

const EXAMPLES = "[contact:jane@example.com] or [organization:Acme]";
const count = (number: number): string => number.toLocaleString("en");

const EXPLANATIONS = {
  unclosed_quote: {
    code: "unclosed_quote",
    message: 'The closing quotation mark is missing. Put a " after the last word that belongs to it.',
  },
  unclosed_bracket: {
    code: "unclosed_bracket",
    message: `The closing bracket is missing here. Put a ] at the end of each reference: ${EXAMPLES}.`,
  },
  unknown_kind: {
    code: "unknown_kind",
    message: `A reference names a contact or an organization. Write ${EXAMPLES}.`,
  },
  empty_reference: {
    code: "empty_reference",
    message:
      "This reference names nobody. Put an e-mail address, a number or a full name after the colon, " +
      "as in [contact:jane@example.com].",
  },
  several_addresses: {
    code: "unexpected_text",
    message:
      "This reference holds more than one address. Write one reference for each, as in " +
      "[contact:jane@example.com] [contact:bob@example.com].",
  },
  no_reference: {
    code: "unexpected_text",
    message: `What stands in these brackets is no reference. Write ${EXAMPLES}, or put text into quotation marks.`,
  },
  stray_bracket: {
    code: "unexpected_text",
    message: `There is a closing bracket without an opening one. Write ${EXAMPLES}.`,
  },
  after_quote: {
    code: "unexpected_text",
    message:
      "There is text directly after a quotation mark. Put a space between them, " +
      'or write \\" for a quotation mark inside quoted text.',
  },
  missing_value: {
    code: "unexpected_text",
    message:
      "The value is missing. Put it directly after the colon or equals sign, without a space, " +
      'as in phone:555-0100 or organization:"Acme Inc"; write "" for an empty one.',
  },
  bracketed_value: {
    code: "unexpected_text",
    message: 'A value that starts with a bracket has to stand in quotation marks, as in organization:"Acme".',
  },
  misplaced: {
    code: "unexpected_text",
    message: `This does not fit here. Write references like ${EXAMPLES}, and other text in quotation marks.`,
  },
  line_too_long: {
    code: "line_too_long",
    message: `This line is too long: a quick action can have up to ${count(LIMITS.line)} characters. Split it into several lines.`,
  },
  too_many_commands: {
    code: "too_many_commands",
    message:
      `A comment can hold up to ${String(LIMITS.commands)} quick actions, and this is one more, so none of them was carried out. ` +
      "Spread them over several comments.",
  },
  too_many_quotes: {
    code: "text_too_long",
    message:
      "This text holds too many quotes to be read for quick actions, so none was carried out. " +
      "Put the quick actions into a comment of their own.",
  },
  text_too_long: {
    code: "text_too_long",
    message:
      `This text is too long to be read for quick actions, so none was carried out. ` +
      `Up to ${count(LIMITS.text)} characters are possible: put the quick actions into a comment of their own.`,
  },
} as const satisfies Record<string, Explanation>;

/** Why a line does not fit; finer than the code, so that each message can say what to do. */
export type Reason = keyof typeof EXPLANATIONS;

export function explain(reason: Reason): Explanation {
  return EXPLANATIONS[reason];
}

/** @param meant canonical name of the quick action that was probably meant */
export function explainNearMiss(meant: string): Explanation {
  return {
    code: "near_miss",
    message: `There is no quick action of this name. Did you mean /${meant}?`,
  };
}
