/**
 * The tokens of a quick action line (DESIGN §3.2) in four modes: the name, its arguments, the inside of
 * a reference, the value of a field. Two traps shape the patterns: complemented classes would switch
 * off Chevrotain's choice by first character, so every class is spelt out as positive ranges; and every
 * opener takes what it failed to close, so that no text is scanned again and again (linear time).
 */
import { createToken, Lexer, type TokenType } from "chevrotain";

/** All code units but white space, as ranges; ASCII from `!` to `~` one by one, to leave some out. */
const CONTROLS = "\\u0000-\\u0008\\u000e-\\u001f";
const ASCII = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index));
const BEYOND =
  "\\u007f-\\u009f\\u00a1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e" +
  "\\u2060-\\u2fff\\u3001-\\ufefe\\uff00-\\uffff";

/** A class of all that is no white space, without the given ASCII characters. */
function visibleBut(excluded: string): string {
  const ascii = ASCII.filter((character) => !excluded.includes(character));
  return `[${CONTROLS}${ascii.map((character) => `\\u00${character.charCodeAt(0).toString(16)}`).join("")}${BEYOND}]`;
}

const ANY = visibleBut(",;");
/** Commas belong to a word if it goes on after them (`acme.com,acme.de`); at its end they separate. */
const goesOn = `${ANY}*(?:[,;]+${ANY}+)*`;
const LOCAL_PART = visibleBut('"<>()[],;:@\\');
const LABEL =
  "[A-Za-z0-9\\-\\u00a1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\ufefe\\uff00-\\uffff]";
const ADDRESS = `${LOCAL_PART}+@${LABEL}+(?:\\.${LABEL}+)*`;
/** To the closing quotation mark, or to the end of the line if there is none. */
const QUOTED = '"(?:[\\u0000-!#-\\[\\]-\\uffff]|\\\\[\\u0000-\\uffff])*["\\\\]?';
const BRACKETED = "\\[[\\u0000-\\\\\\^-\\uffff]*\\]*";

const pattern = (source: string): RegExp => new RegExp(source);

export const Name = createToken({
  name: "Name",
  pattern: pattern("\\/[A-Za-z][A-Za-z0-9_\\-]*"),
  push_mode: "arguments",
});

const Space = createToken({ name: "Space", pattern: /[\s]+/, group: Lexer.SKIPPED });
/** Full stops too, where they end a sentence: `/add_contacts jane@acme.com.` */
export const Separator = createToken({ name: "Separator", pattern: pattern(`[,;]+|\\.+(?!${ANY})`) });
export const ReferenceStart = createToken({
  name: "ReferenceStart",
  pattern: /\[[\s]*"?[\s]*[A-Za-z][A-Za-z0-9_-]*[\s]*:/,
  push_mode: "reference",
});
/** What GitHub makes of an address that is pasted from a mail. */
export const LinkedAddress = createToken({
  name: "LinkedAddress",
  pattern: pattern(`\\[${ADDRESS}\\]\\([Mm][Aa][Ii][Ll][Tt][Oo]:${ADDRESS}\\)`),
});
export const Bracketed = createToken({ name: "Bracketed", pattern: pattern(BRACKETED) });
export const AngleAddress = createToken({
  name: "AngleAddress",
  pattern: pattern(`<(?:[Mm][Aa][Ii][Ll][Tt][Oo]:)?${ADDRESS}>`),
});
export const Address = createToken({
  name: "Address",
  pattern: pattern(`(?:[Mm][Aa][Ii][Ll][Tt][Oo]:)?${ADDRESS}(?!\\.*${visibleBut(",;.")})`),
});
const FIELD_KEY = "[A-Za-z][A-Za-z0-9_\\-]*(?::(?!\\/\\/)|=)";
/** A value has to follow; `https://…` is a word. */
export const FieldStart = createToken({
  name: "FieldStart",
  pattern: pattern(`${FIELD_KEY}(?=${ANY})`),
  push_mode: "value",
});
export const FieldWithoutValue = createToken({
  name: "FieldWithoutValue",
  pattern: pattern(`${FIELD_KEY}(?!${ANY})`),
});
export const Quoted = createToken({ name: "Quoted", pattern: pattern(QUOTED) });
export const Word = createToken({ name: "Word", pattern: pattern(`${visibleBut('"[,;')}${goesOn}`) });

/** `["contact:jane@acme.com"]` ends so. */
export const ClosingQuote = createToken({ name: "ClosingQuote", pattern: /"(?=[\s]*\])/ });
export const ReferenceQuoted = createToken({ name: "ReferenceQuoted", pattern: pattern(QUOTED) });
const PLAIN = "[\\u0000-!#-Z\\\\\\^-\\uffff]+";
/** The next reference begins before this one is closed. */
export const UnclosedText = createToken({
  name: "UnclosedText",
  pattern: pattern(`${PLAIN}(?=\\[)`),
  pop_mode: true,
});
export const PlainText = createToken({ name: "PlainText", pattern: pattern(PLAIN) });
export const NestedBracket = createToken({
  name: "NestedBracket",
  pattern: pattern(BRACKETED),
  pop_mode: true,
});
export const ReferenceEnd = createToken({ name: "ReferenceEnd", pattern: /\]/, pop_mode: true });

export const QuotedValue = createToken({ name: "QuotedValue", pattern: pattern(QUOTED), pop_mode: true });
export const BracketedValue = createToken({
  name: "BracketedValue",
  pattern: pattern(BRACKETED),
  pop_mode: true,
});
export const WordValue = createToken({
  name: "WordValue",
  pattern: pattern(`${visibleBut('"[,;')}${goesOn}`),
  pop_mode: true,
});

/** Order matters within a mode: the first that fits is taken. */
const modes: Record<string, TokenType[]> = {
  name: [Name],
  arguments: [
    Space,
    Separator,
    LinkedAddress,
    ReferenceStart,
    Bracketed,
    AngleAddress,
    Address,
    FieldStart,
    FieldWithoutValue,
    Quoted,
    Word,
  ],
  reference: [ClosingQuote, ReferenceQuoted, UnclosedText, PlainText, NestedBracket, ReferenceEnd],
  value: [QuotedValue, BracketedValue, WordValue],
};

export const vocabulary: TokenType[] = Object.values(modes).flat();

export const lexer = new Lexer(
  { modes, defaultMode: "name" },
  { ensureOptimizations: true, positionTracking: "onlyOffset" },
);
