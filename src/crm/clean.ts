/**
 * Making typed text fit to be kept: stripped, without characters nobody sees.
 * Control and bidirectional characters are dropped, not refused: they come along with pasted text
 * and would let a name turn around the sentence it is shown in.
 */

/** Controls, private use, lone surrogates, and formatting but the joiners that Persian and Hindi are spelled with. */
const invisible = /(?![\u200c\u200d\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

const dropInvisible = (text: string) => text.replace(invisible, "");

/** One line of text: every run of white space, line breaks too, is one space. */
export const cleanLine = (text: string): string =>
  dropInvisible(text.replace(/[\s\u0085]/gu, " "))
    .replace(/ +/g, " ")
    .trim();

/** Several lines of text: line breaks are "\n", tabs stay. */
export const cleanText = (text: string): string =>
  dropInvisible(text.replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, "\n")).trim();

/** Length as people count: code points, as GitLab's limits count them. */
export const lengthOf = (text: string): number => Array.from(text).length;
