/**
 * The last net before a label: only what looks like a word of code passes, and only so many
 * different ones, so that neither a mistake nor an attacker makes series without end.
 */

const CODE_WORD = /^[A-Za-z][\w]*(?: [\w]+){0,2}$/;
const LONGEST = 40;
export const otherWord = "other";

/** @returns a function that lets the first `most` different words through and calls all else "other" */
export function boundedWords(most: number): (word: string) => string {
  const known = new Set<string>();
  return (word) => {
    if (known.has(word)) return word;
    if (known.size >= most || word.length > LONGEST || !CODE_WORD.test(word)) return otherWord;
    known.add(word);
    return word;
  };
}
