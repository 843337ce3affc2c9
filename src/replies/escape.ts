/**
 * Contact text made harmless in GitHub's Markdown (DESIGN §7): it mentions and links nobody and
 * nothing, breaks out of no line, cell or list, and shows as it was written.
 *
 * Backslashes stop Markdown. GitHub looks for mentions, references and addresses after Markdown, in
 * the finished text, where a backslash is gone: those are broken with a zero-width space.
 */

const zeroWidthSpace = "\u200b";

/** Characters that begin something in Markdown, HTML or GitHub's mathematics. */
const markup = /[\\`*_{}[\]()<>#!|~$&]/g;

/** What GitHub turns into links after Markdown: @name, #1, GH-1, scheme://, www., :emoji:, commit hashes. */
const autolinks: readonly (readonly [RegExp, string])[] = [
  [/@/g, `@${zeroWidthSpace}`],
  [/#/g, `#${zeroWidthSpace}`],
  [/\bgh-(?=\d)/gi, `$&${zeroWidthSpace}`],
  [/:(?=\/\/|[\w+-]+:)/g, `:${zeroWidthSpace}`],
  [/\bwww(?=\.)/gi, `www${zeroWidthSpace}`],
  [/\b[0-9a-f]{6}(?=[0-9a-f])/gi, `$&${zeroWidthSpace}`],
];

/** Controls, line ends and direction marks: they could hide or reorder what stands around them. */

const invisible =
  /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]+/g;

/** Text of a contact or organization, for use inside a line of Markdown. */
export function escapeText(text: string): string {
  const visible = text.replace(invisible, " ").trim();
  const escaped = visible.replace(markup, "\\$&");
  return autolinks.reduce((result, [found, broken]) => result.replace(found, broken), escaped);
}

/** Our own words with examples in them: references become code, so that they can be copied and ping nobody. */
export const escapeMessage = (message: string): string =>
  message
    .split(/(\[[a-z]+:[^\]]*\])/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : part.replace(markup, "\\$&")))
    .join("");

/** A code span that holds any text: nothing in it is a mention or a link. */
export function codeSpan(text: string): string {
  const visible = text.replace(invisible, " ").trim();
  const fence = "`".repeat(longestRun(visible) + 1);
  const pad = /^`|`$/.test(visible) ? " " : "";
  return `${fence}${pad}${visible}${pad}${fence}`;
}

/** A fenced block that holds any text. */
export function codeBlock(text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

const longestRun = (text: string): number =>
  Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
