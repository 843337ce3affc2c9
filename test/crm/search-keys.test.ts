/** Search keys: a contact and a mistyped query for it must share some, strangers few; hostile names must stay small. */
import { describe, expect, test } from "@jest/globals";

import { contactKeys } from "../../src/crm/search-keys.js";

const jane = { firstName: "Jane", lastName: "Doe", email: "jane@acme.com" };

test("the keys of Jane Doe", () => {
  expect(contactKeys(jane).sort()).toEqual(
    [
      "doe|jan",
      "-doe|jan",
      "-ane|doe",
      "j=doe",
      "d=jane",
      "=jane",
      "jan@acme",
      "jan@-cmecom",
      "-ane@acme",
      "-ane@-cmecom",
      "j@@acme.com",
      "-e@@acme.com",
      "ljane",
      "ljanedoe",
      "<janedo",
      ">anedoe",
      "ldoejane",
    ].sort(),
  );
});

describe("two contacts share a key", () => {
  test.each([
    ["a typo in the last name", { firstName: "Jane", lastName: "Deo" }],
    ["a missing first letter", { firstName: "ane", lastName: "Doe" }],
    ["names the other way round", { firstName: "Doe", lastName: "Jane" }],
    ["accents", { firstName: "Jané", lastName: "Döe" }],
    ["digits after the local part", { firstName: "X", lastName: "Y", email: "jane85@acme.com" }],
    ["a typo in the domain", { firstName: "X", lastName: "Y", email: "jane@acne.com" }],
  ])("in spite of %s", (_, other) => {
    const keys = new Set(contactKeys(jane));
    expect(contactKeys(other).filter((key) => keys.has(key))).not.toEqual([]);
  });
});

describe("keys stay few and whole", () => {
  test("without an address there are none of an address", () => {
    expect(contactKeys({ firstName: "Jane", lastName: "Doe" }).filter((key) => key.includes("@"))).toEqual(
      [],
    );
  });

  test("for a name of a hundred words and an address of a hundred", () => {
    const many = Array.from({ length: 100 }, (_, i) => `w${i}x`);
    const keys = contactKeys({
      firstName: many.join(" "),
      lastName: many.join(" "),
      email: `${many.join(".")}@a.com`,
    });
    expect(keys.length).toBeLessThan(100);
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThan(150);
  });

  test("for characters of two code units", () => {
    const keys = contactKeys({
      firstName: "𠮷𠮷𠮷𠮷".repeat(30),
      lastName: "𩸽".repeat(70),
      email: "𠮷𠮷𠮷𠮷@𠮷.jp",
    });
    expect(keys.filter((key) => /\p{Cs}/u.test(key))).toEqual([]);
  });
});
