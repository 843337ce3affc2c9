/** Contact text in Markdown: it reads as it was written, and nothing comes of it. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { codeBlock, codeSpan, escapeMessage, escapeText } from "../../src/replies/escape.js";
import { asRead, foundByGitHub, rendered } from "./rendered.js";

/** Everywhere a reply can put a piece of contact text, and more. */
const places: readonly (readonly [string, (text: string) => string])[] = [
  ["alone", (text) => text],
  ["in a sentence", (text) => `Linked ${text}.`],
  ["in a list", (text) => `1 contact found:\n\n- ${text}\n- Bob`],
  ["behind a tick box", (text) => `- [ ] ${text} (contact 1)`],
  ["beside a code span", (text) => `${text} (contact 1, \`j•••@acme.com\`, ${text})`],
  ["in a table", (text) => `| name | of |\n|---|---|\n| ${text} | Acme |`],
  ["under a paragraph", (text) => `Somebody\n${text}`],
];

/** As somebody reads it: line ends and controls as a space, what is invisible gone, no half characters. */
const legible = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/(?![\u200c\u200d])[\p{Cf}\p{Co}]/gu, "")
    .replace(/\p{Cs}/gu, "\ufffd")
    .trim();

function expectInert(text: string, shown: string): void {
  for (const [place, around] of places) {
    const page = rendered(around(escapeText(text)));
    const plain = rendered(around("Jane"));
    expect({ place, elements: page.elements }).toEqual({ place, elements: plain.elements });
    expect({ place, text: asRead(page.text) }).toEqual({
      place,
      text: plain.text.replaceAll("Jane", () => shown),
    });
    expect({ place, found: foundByGitHub(page.text) }).toEqual({ place, found: [] });
  }
}

describe("contact text does nothing", () => {
  test.each([
    ["emphasis", "*Jane* **Doe** _of_ __Acme__ ~~gone~~"],
    ["a link", "[Jane](https://evil.example)"],
    ["an image", "![x](https://evil.example/x.png)"],
    ["a reference link", "[Jane][1] [Doe][] [^1]"],
    ["a link's definition", "[Jane]: https://evil.example"],
    ["HTML", "<b>Jane</b> <img src=x onerror=alert(1)>"],
    ["an HTML comment", "<!-- Jane"],
    ["our own marker", "<!-- liaison:reply:1:2:3:4 -->"],
    ["the end of a collapsed part", "</details></summary>"],
    ["an autolink", "<https://evil.example> <jane@acme.com>"],
    ["an entity", "&lt;b&gt; &#64;dana &amp; &copy;"],
    ["a mention", "@dana and (@acme/support) or cc:@dana"],
    ["an issue", "#1 acme/helpdesk#2 GH-3 gh-4"],
    ["a prefix of the repository's own", "TICKET-12 CVE-2026-1234 GHSA-abcd-1234-wxyz"],
    ["a URL", "https://evil.example http://evil.example ftp://evil.example //evil.example"],
    ["a URL without scheme", "www.evil.example WWW.EVIL.EXAMPLE/x?y=z"],
    ["a bare domain", "evil.example acme.com Acme.com/login"],
    ["an address", "jane@acme.com mailto:jane@acme.com xmpp:jane@acme.com"],
    ["a commit", "deadbeef 1234567 0123456789012345678901234567890123456789 dana@1234567"],
    ["a telephone number", "15551234567"],
    ["a table cell", "a | b || c \\| d"],
    ["a table's ruler", "|---|---|"],
    ["code", "`x` ``y`` ``` z"],
    ["a fence", "```js"],
    ["another fence", "~~~"],
    ["a task box", "[x] done"],
    ["a list with a task box", "- [x] done"],
    ["bullets", "- a"],
    ["other bullets", "+ a"],
    ["a numbered item", "1. Jane"],
    ["a numbered item with a bracket", "2) Jane"],
    ["a quote", "> Jane"],
    ["an alert", "> [!WARNING]"],
    ["a heading", "# Jane #"],
    ["a ruler", "---"],
    ["an underline", "==="],
    ["a hard break", "Jane\\"],
    ["backslashes", "\\ \\\\ \\* \\@dana \\<b\\>"],
    ["mathematics", "$x$ $$y$$ $`z`$ US$5 and $6"],
    ["emoji", ":smile: :+1: a:b:c:d"],
    ["a quick action", "/add_contacts [contact:1]"],
    ["a footnote", "[^note]: text"],
    ["people's punctuation", 'Dr. O\'Brien-Smith, Jr. (née "Doe") & Sons; 50% / week!'],
    ["other scripts", "山田 太郎 ＠dana　Ω दीपक یکی‌از 👨‍👩‍👧"],
  ])("%s", (_, text) => expectInert(text, text));

  test.each([
    ["line ends", "Jane\nDoe\r\n\r\n# Big\u2028new\u0085line", "Jane Doe # Big new line"],
    ["an indented block", "\n    code", "code"],
    ["controls", "Ja\u0000ne\u001b[31m", "Ja ne [31m"],
    ["direction marks", "Jane \u202egpj.exe\u202c \u2066x\u2069 \u061cy\u200fz", "Jane gpj.exe x yz"],
    ["zero-width characters", "@\u200bdana #\u20601 \ufeffx\u00ad", "@dana #1 x"],
    ["half a character", "Jane \ud83d", "Jane \ufffd"],
  ])("%s are not carried over", (_, text, shown) => expectInert(text, shown));

  test("what nobody can see is nothing at all", () => {
    expect(["", " ", "\u200b\u202e", "\n\u0000"].map(escapeText)).toEqual(["", "", "", ""]);
  });

  test("ordinary names stay as they are in the source", () => {
    const names = ["Jane Doe", "Anna-Lena O'Brien, Dr. med.", "José Ñandú", "山田太郎", "Acme GmbH"];
    expect(names.map(escapeText)).toEqual(names);
  });

  const hostile = fc
    .array(
      fc.constantFrom(
        ..."\\`*_{}[]()<>#+-.!|~$&@:/=^'\"\n\r\t %;,?".split(""),
        ...["a", "1", "Jane", "x@y.zz", "www", "http://", "GH-1", "deadbeef", "- [ ] ", "| ", "``", "~~~"],
        ...["<b>", "<!--", "]]>", "&amp;", "&#35;1", "\u200b", "\u202e", "\u2028", "é", "太", "👍", "\ud800"],
      ),
      { maxLength: 24 },
    )
    .map((parts) => parts.join(""));

  test.each([
    ["made of pieces of markup", hostile],
    ["of any kind", fc.string({ unit: "binary", maxLength: 60 })],
    ["of ASCII", fc.string({ unit: "binary-ascii", maxLength: 60 })],
  ])("property: text %s", (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(legible(text) !== "");
        expectInert(text, legible(text));
      }),
      { numRuns: 150 },
    );
  });
});

describe("a code span", () => {
  test.each([
    ["an address", "jane@acme.com", "`jane@acme.com`"],
    ["a backtick", "a`b", "``a`b``"],
    ["backticks at both ends", "`a`", "`` `a` ``"],
    ["runs of backticks", "a``b```c", "````a``b```c````"],
    ["backticks joined by what is dropped", "`\u200b`", "``` `` ```"],
    ["a line end", "a\nb", "`a b`"],
    ["nothing", " \u200b", ""],
  ])("holds %s", (_, text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  test("property: holds any text, in a sentence", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("`", "\\", "<b>", "a", " ", "@", "\n", "é") }),
        (text) => {
          fc.pre(legible(text) !== "");
          const page = rendered(`Linked ${codeSpan(text)}.`);
          expect(page.elements).toEqual(["paragraph_open p", "code_inline code", "paragraph_close p"]);
          expect(page.code).toEqual([legible(text)]);
          expect(page.text).toBe("Linked \n.");
        },
      ),
    );
  });
});

describe("a fenced block", () => {
  test.each([
    ["plain lines", "a\n  ^", "```text\na\n  ^\n```"],
    ["a fence", "```\n@dana\n```", "````text\n```\n@dana\n```\n````"],
    ["a fence joined by what is dropped", "``\u200b`", "````text\n```\n````"],
    ["direction marks", "a\u202eb", "```text\nab\n```"],
    ["other line ends", "a\r\nb\rc", "```text\na\nb\nc\n```"],
  ])("holds %s", (_, text, block) => {
    expect(codeBlock(text)).toBe(block);
  });

  test("property: holds any text between two paragraphs", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "~", "\n", "<b>", "a", " ", "@") }), (text) => {
        const page = rendered(`Before\n\n${codeBlock(text)}\n\nAfter`);
        expect(page.elements.filter((element) => !element.startsWith("paragraph"))).toEqual(["fence code"]);
        expect(page.text).toBe("Before\nAfter");
        expect(page.code).toEqual([`${text}\n`]);
      }),
    );
  });
});

describe("our own messages", () => {
  test("show references as code and pieces of syntax as text", () => {
    const message = "Put a ] after it, as in [contact:jane@example.com] or /add_contacts <b> @dana.";
    expect(escapeMessage(message)).toBe(
      "Put a \\] after it, as in `[contact:jane@example.com]` or /add\\_contacts \\<b\\> @dana.",
    );
  });
});

test.each([
  ["one word", "a".repeat(65_536)],
  ["hexadecimal digits", "a1".repeat(32_768) + "z"],
  ["at signs", "@".repeat(65_536)],
  ["colons", ":a".repeat(32_768)],
  ["backticks", "` ".repeat(32_768)],
  ["dollars", "$".repeat(65_536)],
  ["line ends", "\n".repeat(65_536)],
  ["brackets", "[contact:".repeat(7_281)],
])("64 KB of %s are harmless in no time", (_, text) => {
  const started = performance.now();
  const lengths = [escapeText, codeSpan, codeBlock, escapeMessage].map((make) => make(text).length);
  expect(performance.now() - started).toBeLessThan(500);
  expect(Math.max(...lengths)).toBeLessThan(5 * text.length + 100);
});
