/** Who can read it decides how much is shown; what was typed is never shown with an address in it. */
import { describe, expect, test } from "@jest/globals";
import { blotAddresses, maskEmail, revealFor } from "../../src/replies/privacy.js";

describe("what is revealed", () => {
  test.each([
    ["public", "auto", "handles"],
    ["public", "handles", "handles"],
    ["public", "names", "names"],
    ["public", "emails", "handles"], // refused in public
    ["private", "auto", "names"],
    ["private", "handles", "handles"],
    ["private", "names", "names"],
    ["private", "emails", "emails"],
    ["internal", "auto", "names"],
    ["internal", "handles", "handles"],
    ["internal", "names", "names"],
    ["internal", "emails", "emails"],
  ] as const)("in a %s repository with show: %s is %s", (visibility, show, reveal) => {
    expect(revealFor(visibility, show)).toBe(reveal);
  });
});

describe("a masked address", () => {
  test.each([
    ["jane@acme.com", "j•••@acme.com"],
    ["j@acme.com", "j•••@acme.com"],
    ["山田@例え.jp", "山•••@例え.jp"],
    ["😀x@acme.com", "😀•••@acme.com"],
    ['"a@b"@acme.com', '"•••@acme.com'],
    ["@acme.com", "•••"],
    ["jane", "•••"],
    ["", "•••"],
  ])("%s is %s", (email, masked) => {
    expect(maskEmail(email)).toBe(masked);
  });
});

describe("what was typed", () => {
  test.each([
    ["an address", "/add_contcats jane@acme.com x", "/add_contcats ••••••••••••• x"],
    ["a reference", "[contact:jane@acme.com]", "[contact:•••••••••••••]"],
    ["a quoted reference", '["contact:"jane@acme.com"]', '["contact:"•••••••••••••"]'],
    ["an autolink", "<mailto:jane@acme.com>", "<mailto:•••••••••••••>"],
    ["an apostrophe", "o'neil@acme.com", "•••••••••••••••"],
    ["a full-width at sign", "jane＠acme.com", "•••••••••••••"],
    ["a small at sign", "jane﹫acme.com", "•••••••••••••"],
    ["an address cut at its end", "[contact:jane@…", "[contact:••••••"],
    ["an address cut at its beginning", "…@acme.com]", "••••••••••]"],
    ["a quoted local part", '"jane doe"@acme.com', '"jane doe"•••••••••'],
    ["two at once", "a@b,c@d", "•••,•••"],
    ["characters of two units", "😀@x", "•••"],
    ["the mark under it", "a@b ]\n    ^", "••• ]\n    ^"],
    ["no address", "/add_contcats [contact:Jane Doe]", "/add_contcats [contact:Jane Doe]"],
  ])("keeps %s to itself", (_, typed, shown) => {
    expect(blotAddresses(typed)).toBe(shown);
  });

  test.each([
    ["one word", "a".repeat(65_536)],
    ["at signs", "@".repeat(65_536)],
    ["half addresses", "a@".repeat(32_768)],
    ["brackets", "[contact:a".repeat(6_554)],
    ["dots", ".@.".repeat(21_845)],
  ])("is read in no time: 64 KB of %s", (_, typed) => {
    const started = performance.now();
    const shown = blotAddresses(typed);
    expect(performance.now() - started).toBeLessThan(200);
    expect(shown).toHaveLength(typed.length);
    expect(shown).not.toContain("@");
  });
});
