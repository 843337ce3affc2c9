/** What a support agent reads about a line that does not fit: code, place, excerpt and wording. */
import { describe, expect, it } from "@jest/globals";
import { parser } from "./parser.js";

const problemsOf = (text: string) => parser.parse(text).problems;
const excerptOf = (text: string) => problemsOf(text)[0]?.excerpt;

describe("wording", () => {
  it.each([
    ["/add_contcats", "There is no quick action of this name. Did you mean /add_contacts?"],
    [
      '/find_contacts "x',
      'The closing quotation mark is missing. Put a " after the last word that belongs to it.',
    ],
    [
      "/add_contacts [contact:1 [contact:2]",
      "The closing bracket is missing here. Put a ] at the end of each reference: " +
        "[contact:jane@example.com] or [organization:Acme].",
    ],
    [
      "/add_contacts [person:1]",
      "A reference names a contact or an organization. Write [contact:jane@example.com] or [organization:Acme].",
    ],
    [
      "/add_contacts [contact:]",
      "This reference names nobody. Put an e-mail address, a number or a full name after the colon, " +
        "as in [contact:jane@example.com].",
    ],
    [
      "/edit_contact 1 phone: 5",
      "The value is missing. Put it directly after the colon or equals sign, without a space, " +
        'as in phone:555-0100 or organization:"Acme Inc"; write "" for an empty one.',
    ],
    [
      '/create_contact "Jane"Doe',
      "There is text directly after a quotation mark. Put a space between them, " +
        'or write \\" for a quotation mark inside quoted text.',
    ],
  ])("%s", (text, message) => {
    expect(problemsOf(text).map((problem) => problem.message)).toEqual([message]);
  });

  it("never repeats what was typed", () => {
    const text = '/add_contacts [secret:jane@acme.com] [contact:jane@acme.com, bob@acme.com] "jane@acme.com';
    expect(problemsOf(text)).toHaveLength(3);
    for (const { message } of problemsOf(text)) expect(message).not.toMatch(/acme\.com|secret/u);
  });
});

describe("places", () => {
  it("stand in the text, not in the line", () => {
    const text = 'Hello\r\n\r\n  /find_contacts 🙂 "x';
    expect(problemsOf(text)).toMatchObject([{ code: "unclosed_quote", line: 3, column: 20, offset: 29 }]);
    expect(text.slice(29)).toBe('"x');
  });

  it("are named for each mistake of a line, up to five", () => {
    const line = `/add_contacts ${"[x] ".repeat(8)}`;
    expect(problemsOf(line).map(({ column }) => column)).toEqual([15, 19, 23, 27, 31]);
  });

  it("of several lines come in order, and good lines between them run", () => {
    const { commands, problems } = parser.parse('/contcats\n/contacts\n/find_contacts "x\n/crm_help');
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ["near_miss", 1],
      ["unclosed_quote", 3],
    ]);
    expect(commands.map(({ name, line }) => [name, line])).toEqual([
      ["contacts", 2],
      ["crm_help", 4],
    ]);
  });
});

describe("excerpts", () => {
  it.each([
    ["a short line whole", '/find_contacts "x', '/find_contacts "x\n               ^'],
    ["the end of the line", "/edit_contact a phone:", "/edit_contact a phone:\n                      ^"],
    [
      "wide characters as two cells",
      '/find_contacts 漢字 "x',
      '/find_contacts 漢字 "x\n                    ^',
    ],
    [
      "combined characters as one",
      '/find_contacts e\u0301 "x',
      '/find_contacts e\u0301 "x\n                 ^',
    ],
    ["a family as one emoji", '/find_contacts 👨‍👩‍👧 "x', '/find_contacts 👨‍👩‍👧 "x\n                  ^'],
    ["a tab as a space", '/find_contacts\t"x', '/find_contacts "x\n               ^'],
    ["no marks of direction", '/find_contacts \u202ea "x', '/find_contacts  a "x\n                  ^'],
    [
      "half a surrogate pair as a sign",
      '/find_contacts \ud83d "x',
      '/find_contacts \ufffd "x\n                 ^',
    ],
  ])("show %s", (_, text, excerpt) => {
    expect(excerptOf(text)).toBe(excerpt);
  });

  it("cut a long line on both sides, between characters", () => {
    const text = `/find_contacts ${"👩‍💻".repeat(40)} "${"👩‍💻".repeat(80)}`;
    const [fragment = "", mark = ""] = excerptOf(text)?.split("\n") ?? [];
    expect(fragment).toBe(`…${"👩‍💻".repeat(23)} "${"👩‍💻".repeat(35)}…`);
    expect(mark).toBe(`${" ".repeat(1 + 2 * 23 + 1)}^`);
  });
});
