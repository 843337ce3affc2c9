/** The label of an organization: filled, cut to what GitHub takes, and never one that means something else. */
import { describe, expect, test } from "@jest/globals";
import { organizationLabel } from "../../src/crm/organization-label.js";

describe("the label of", () => {
  test.each([
    ["a name", "customer: {name}", "Acme GmbH", "customer: Acme GmbH"],
    ["a name with a comma", "customer: {name}", "Acme, Inc.", "customer: Acme Inc."],
    ["commas of all kinds", "{name}", "A,,B，C", "A B C"],
    ["two lines", "{name}", "Acme\nGmbH", "Acme GmbH"],
    ["what replacing might take for a pattern", "c {name}", "$& $1 {name}", "c $& $1 {name}"],
    ["nothing around it", "{name}", "..a", "..a"],
    ["50 characters", "{name}", "x".repeat(50), "x".repeat(50)],
    ["51 characters", "{name}", "x".repeat(51), `${"x".repeat(49)}…`],
    ["51 characters with the template", "c: {name}!", "x".repeat(47), `c: ${"x".repeat(45)}…!`],
    ["a cut after a space", "{name}", `${"x".repeat(48)} ${"y".repeat(9)}`, `${"x".repeat(48)}…`],
    ["emoji, never cut in half", "{name}", "👩‍👩‍👧".repeat(9), `${"👩‍👩‍👧".repeat(6)}…`],
    ["the longest template", `${"c".repeat(44)}{name}`, "Acme GmbH", `${"c".repeat(44)}Acme…`],
  ])("%s", (_name, template, name, label) => {
    expect(organizationLabel(template, name)).toBe(label);
    expect(label.length).toBeLessThanOrEqual(50);
  });
});

describe("there is none for", () => {
  test.each(["", " ", ",", ".", "..", "\u200b", "\n"])("%j", (name) => {
    expect(organizationLabel("{name}", name)).toBeUndefined();
  });

  test.each(["", " , ", "\u200b"])("nothing in a template: %j", (name) => {
    expect(organizationLabel("customer: {name}", name)).toBeUndefined();
  });
});
