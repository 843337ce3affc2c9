/** Full names typed in one piece: where they are split. */
import { expect, test } from "@jest/globals";
import { splitName } from "../../src/crm/person-name.js";

test.each([
  ["two words", "Jane Doe", "Jane", "Doe"],
  ["the last space of several", "Ludwig van Beethoven", "Ludwig van", "Beethoven"],
  ["any spacing", "  Jane \t\u3000 Doe ", "Jane", "Doe"],
  ["the comma", "Doe, Jane", "Jane", "Doe"],
  ["the comma of a long name", "van der Berg, Anna Maria", "Anna Maria", "van der Berg"],
  ["a full-width comma", "Doe，Jane", "Jane", "Doe"],
  ["two commas, as text", "Jane Doe, MD, PhD", "Jane Doe, MD,", "PhD"],
  ["a comma with nothing behind it", "Doe,", "Doe", ""],
  ["a comma with nothing before it", ", Jane Doe", "Jane", "Doe"],
  ["one word", "Jane", "Jane", ""],
  ["nothing", "  ", "", ""],
  ["kanji, family first", "山田太郎", "太郎", "山田"],
  ["kanji with a space, family first", "山田 太郎", "太郎", "山田"],
  ["a Chinese name of three", "毛泽东", "泽东", "毛"],
  ["a Chinese name of two", "李白", "白", "李"],
  ["a double family name", "司马迁", "迁", "司马"],
  ["hangul", "김민수", "민수", "김"],
  ["a double family name in hangul", "남궁민", "민", "남궁"],
  ["characters beyond the basic plane", "𠮷田太郎", "太郎", "𠮷田"],
  ["katakana with a dot, given name first", "ジョン・スミス", "ジョン", "スミス"],
  ["one character", "李", "李", ""],
  ["CJK with a comma", "山田、太郎", "太郎", "山田"],
])("%s", (_, typed, firstName, lastName) => {
  expect(splitName(typed)).toEqual({ firstName, lastName });
});
