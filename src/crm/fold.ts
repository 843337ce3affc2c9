/**
 * Folding: the comparable form of what people type. Folded copies carry uniqueness, order and
 * search; the original is what is shown.
 */

/** Letters that Unicode decomposition leaves alone, as people type them without the mark. */
const letters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/**
 * Accents, and the vowel points that Hebrew and Arabic writers leave out. Not every mark: in Hindi,
 * Thai or Japanese a mark makes another letter, and without it two names would be one.
 */
const accents =
  /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/g;

/** Lower case, without accents, compatibility forms (full width, ligatures) made plain. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(accents, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter] ?? letter)
    .normalize("NFC");
}

/** The form in which two addresses are the same: stripped, full width made plain, lower case; accents count. */
export const foldEmail = (email: string): string => email.trim().normalize("NFKC").toLowerCase();

const cjk = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** Is there a Chinese, Japanese or Korean character in it? Such names are written without spaces. */
export const isCjk = (text: string): boolean => cjk.test(text);

/**
 * A name as one comparable string: folded, punctuation read as spaces, single spaces. Names in
 * Chinese, Japanese or Korean characters lose their inner spaces ("山田 太郎" is "山田太郎").
 */
export function foldName(name: string): string {
  const folded = fold(name).trim();
  if (isCjk(folded)) return folded.replace(/[\s,、]+/g, "");
  return folded.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();
}

/** A person's folded name as it is kept, in both orders. */
export interface NameKeys {
  /** "jane doe" */
  readonly nameKey: string;
  /** "doe jane" */
  readonly reversedNameKey: string;
}

export const nameKeys = (person: { readonly firstName: string; readonly lastName: string }): NameKeys => ({
  nameKey: foldName(`${person.firstName} ${person.lastName}`),
  reversedNameKey: foldName(`${person.lastName} ${person.firstName}`),
});

/**
 * The form in which two companies' names are the same: case, accents and spacing ignored.
 * Punctuation counts, so that "C++ Ltd" and "C Ltd" may stand side by side.
 */
export const organizationKey = (name: string): string => fold(name).replace(/\s+/g, " ").trim();
