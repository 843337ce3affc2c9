/**
 * A full name as typed in one piece, split into first and last name: "Jane van Doe" at its last
 * space, "Doe, Jane" at its comma. Chinese, Japanese and Korean names begin with the family name and
 * mostly have no space: one character, two in longer names and in the known two-character families.
 */
import { isCjk } from "./fold.js";

export interface PersonName {
  readonly firstName: string;
  /** "" when there is only one word. */
  readonly lastName: string;
}

/** Families of two characters, for names of three. */
const doubleFamilies = new Set(
  "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 夏侯 皇甫 尉迟 公孙 公孫 慕容 令狐 南宮 南宫 东方 東方 남궁 황보 제갈 선우 독고 사공".split(
    " ",
  ),
);

/** @param typed in any spacing; what each part may hold is checked in fields.ts */
export function splitName(typed: string): PersonName {
  const spaced = typed.normalize("NFKC").replace(/\s+/gu, " ");
  const text = spaced.replace(/^[ ,、]+|[ ,、]+$/gu, "");
  const [last = "", first = "", ...more] = text.split(/[,、]/u).map((part) => part.trim());
  if (first !== "" && more.length === 0) return { firstName: first, lastName: last };
  return isCjk(text) ? splitCjk(text) : splitAtLastSpace(text);
}

function splitAtLastSpace(text: string): PersonName {
  const at = text.lastIndexOf(" ");
  return at < 0
    ? { firstName: text, lastName: "" }
    : { firstName: text.slice(0, at), lastName: text.slice(at + 1) };
}

function splitCjk(text: string): PersonName {
  // A foreign name in katakana keeps its own order: ジョン・スミス.
  const dot = text.lastIndexOf("・");
  if (dot > 0) return { firstName: text.slice(0, dot), lastName: text.slice(dot + 1) };
  const space = text.indexOf(" ");
  if (space > 0) return { firstName: text.slice(space + 1), lastName: text.slice(0, space) };
  const characters = Array.from(text);
  if (characters.length < 2) return { firstName: text, lastName: "" };
  const isDouble =
    characters.length > 3 || (characters.length === 3 && doubleFamilies.has(characters.slice(0, 2).join("")));
  const family = isDouble ? 2 : 1;
  return { firstName: characters.slice(family).join(""), lastName: characters.slice(0, family).join("") };
}
