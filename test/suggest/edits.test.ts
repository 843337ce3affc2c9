/** Edits as people make them, against a slow and plain definition of the same distance. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";

import { edits } from "../../src/suggest/edits.js";

test.each([
  ["jane deo", "jane doe", 1],
  ["jane", "jane", 0],
  ["", "ab", 2],
  ["ca", "abc", 3],
  ["太朗", "太郎", 1],
])("%s -> %s: %i", (a, b, expected) => {
  expect(edits(a, b, 9)).toBe(expected);
});

test("is the plain definition's distance, up to the limit", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 });
  fc.assert(
    fc.property(word, word, fc.nat(4), (a, b, most) => {
      expect(Math.min(edits(a, b, most), most + 1)).toBe(Math.min(plain(a, b), most + 1));
    }),
  );
});

function plain(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const [x, y] = [a.slice(0, -1), b.slice(0, -1)];
  const swapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return Math.min(
    plain(x, b) + 1,
    plain(a, y) + 1,
    plain(x, y) + (a.at(-1) === b.at(-1) ? 0 : 1),
    swapped ? plain(a.slice(0, -2), b.slice(0, -2)) + 1 : Infinity,
  );
}
