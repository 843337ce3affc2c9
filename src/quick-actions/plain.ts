/**
 * Texts that are nothing but plain paragraphs, so that every candidate line in them counts: most
 * comments are. Saying so takes a hundredth of what parsing their Markdown takes (measured), and a
 * property test holds it to the parser's answer. When in doubt, a text is not plain.
 */

/** Code, links, HTML and escapes are all that can swallow the start of a line within a paragraph. */
const SWALLOWS = "[`<\\\\]|\\]\\(";
/**
 * Beginnings of lines that are more than a paragraph, or may be: quotes, fences, lists, rules, headings
 * and their underlines, tables, definitions, footnotes, HTML; and code, or any white space but a few spaces.
 */
const OPENS = "^(?: {4}| {0,3}(?:[>~*+\\-_#=|:[0-9]|[^\\S \\r\\n]))";

const MORE_THAN_PLAIN = new RegExp(`${SWALLOWS}|${OPENS}`, "mu");

export const isPlain = (text: string): boolean => !MORE_THAN_PLAIN.test(text);
