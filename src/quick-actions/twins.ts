/**
 * Full-width twins: what a Japanese keyboard, a phone or a mail client types instead of ASCII reads as
 * ASCII. Every replacement is one UTF-16 code unit for one, so that offsets stay true; values are cut
 * from what was typed, not from this copy.
 */

/** Typographic quotation marks that phones insert. */
const QUOTES = "“”„‟«»";
const OTHERS = new Map<string, string>([
  ["　", " "],
  ["、", ","],
  ["。", "."],
  ...Array.from(QUOTES).map((quote): [string, string] => [quote, '"']),
]);

/**
 * Zero-width spaces and marks of writing direction come along unseen when an address is copied from a
 * contact list, and stick to it. Joiners stay: scripts and emoji need them.
 */
const INVISIBLE = "\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069";
const FULL_WIDTH = "\\uff01-\\uff5e";
const DIFFERENT = new RegExp(`[${FULL_WIDTH}${INVISIBLE}${[...OTHERS.keys()].join("")}]`, "gu");

function twinOf(character: string): string {
  const other = OTHERS.get(character);
  if (other !== undefined) return other;
  const code = character.charCodeAt(0);
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xff01 + 0x21) : " ";
}

/** The same text, as long as before, with every twin replaced by its ASCII character. */
export function asciiTwin(text: string): string {
  return text.replace(DIFFERENT, twinOf);
}

/** Takes the backslash from quotation marks and backslashes that were escaped inside a quoted value. */
export function unescapeQuoted(text: string): string {
  return text.replace(/\\(["\\＂＼“”„‟«»])/gu, "$1");
}
