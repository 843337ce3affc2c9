/** Which names and addresses are the same, and which are not. */
import { describe, expect, test } from "@jest/globals";

import { foldEmail, foldName, nameKeys, organizationKey } from "../../src/crm/fold.js";

describe("names that are the same", () => {
  test.each([
    ["Jane Doe", "  jane   DOE "],
    ["Łukasz Wiśniewski", "lukasz wisniewski"],
    ["Sören Weiß", "soren weiss"],
    ["Ｊａｎｅ Doe", "jane doe"],
    ["Þóra İnan", "thora inan"],
    ["O'Brien-Smith", "o brien smith"],
    ["山田 太郎", "山田太郎"],
    ["ｶﾞｲ", "ガイ"],
  ])("%s and %s", (a, b) => expect(foldName(a)).toBe(foldName(b)));
});

describe("names that are not", () => {
  test.each([
    ["Jane Doe", "Doe Jane"],
    ["Jane Doe", "Janedoe"],
    ["かき", "がき"],
    ["कमल", "कोमल"],
  ])("%s and %s", (a, b) => expect(foldName(a)).not.toBe(foldName(b)));

  test("organizations that differ in punctuation only", () => {
    expect(organizationKey("C++ Ltd")).not.toBe(organizationKey("C Ltd"));
    expect(organizationKey(" Acme  GMBH")).toBe(organizationKey("acme gmbh"));
  });
});

test("a person is kept in both orders", () => {
  expect(nameKeys({ firstName: "José", lastName: "García Márquez" })).toEqual({
    nameKey: "jose garcia marquez",
    reversedNameKey: "garcia marquez jose",
  });
});

test("in addresses case is ignored, accents are not", () => {
  expect(foldEmail(" Jane＠ACME.com ")).toBe("jane@acme.com");
  expect(foldEmail("josé@acme.com")).not.toBe(foldEmail("jose@acme.com"));
});
