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

/** Lower case, without accents, compatibility forms (full width, ligatures) made plain. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter] ?? letter)
    .normalize("NFC");
}

/** The form in which two addresses are the same: stripped, full width made plain, lower case; accents count. */
export const foldEmail = (email: string): string => email.trim().normalize("NFKC").toLowerCase();

const cjk = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/**
 * A name as one comparable string: folded, punctuation read as spaces, single spaces. Names in
 * Chinese, Japanese or Korean characters lose their inner spaces ("山田 太郎" is "山田太郎").
 */
export function foldName(name: string): string {
  const folded = fold(name).trim();
  if (cjk.test(folded)) return folded.replace(/[\s,、]+/g, "");
  return folded.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
