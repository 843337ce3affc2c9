/** Mistakes in config files: each with its place, its path and a remedy, all of them at once. */
import { describe, expect, it, test } from "@jest/globals";
import type { ConfigProblem } from "../../src/config/config.js";
import type { GroupTree } from "../../src/crm/groups.js";
import { parseAccountFile, parseRepositoryFile } from "../../src/config/parse.js";

const tree: GroupTree = new Map(
  ["", "support", "support/emea"].map((path) => [path, { enabled: true, members: [] }]),
);

function problemsOf(kind: "account" | "repository", text: string): readonly ConfigProblem[] {
  const parsed =
    kind === "account"
      ? parseAccountFile(text, "acme")
      : parseRepositoryFile(text, { login: "acme", groups: tree });
  return parsed.good ? [] : parsed.problems;
}

/** `line:column path` of each problem, and words that each message must hold. */
type Row = [name: string, text: string, ...expected: [place: string, ...words: string[]][]];

function expectRow(kind: "account" | "repository", text: string, expected: [string, ...string[]][]): void {
  const problems = problemsOf(kind, text);
  expect(problems.map(({ line, column, path }) => `${line}:${column} ${path}`)).toEqual(
    expected.map(([place]) => place),
  );
  expected.forEach(([, ...words], index) => {
    for (const word of words) expect(problems[index]?.message).toContain(word);
    expect(problems[index]?.file).toBe(kind);
  });
}

describe("in a repository's file", () => {
  test.each<Row>([
    ["a mistyped key", "enabled: true\nsugestions: 3", ["2:1 sugestions", 'did you mean "suggestions"?']],
    ["a key like no other", "colour: red", ["1:1 colour", "remove it", "command_comments"]],
    ["a key of the account config", "groups: {}", ["1:1 groups", "account config"]],
    ["a mistyped key inside", "replies: {shwo: names}", ["1:11 replies.shwo", '"show"']],
    ["a word that is not one of the values", "replies:\n  show: email", ["2:9 replies.show", '"emails"']],
    [
      "a value in the wrong case",
      "command_comments: Keep",
      ["1:19 command_comments", 'did you mean "keep"?'],
    ],
    ["YAML 1.1's yes", "pull_requests: yes", ["1:16 pull_requests", "did you mean true?"]],
    ["YAML 1.1's off", "enabled: off", ["1:10 enabled", "did you mean false?"]],
    ["text that is a number", 'suggestions: "5"', ["1:14 suggestions", "from 0 to 10"]],
    ["one too many", "suggestions: 11", ["1:14 suggestions", "from 0 to 10, not 11"]],
    ["one too few", "suggestions: -1", ["1:14 suggestions", "not -1"]],
    ["half of one", "suggestions: 2.5", ["1:14 suggestions", "whole number"]],
    ["not a number", "suggestions: .nan", ["1:14 suggestions", "whole number"]],
    ["a key without value", "enabled:\ngroup: support", ["1:1 enabled", "is empty", "remove the line"]],
    ["a list for a mapping", "replies: [show]", ["1:10 replies", "not a list"]],
    ["a mapping for text", "group: {a: b}", ["1:8 group", "not a mapping"]],
    ["a list as the file", "- enabled", ["1:1 ", "The file must be a mapping"]],
    ["a word as the file", "enabled", ["1:1 ", "The file must be a mapping"]],
    ["a group that is not declared", "group: suport/emea", ["1:8 group", '"suport/emea": declare it']],
    ["a group like no other", "group: marketing", ["1:8 group", "declare it"]],
    ["a group of another account", "group: other-org/crm", ["1:8 group", "Unknown group"]],
    ["an empty group", 'group: ""', ["1:8 group", "a group such as"]],
    ["a path out of the account", "group: ../etc/", ["1:8 group", "a group such as"]],
    ["a key twice", "enabled: true\nenabled: false", ["2:1 enabled", "twice"]],
    [
      "a key of JavaScript's own",
      "__proto__: {enabled: false}\nconstructor: 1",
      ["1:1 __proto__", "Unknown"],
      ["2:1 constructor", "Unknown"],
    ],
    ["a merge key", "<<: {enabled: true}", ["1:1 <<", "Unknown key"]],
    ["a list as a key", "? [a]\n: 1", ["1:3 ", "plain text"]],
    ["no key", "? \n: 1\n~: 2", ["1:3 ", "plain text"], ["3:1 ", "plain text"]],
    ["an alias of nothing", "group: *here", ["1:8 group", '"&here"'], ["1:8 group", "is empty"]],
  ])("%s", (_name, text, ...expected) => {
    expectRow("repository", text, expected);
  });
});

describe("the groups of an account, which a repository's readers may not know,", () => {
  const rows: [name: string, text: string, ...hints: (string | undefined)[]][] = [
    ["are named in the hint", "group: suport/emea", 'Did you mean "support/emea"?'],
    ["are not named for a group like no other", "group: marketing", undefined],
    ["are not asked for other mistakes", "enabled: yes\nsugestions: 3", undefined, undefined],
    ["do not stand for the account itself", "group: a", undefined],
  ];
  test.each(rows)("%s, and never in the message", (_name, text, ...hints) => {
    const problems = problemsOf("repository", text);
    expect(problems.map(({ hint }) => hint)).toEqual(hints);
    for (const { message } of problems) expect(message).not.toContain("support");
  });

  test("need no hint in the account config itself", () => {
    expect(problemsOf("account", "groups: {support: {}}\ngroup: suport")).toMatchObject([
      { message: expect.stringContaining('"support"') },
    ]);
    expect(problemsOf("account", "groups: {support: {}}\ngroup: suport")[0]).not.toHaveProperty("hint");
  });
});

describe("in the account config", () => {
  test.each<Row>([
    [
      "a mistyped source",
      "groups:\n  sales: {}\n  a: {contact_source: slaes}",
      ["3:23 groups.a.contact_source", 'did you mean "sales"?'],
    ],
    [
      "a single word is never another account",
      "groups: {a: {contact_source: microsoft}}",
      ["1:30 groups.a.contact_source", "Unknown group"],
    ],
    [
      "a group of this account in full",
      "groups: {a: {contact_source: acme/b}}",
      ["1:30 groups.a.contact_source", "Unknown group"],
    ],
    [
      "below a declared group",
      "groups: {a: {}, b: {contact_source: a/x}}",
      ["1:37 groups.b.contact_source", "Unknown group"],
    ],
    [
      "of this account with an at sign",
      'groups: {a: {contact_source: "@acme/b"}}',
      ["1:30 groups.a.contact_source", "Unknown group"],
    ],
    ["an at sign unquoted", "groups: {a: {contact_source: @acme}}", ["1:30 ", "quotes"]],
    [
      "two that name each other",
      "groups:\n  a: {contact_source: b}\n  b: {contact_source: acme/a}",
      ["2:23 groups.a.contact_source", '"b"', "circle"],
      ["3:23 groups.b.contact_source", '"a"', "circle"],
    ],
    [
      "a circle, but not who leads into it",
      "groups:\n  z: {contact_source: a}\n  a: {contact_source: b}\n  b: {contact_source: c}\n  c: {contact_source: a}",
      ["3:23 groups.a.contact_source", "circle"],
      ["4:23 groups.b.contact_source", "circle"],
      ["5:23 groups.c.contact_source", "circle"],
    ],
    ["the same group twice", "groups:\n  Sales: {}\n  sales: {}", ["3:3 groups.sales", '"Sales"']],
    [
      "the same group twice, once in full",
      "groups: {sales: {}, acme/sales: {}}",
      ["1:21 groups.acme/sales", "same group"],
    ],
    ["a group with a space", "groups: {a b: {}}", ["1:10 groups.a b", "support/emea"]],
    ["a group with a slash too many", "groups: {a//b: {}}", ["1:10 groups.a//b", "cannot be a key"]],
    ["a group that is text", "groups: {a: sales}", ["1:13 groups.a", "mapping"]],
    ["a mistyped setting of a group", "groups: {a: {enable: true}}", ["1:14 groups.a.enable", '"enabled"']],
    [
      "a mistyped role",
      'groups: {a: {members: {planer: ["@a"]}}}',
      ["1:24 groups.a.members.planer", '"planner"'],
    ],
    [
      "no role for nobody",
      'groups: {a: {members: {none: ["@a"]}}}',
      ["1:24 groups.a.members.none", "Unknown key"],
    ],
    [
      "a member without an at sign",
      "groups: {a: {members: {owner: [bob]}}}",
      ["1:32 groups.a.members.owner[0]", '"@alice"'],
    ],
    [
      "a member that is an address",
      'groups: {a: {members: {owner: ["a@b.com"]}}}',
      ["1:32 groups.a.members.owner[0]", '"@alice"'],
    ],
    [
      "a member that is not in a list",
      'groups: {a: {members: {owner: "@bob"}}}',
      ["1:31 groups.a.members.owner", "a list"],
    ],
    [
      "a team too deep",
      'groups: {a: {members: {owner: ["@acme/a/b"]}}}',
      ["1:32 groups.a.members.owner[0]", "a team"],
    ],
    [
      "a team of somebody else",
      'groups: {a: {members: {owner: ["@o/t"]}}}',
      ["1:32 groups.a.members.owner[0]", "another organization"],
    ],
    ["members that name nobody", "groups: {a: {members: {}}}", ["1:23 groups.a.members", "name somebody"]],
    ["an empty list", "groups: {a: {members: {owner: []}}}", ["1:31 groups.a.members.owner", "empty list"]],
    ["members without value", "groups: {a: {members: }}", ["1:14 groups.a.members", "is empty"]],
    ["a role of ours that is none", "roles: {x: dev}", ["1:12 roles.x", "developer"]],
    ["a mistyped role of ours", "roles: {x: mantainer}", ["1:12 roles.x", 'did you mean "maintainer"?']],
    ["the same role twice", "roles: {Docs: guest, docs: owner}", ["1:22 roles.docs", "twice"]],
    ["GitHub's own role", "roles: {Write: owner}", ["1:9 roles.Write", "built-in"]],
    [
      "sharing with a sentence",
      "share_contacts_with: [all of them]",
      ["1:23 share_contacts_with[0]", "login"],
    ],
    ["sharing with zero", "share_contacts_with: [0]", ["1:23 share_contacts_with[0]", "login"]],
    ["sharing with everybody", 'share_contacts_with: "*"', ["1:22 share_contacts_with", "a list"]],
    [
      "an unknown group in defaults",
      "groups: {a: {}}\ndefaults: {group: b}",
      ["2:19 defaults.group", "Unknown group"],
    ],
    ["groups in defaults", "defaults: {groups: {}}", ["1:12 defaults.groups", "Unknown key"]],
    ["an unknown group of its own", "group: b", ["1:8 group", "Unknown group"]],
    [
      "a mistyped group of its own",
      "groups: {support: {}}\ngroup: suport",
      ["2:8 group", 'did you mean "support"?'],
    ],
    [
      "groups that are a list; who names one is not to blame",
      "groups: [a]\ngroup: a",
      ["1:9 groups", "not a list"],
    ],
    ["a wrong group; who names it is not to blame", "groups: {a: 1}\ngroup: a", ["1:13 groups.a", "mapping"]],
  ])("%s", (_name, text, ...expected) => {
    expectRow("account", text, expected);
  });

  it("are listed all at once, by line, whatever their kind", () => {
    const text =
      "suggestions: 99\ngroups:\n  a: {contact_source: b}\n  a: {}\n  c: {members: {owner: [x, '@o/t']}}\nfoo: 1\n";
    expect(problemsOf("account", text).map(({ line, path }) => [line, path])).toEqual([
      [1, "suggestions"],
      [3, "groups.a.contact_source"],
      [4, "groups.a"],
      [5, "groups.c.members.owner[0]"],
      [5, "groups.c.members.owner[1]"],
      [6, "foo"],
    ]);
  });

  it("beyond 25 are counted", () => {
    const problems = problemsOf(
      "account",
      Array.from({ length: 40 }, (_, index) => `k${index}: 1`).join("\n"),
    );
    expect(problems).toHaveLength(26);
    expect(problems[25]).toMatchObject({
      line: 26,
      path: "",
      message: expect.stringContaining("15 more problems"),
    });
  });
});

describe("YAML that is none", () => {
  test.each<Row>([
    ["an open bracket", "group: [a\nenabled: true\n", ["2:1 ", "bracket"]],
    ["an open quote", 'group: "a\n', ["2:1 ", "not closed"]],
    ["a tab", "replies:\n\tshow: auto", ["2:1 ", "spaces"]],
    ["two keys on a line", "group: a: b", ["1:8 ", "own line"]],
    ["a tag", "group: !important a", ["1:8 ", "Tags"]],
    ["a known tag of YAML 1.1", "group: !!binary YQ==", ["1:8 ", "Tags"]],
    ["a directive", "%FOO bar\n---\nenabled: true", ["1:1 ", "directive"]],
    ["two documents", "enabled: true\n---\nenabled: false\n", ["2:1 ", "more than one document"]],
    ["wrong indentation", "replies:\n  show: auto\n on_success: comment", ["3:1 ", "indentation"]],
    ["an escape of nothing", 'group: "\\q"', ["1:9 ", "backslash"]],
  ])("%s", (_name, text, ...expected) => {
    expectRow("repository", text, expected);
  });
});
