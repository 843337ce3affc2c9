/**
 * Contact text made harmless in GitHub's Markdown (DESIGN §7): it mentions and links nobody and
 * nothing, breaks out of no line, cell or list, and shows as it was written.
 *
 * Backslashes stop Markdown. GitHub looks for mentions, references and addresses after Markdown, in
 * the finished text, where a backslash is gone: those are broken with a zero-width space.
 */

const zeroWidthSpace = "\u200b";

/**
 * All of ASCII's punctuation can be escaped. Left alone, so that the source stays legible, is what
 * begins nothing: apostrophes, commas, hyphens inside and full stops after words.
 */
const markup = /(?!(?<=\p{L})(?:-(?=\p{L})|\.(?= |$)))[!-&(-+\--/:-@[-`{-~]/gu;

/** What begins something in our own words. */
const ownMarkup = /[\\`*_{}[\]()<>#!|~$&]/g;

/**
 * Behind what GitHub must not read on: @name, @org/team, name@host, #1, GH-1 and prefixes of a
 * repository's own, GHSA-…, scheme://, :emoji:, www.
 */
const joint = /@|#|(?<=[\p{L}\p{N}])-(?=\d)|(?<=\bghsa)-|:(?=\/\/|[\w+-]+:)|\bwww(?=\.)/giu;
/** Commit hashes have seven digits or more. */
const hash = /\b[\da-f]{7,}\b/gi;

const brokenUp = (text: string): string =>
  text
    .replace(joint, `$&${zeroWidthSpace}`)
    .replace(hash, (digits) => digits.replace(/.{6}(?=.)/g, `$&${zeroWidthSpace}`))
    .replaceAll("$", `${zeroWidthSpace}$$${zeroWidthSpace}`); // $mathematics$ stands apart from other characters

/** Line ends and controls. */
const blank = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** What could hide or reorder its surroundings; not the joiners that Persian, Hindi and emoji are made with. */
const invisible = /(?![\u200c\u200d])[\p{Cf}\p{Co}]/gu;
/** GitHub takes no text with half a character in it. */
const loneSurrogate = /\p{Cs}/gu;

const visibleOf = (text: string): string =>
  text.replace(blank, " ").replace(invisible, "").replace(loneSurrogate, "\ufffd");

/** Text of a contact or organization, for use inside a line of Markdown; "" if none of it is visible. */
export const escapeText = (text: string): string => brokenUp(visibleOf(text).trim()).replace(markup, "\\$&");

/** Our own words with examples in them: references become code, so that they can be copied and ping nobody. */
export const escapeMessage = (message: string): string =>
  message
    .split(/(\[[a-z]{1,20}:[^[\]]{0,100}\])/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : part.replace(ownMarkup, "\\$&")))
    .join("");

/** A code span that holds any text: nothing in it is a mention or a link. "" if none of it is visible. */
export function codeSpan(text: string): string {
  const visible = visibleOf(text).trim();
  if (visible === "") return "";
  const fence = "`".repeat(longestRun(visible) + 1);
  const pad = /^`|`$/.test(visible) ? " " : "";
  return `${fence}${pad}${visible}${pad}${fence}`;
}

/** A fenced block that holds any text, line by line as it is. */
export function codeBlock(text: string): string {
  const visible = text
    .split(/\r\n?|\n/)
    .map(visibleOf)
    .join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(visible) + 1));
  return `${fence}text\n${visible}\n${fence}`;
}

const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
