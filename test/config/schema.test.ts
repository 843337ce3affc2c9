/** The published JSON Schema, the reference and the samples say what the code does. */
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it, test } from "@jest/globals";
import { parse } from "yaml";
import { publishedSchema } from "../../src/config/json-schema.js";
import { parseAccountFile, parseRepositoryFile } from "../../src/config/parse.js";
import { configReference } from "../../src/config/reference.js";

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/config/${name}`, import.meta.url), "utf8");

const validate = new Ajv({ strict: false }).compile(publishedSchema());

it("the published schema is the one in the code", () => {
  // After a change: write JSON.stringify(publishedSchema()) to the file and format it.
  expect(JSON.parse(fixture("liaison.schema.json"))).toEqual(publishedSchema());
});

describe("the samples", () => {
  it("of an account config holds every key of its own", () => {
    const parsed = parseAccountFile(fixture("account.yml"), "acme");
    expect(parsed).toMatchObject({ good: true });
    if (!parsed.good) return;
    const { config, defaults, own } = parsed.value;
    expect([...config.groups.keys()].sort()).toEqual([
      "",
      "labs",
      "partners",
      "sales",
      "support",
      "support/emea",
    ]);
    expect(config.roles.get("release manager")).toBe("developer");
    expect(config.shareContactsWith).toEqual(["sister-org", 9919]);
    expect([defaults.suggestions, own.enabled]).toEqual([5, false]);
  });

  it("of a repository's file fits the sample account", () => {
    const account = parseAccountFile(fixture("account.yml"), "acme");
    const groups = account.good ? account.value.config.groups : undefined;
    expect(parseRepositoryFile(fixture("repository.yml"), { login: "acme", groups })).toMatchObject({
      good: true,
      value: { group: "support/emea", suggestions: 5, replies: { show: "auto" } },
    });
  });

  test.each(["account.yml", "repository.yml"])("%s names its schema and fits it", (name) => {
    expect(fixture(name)).toMatch(/^# yaml-language-server: \$schema=\.\/liaison\.schema\.json\n/);
    expect(validate(parse(fixture(name)))).toBe(true);
  });
});

describe("the published schema refuses", () => {
  test.each([
    ["an unknown key", { sugestions: 1 }],
    ["an unknown key of a group", { groups: { a: { enable: true } } }],
    ["an unknown key in defaults", { defaults: { groups: {} } }],
    ["an unknown role", { groups: { a: { members: { planer: ["@a"] } } } }],
    ["a member without an at sign", { groups: { a: { members: { owner: ["a"] } } } }],
    ["members that name nobody", { groups: { a: { members: {} } } }],
    ["a group with a space", { groups: { "a b": {} } }],
    ["eleven suggestions", { suggestions: 11 }],
    ["text for a number", { suggestions: "5" }],
    ["a word that is none of the values", { replies: { show: "email" } }],
    ["an empty value", { enabled: null }],
    ["sharing with zero", { share_contacts_with: [0] }],
    ["a label without a name", { labels: { organization: "customer" } }],
    ["a label with two names", { labels: { organization: "{name} {name}" } }],
    ["a label with another brace", { labels: { organization: "{name} {group}" } }],
    ["a label with a comma", { labels: { organization: "customer, {name}" } }],
    ["a label of two lines", { labels: { organization: "customer\n{name}" } }],
    ["a label of 51 characters", { labels: { organization: `${"x".repeat(45)}{name}` } }],
    ["a label that is on or off", { labels: { organization: true } }],
  ])("%s, as the code does", (_name, file) => {
    expect(validate(file)).toBe(false);
    expect(parseAccountFile(JSON.stringify(file), "acme").good).toBe(false);
  });
});

describe("the reference", () => {
  const rows = configReference()
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  const keys = rows.map((row) => row.split("`")[1]);

  it("has a row for every key of both files, the repository's first", () => {
    expect(keys).toEqual([
      "group",
      "enabled",
      "pull_requests",
      "suggestions",
      "replies",
      "replies.on_success",
      "replies.show",
      "command_comments",
      "labels",
      "labels.organization",
      "labels.public",
      "groups",
      "groups.<group>.contact_source",
      "groups.<group>.enabled",
      "groups.<group>.members",
      ...["guest", "planner", "reporter", "developer", "maintainer", "owner"].map(
        (role) => `groups.<group>.members.${role}`,
      ),
      "roles",
      "share_contacts_with",
      "defaults",
    ]);
  });

  it("has four full cells in each row, the default may be empty", () => {
    const cells = rows.map((row) => row.split(" | ").length);
    expect(new Set(cells)).toEqual(new Set([4]));
    expect(rows.filter((row) => / \| *\|$/.test(row))).toEqual([]);
  });

  it("says the built-in defaults", () => {
    expect(rows.find((row) => row.includes("`suggestions`"))).toContain("from 0 to 10 | `5` |");
    expect(rows.find((row) => row.includes("`pull_requests`"))).toContain("| `false` |");
  });
});
