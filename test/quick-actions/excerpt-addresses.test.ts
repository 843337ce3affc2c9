/** An excerpt never quotes an address back, wherever it is cut, and its mark still points right. */
import { describe, expect, it } from "@jest/globals";
import { parser } from "./parser.js";

const excerptsOf = (text: string) => parser.parse(text).problems.map(({ excerpt }) => excerpt);
const fragmentOf = (text: string) => excerptsOf(text)[0]?.split("\n")[0];

describe("an excerpt blots", () => {
  it.each([
    ["an address", 'jane@acme.com "x', '••••••••••••• "x'],
    ["one in a reference, not the reference", '[contact:jane@acme.com] "x', '[contact:•••••••••••••] "x'],
    ["one in a field", 'email=jane@acme.com "x', 'email=••••••••••••• "x'],
    ["one in angle brackets", '"Jane <jane@acme.com>" "x', '"Jane <•••••••••••••>" "x'],
    ["one after a comma, with what is before it", 'a,jane@acme.com "x', 'a,••••••••••••• "x'],
    ["one in an open quote", '"jane@acme.com', "••••••••••••••"],
    ["one with a semicolon", 'maria;x@acme.com "x', '•••••••••••••••• "x'],
    ["two in one run", '[contact:j@a.b,k@c.d] "x', '[contact:•••••••••••] "x'],
    ["a quoted local part", '"maria gonzalez"@acme.com "x', '••••••••••••••••••••••••• "x'],
    ["one with escapes", '"maria \\"g\\" z"@acme.com "x', '•••••••••••••••••••••••• "x'],
    ["one in typographic quotes", '“maria gonzalez”@acme.com "x', '••••••••••••••••••••••••• "x'],
    ["one with an at sign of its own", '"maria@x gonzalez"@acme.com "x', '••••••••••••••••••••••••••• "x'],
    ["one after an escaped quote", '\\"maria gonzalez"@acme.com "x', '\\••••••••••••••••••••••••• "x'],
    ["a full-width at sign", 'jane＠acme.com "x', '••••••••••••• "x'],
    ["a small one", 'jane﹫acme.com "x', '••••••••••••• "x'],
    ["one with what nobody sees", 'ja\u200bne\ufeff@acme.com "x', '••••••••••••••• "x'],
    ["clusters, one for one", 'e\u0301👩‍💻漢@acme.com "x', '•••••••••••• "x'],
    ["half an address", 'jane@ "x', '••••• "x'],
  ])("%s", (_, typed, shown) => {
    expect(fragmentOf(`/find_contacts ${typed}`)).toBe(`/find_contacts ${shown}`);
  });

  it("nothing else", () => {
    expect(fragmentOf('/find_contacts "a b" c:d "x')).toBe('/find_contacts "a b" c:d "x');
  });

  it("the start of a line that is too long, and of a near miss, though the at sign is far away", () => {
    const local = "maria.".repeat(20);
    for (const name of ["find_contacts", "add_contcats"])
      for (const length of [1, 9_000])
        for (const excerpt of excerptsOf(`/${name} ${local}@acme.com ${"x ".repeat(length)}`))
          expect(excerpt).not.toMatch(/maria|acme/);
    expect(excerptsOf(`/add_contcats ${local}@acme.com`)).toHaveLength(1);
  });
});

describe("wherever it is cut", () => {
  const addresses = [
    "maria.gonzalez@acme.com",
    '"maria gonzalez"@acme.com',
    "[contact:maria.gonzalez@acme.com]",
    "maria;gonzalez＠acme.com",
  ];

  it.each(addresses)("no piece of %s is left", (address) => {
    for (let space = 0; space < 90; space += 1) {
      const before = `/find_contacts [x] ${"é ".repeat(space)}${address}`;
      const after = `/find_contacts ${address} ${"é ".repeat(space)}[x]`;
      for (const excerpt of [...excerptsOf(before), ...excerptsOf(after)])
        expect(excerpt).not.toMatch(/mar|gonz|lez|acme|com|[@＠]/);
      expect([excerptsOf(before), excerptsOf(after)]).not.toContainEqual([]);
    }
  });

  it("the mark stands under what is meant", () => {
    for (let space = 0; space < 90; space += 1) {
      const [excerpt = ""] = excerptsOf(`/find_contacts 漢字.gonzalez@acme.com ${"a ".repeat(space)}[x]`);
      const [fragment = "", mark = ""] = excerpt.split("\n");
      expect(fragment.indexOf("[x]")).toBe(mark.length - 1);
    }
  });
});

it("takes linear time, however many at signs and quotation marks there are", () => {
  for (const piece of ['"@', '\\"@ ', "a@b,", '" @', "@"]) {
    const text = `/find_contacts ${piece.repeat(60_000 / piece.length)}`;
    const started = performance.now();
    parser.parse(text);
    parser.parse(text.replaceAll("\n", " "), text);
    expect(performance.now() - started).toBeLessThan(500);
  }
});
