/** What an edit adds, and what a text that holds nothing but quick actions is. */
import { describe, expect, it } from "@jest/globals";
import { meaningOf } from "../../src/quick-actions/index.js";
import { parser } from "./parser.js";

const added = (previous: string, text: string) => {
  const { commands, problems } = parser.parse(text, previous);
  return [...commands.map(({ name, line }) => `${name} ${line}`), ...problems.map(({ code }) => code)];
};

const lines = (count: number) => Array.from({ length: count }, (_, n) => `/add_contacts ${n}`).join("\n");

describe("an edit", () => {
  it.each([
    ["of nothing", "/contacts", "/contacts", []],
    ["around a quick action", "a\n/contacts", "b\n\n/contacts\nc", []],
    ["of white space and case", "/add_contacts  Jane@Acme.com", "   /Add-Contact jane@acme.com", []],
    ["from address to reference", "/add_contacts a@b.c, d@e.f", "/add_contacts [contact:a@b.c] d@e.f", []],
    ["that adds one", "/contacts", "/contacts\n/crm_help", ["crm_help 2"]],
    ["that adds the same once more", "/contacts", "/contacts\n/contacts", ["contacts 2"]],
    ["that removes one", "/contacts\n/contacts", "/contacts", []],
    ["that adds an argument", "/add_contacts 1", "/add_contacts 1 2", ["add_contacts 1"]],
    ["that closes a reference", "/add_contacts [contact:1", "/add_contacts [contact:1]", ["add_contacts 1"]],
    ["of a field's case", "/edit_contact 1 phone:a", "/edit_contact 1 phone:A", ["edit_contact 1"]],
    ["that takes a quick action out of code", "`/contacts`", "/contacts", ["contacts 1"]],
    ["that leaves a mistake", '/find_contacts "x', 'a\n\n/find_contacts "x', []],
    ["that mends a mistake", '/find_contacts "x', '/find_contacts "x"', ["find_contacts 1"]],
    ["that makes a mistake", "/contacts", "/contcats", ["near_miss"]],
    ["that comes under the limit of quick actions", lines(51), lines(50), []],
    ["that replaces one over that limit", lines(51), `${lines(49)}\n/crm_help`, ["crm_help 50"]],
    ["that stays over that limit", lines(52), `${lines(51)}\ntext`, []],
    ["that goes over that limit", lines(50), lines(51), ["too_many_commands"]],
    [
      "that comes under the limit of length",
      `/contacts\n${"x".repeat(65_536)}`,
      "/contacts\n/crm_help",
      ["crm_help 2"],
    ],
    [
      "that stays over the limit of length",
      `/contacts\n${"x".repeat(65_536)}`,
      `/contacts\n${"y".repeat(65_536)}`,
      [],
    ],
  ])("%s", (_, previous, text, expected) => {
    expect(added(previous, text)).toEqual(expected);
  });
});

describe("meaningOf", () => {
  it("tells reference, field, quoted text and word apart", () => {
    const text = '/find_contacts [contact:x]\n/find_contacts contact:x\n/find_contacts "x"\n/find_contacts x';
    expect(new Set(parser.parse(text).commands.map(meaningOf)).size).toBe(4);
  });
});

describe("onlyCommands", () => {
  it.each([
    ["one", "/contacts", true],
    ["several, blank lines, CRLF", "\r\n/contacts\r\n \t\r\n\r\n/crm_help\r\n", true],
    ["nothing", "", false],
    ["blank lines", "\n \n", false],
    ["text beside it", "/contacts\nthanks", false],
    ["a code block beside it", "/contacts\n```\n```", false],
    ["a quoted one beside it", "/contacts\n\n> /contacts", false],
    ["a foreign one beside it", "/contacts\n/assign @jane", false],
    ["a mistake beside it", "/contacts\n/contcats", false],
    ["a mistake in it", "/add_contacts [contact:]", false],
  ])("of %s", (_, text, expected) => {
    expect(parser.parse(text).onlyCommands).toBe(expected);
  });

  it("is about the whole text, also after an edit", () => {
    expect(parser.parse("/contacts", "/contacts")).toEqual({
      commands: [],
      problems: [],
      onlyCommands: true,
    });
  });
});
