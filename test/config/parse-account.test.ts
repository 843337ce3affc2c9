/** What an account config says: groups, sources, members, roles, sharing, defaults. */
import { describe, expect, it, test } from "@jest/globals";
import { builtIn, repositoryConfig } from "../../src/config/repository-settings.js";
import { parseAccountFile, type AccountSettings } from "../../src/config/parse.js";

function accountOf(text: string, login = "Acme"): AccountSettings {
  const parsed = parseAccountFile(text, login);
  expect(parsed).toMatchObject({ good: true });
  if (!parsed.good) throw new Error("refused");
  return parsed.value;
}

const groupsOf = (text: string) => accountOf(text).config.groups;

describe("groups", () => {
  test.each<[string, string, string[]]>([
    ["an empty file has the top-level group", "", [""]],
    ["comments only", "# nothing yet\n", [""]],
    ["only a BOM", "\ufeff", [""]],
    ["groups above exist by themselves", "groups: {a/b/c: {}}", ["", "a", "a/b", "a/b/c"]],
    ["lower case is what counts", "groups: {Support/EMEA: {}}", ["", "support", "support/emea"]],
    ["nothing behind the colon", "groups:\n  sales:\n  labs: ~\n", ["", "labs", "sales"]],
    ["in full, below the account's login", "groups: {acme/sales: {}}", ["", "sales"]],
    ["a group of the account's own name, in full", "groups: {acme/acme: {}}", ["", "acme"]],
    ["the slash is the account", "groups: {/: {}}", [""]],
    ["the login is the account", "groups: {ACME: {}}", [""]],
    ["a key that looks like a number", "groups: {2026: {}, 1.50: {}}", ["", "1.50", "2026"]],
    ["CRLF", "groups:\r\n  a:\r\n    enabled: true\r\n  b: {}\r\n", ["", "a", "b"]],
    ["aliases", "groups: {a: &x {enabled: false}, b: *x}", ["", "a", "b"]],
    ["names of JavaScript's own", "groups: {constructor: {}, toString: {}}", ["", "constructor", "tostring"]],
  ])("%s", (_name, text, paths) => {
    expect([...groupsOf(text).keys()].sort()).toEqual(paths);
  });

  it("are enabled unless they say otherwise, whatever the group above says", () => {
    const groups = groupsOf("groups: {labs: {enabled: false}, labs/ai: {}}");
    expect([groups.get("labs")?.enabled, groups.get("labs/ai")?.enabled]).toEqual([false, true]);
  });
});

const own = (group: string) => ({ kind: "own", group });
const foreign = (login: string, group: string) => ({ kind: "foreign", login, group });

describe("contact_source", () => {
  const declared = "groups:\n  sales: {}\n  support/emea: {}\n  team: {contact_source: NAME}\n";
  test.each([
    ["a group", "sales", own("sales")],
    ["in any case", "Sales", own("sales")],
    ["a deeper group", "support/emea", own("support/emea")],
    ["itself: contacts of its own below a group with others", "team", own("team")],
    ["a group that only exists as part of a path", "support", own("support")],
    ["in full", "acme/sales", own("sales")],
    ["the login alone is the top-level group", "ACME", own("")],
    ["the slash is the top-level group", "/", own("")],
    ["in full with an at sign", '"@acme/sales"', own("sales")],
    ["the own login with an at sign", '"@acme"', own("")],
    ["another account's group", "other-org/crm", foreign("other-org", "crm")],
    ["another account's deeper group", "Other-Org/CRM/eu", foreign("other-org", "crm/eu")],
    ["another account's top-level group", '"@other-org"', foreign("other-org", "")],
    ["another account's group with an at sign", '"@other-org/crm"', foreign("other-org", "crm")],
    ["an at sign wins over a group of that name", '"@sales"', foreign("sales", "")],
  ])("%s: %s", (_name, name, expected) => {
    expect(groupsOf(declared.replace("NAME", name)).get("team")?.contactSource).toEqual(expected);
  });

  it("a declared group of that very path wins over the account's login", () => {
    const text = "groups: {acme/acme/sales: {}, sales: {}, a: {contact_source: acme/sales}}";
    expect(groupsOf(text).get("a")?.contactSource).toEqual(own("acme/sales"));
  });

  it("says nothing where there is none", () => {
    expect(groupsOf(declared.replace("NAME", "sales")).get("sales")).toEqual({ enabled: true, members: [] });
  });
});

describe("members", () => {
  test.each([
    ["a user", 'developer: ["@Alice"]', [{ kind: "user", login: "alice", role: "developer" }]],
    [
      "a team",
      'planner: ["@acme/Support"]',
      [{ kind: "team", organization: "acme", slug: "support", role: "planner" }],
    ],
    ["reporter is planner", 'reporter: ["@bob"]', [{ kind: "user", login: "bob", role: "planner" }]],
    [
      "several roles",
      'guest: ["@a"], maintainer: ["@b"], owner: ["@c"]',
      [
        { kind: "user", login: "a", role: "guest" },
        { kind: "user", login: "b", role: "maintainer" },
        { kind: "user", login: "c", role: "owner" },
      ],
    ],
  ])("%s", (_name, members, expected) => {
    expect(groupsOf(`groups: {a: {members: {${members}}}}`).get("a")?.members).toEqual(expected);
  });
});

it("maps custom roles by their name in lower case", () => {
  const { config } = accountOf('roles: {"Release Manager": developer, Triager: reporter, Outside: none}');
  expect([...config.roles]).toEqual([
    ["release manager", "developer"],
    ["triager", "planner"],
    ["outside", "none"],
  ]);
});

it("shares with logins and ids", () => {
  const { config } = accountOf('share_contacts_with: [Other-Org, "@partner", 9919, "123"]');
  expect(config.shareContactsWith).toEqual(["other-org", "partner", 9919, "123"]);
});

describe("repository settings", () => {
  const text =
    "groups: {a/b: {}}\ngroup: acme/a\nsuggestions: 1\ndefaults: {group: a/b, replies: {show: handles}}";

  it("of `defaults` are for all repositories", () => {
    expect(repositoryConfig({}, accountOf(text).defaults)).toEqual({
      ...builtIn,
      group: "a/b",
      replies: { onSuccess: "comment", show: "handles" },
    });
  });

  it("of the top level are for the config repository alone, over the defaults", () => {
    const { own: top, defaults } = accountOf(text);
    expect(repositoryConfig(top, defaults)).toMatchObject({
      group: "a",
      suggestions: 1,
      replies: { show: "handles" },
    });
  });

  it("come together key by key, inside replies, too", () => {
    const over = { enabled: false, replies: { onSuccess: "reaction" as const }, suggestions: 0 };
    const under = {
      suggestions: 9,
      replies: { onSuccess: "comment" as const, show: "names" as const },
      pullRequests: true,
    };
    expect(repositoryConfig(over, under)).toEqual({
      group: "",
      enabled: false,
      pullRequests: true,
      suggestions: 0,
      replies: { onSuccess: "reaction", show: "names" },
      commandComments: "auto",
      labels: { organization: undefined, public: false },
    });
  });

  test.each([
    ["nothing is said", {}, {}, undefined],
    ["the account says it", {}, { organization: "c: {name}" }, "c: {name}"],
    ["the repository says otherwise", { organization: "{name}" }, { organization: "c: {name}" }, "{name}"],
    ["the repository wants none", { organization: "" }, { organization: "c: {name}" }, undefined],
  ])("name no label of organizations unless one is given: %s", (_name, over, under, expected) => {
    const { labels } = repositoryConfig({ labels: over }, { labels: { ...under, public: true } });
    expect(labels).toEqual({ organization: expected, public: true });
  });
});
