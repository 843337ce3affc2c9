/** Which typed names are ours, which are near misses, and which belong to somebody else. */
import { describe, expect, it } from "@jest/globals";
import { createParser } from "../../src/quick-actions/index.js";
import { parser } from "./parser.js";

const ours = [
  ["/contact", "contacts"],
  ["/CONTACTS", "contacts"],
  ["/Add-Contact", "add_contacts"],
  ["/adds_contacts", "add_contacts"],
  ["/contacts_issue", "contact_issues"],
  ["/crm-help", "crm_help"],
  ["／ａｄｄ＿ｃｏｎｔａｃｔ", "add_contacts"],
] as const;

const nearMisses = [
  ["/add_contcats", "add_contacts"],
  ["/add_conatcts", "add_contacts"],
  ["/ad_contacts", "add_contacts"],
  ["/addcontacts", "add_contacts"],
  ["/add__contacts", "add_contacts"],
  ["/remvoe_contcats", "remove_contacts"],
  ["/crete_contat", "create_contact"],
  ["/deactivate-organisation", "deactivate_organization"],
  ["/contcats", "contacts"],
  ["/conttacts", "contacts"],
  ["/conacts", "contacts"],
  ["/crmhelp", "crm_help"],
  ["/cmr_help", "crm_help"],
] as const;

const foreign = [
  "/assign @jane",
  "/lgtm",
  "/label bug",
  "/close",
  "/cc @jane",
  "/help",
  "/find jane",
  "/test",
  "/retest",
  "/contract",
  "/contracts",
  "/contents",
  "/constants",
  "/contexts",
  "/add_context",
  "/add_content",
  "/find_content",
  "/arm_help",
  "/remove_label",
  "/code",
  "/details",
  "/saved-replies",
  "/table",
  "/template",
  "/alerts",
  "/tasklist",
  "/usr/local/contacts",
  "/etc/contacts/x",
  "/contacts/",
  "/contacts.",
  "/contacts?",
  "/contacts:",
  "//contacts",
  "/ contacts",
  `/${"contacts".repeat(1000)}`,
] as const;

describe("names", () => {
  it.each(ours)("reads %s as %s", (typed, name) => {
    expect(parser.parse(typed).commands.map((command) => command.name)).toEqual([name]);
  });

  it.each(nearMisses)("takes %s for a slip of %s, and runs nothing", (typed, meant) => {
    const { commands, problems } = parser.parse(`${typed} jane@acme.com`);
    expect(commands).toEqual([]);
    expect(problems.map((problem) => [problem.code, problem.meant])).toEqual([["near_miss", meant]]);
  });

  it.each(foreign)("leaves %s to others", (line) => {
    expect(parser.mayConcern(line)).toBe(false);
    expect(parser.parse(line)).toEqual({ commands: [], problems: [], onlyCommands: false });
  });

  it("refuses two names that read alike", () => {
    expect(() => createParser(["add_contacts", "add_contact"])).toThrow("same name");
  });

  it("knows no names of its own", () => {
    const other = createParser(["greet"]);
    expect(other.parse("/greet jane@acme.com\n/contacts").commands.map(({ name }) => name)).toEqual([
      "greet",
    ]);
  });
});

describe("the cheap test", () => {
  it.each(["", "no slash", "and/or", "see https://example.com/contacts", "x /contacts", "    /contacts"])(
    "sees nothing in %j",
    (text) => expect(parser.mayConcern(text)).toBe(false),
  );

  it.each(["/contacts", "a\r\n/contacts", "   ／contacts x", "/contcats", "```\n/contacts\n```"])(
    "lets %j through",
    (text) => expect(parser.mayConcern(text)).toBe(true),
  );
});
