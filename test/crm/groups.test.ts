/** The rules of the group tree: where contacts come from, where they may live, who is declared. */
import { describe, expect, it, test } from "@jest/globals";
import {
  ancestors,
  contactSourceOf,
  isEnabled,
  mayHoldRecords,
  membershipsOf,
  type Group,
  type GroupTree,
  type Membership,
} from "../../src/crm/groups.js";

const alice: Membership = { kind: "user", login: "alice", role: "developer" };
const team: Membership = { kind: "team", organization: "acme", slug: "support", role: "planner" };
const boss: Membership = { kind: "user", login: "boss", role: "owner" };

const tree = (groups: Record<string, Partial<Group>>): GroupTree =>
  new Map(
    Object.entries({ "": {}, ...groups }).map(([path, group]) => [
      path,
      { enabled: true, members: [], ...group },
    ]),
  );

const acme = tree({
  sales: {},
  support: { contactSource: { kind: "own", group: "sales" }, members: [team] },
  "support/emea": { members: [alice] },
  "support/emea/dach": { contactSource: { kind: "own", group: "support/emea" }, enabled: false },
  "support/apac": { contactSource: { kind: "own", group: "support" } },
  partner: { contactSource: { kind: "foreign", login: "other-org", group: "crm" } },
  labs: { enabled: false },
  "labs/ai": {},
});

test.each([
  ["", []],
  ["sales", [""]],
  ["support/emea/dach", ["support/emea", "support", ""]],
])("above %j stand %j", (path, expected) => {
  expect(ancestors(path)).toEqual(expected);
});

describe("the contact source", () => {
  test.each([
    ["the top-level group's is itself", "", { kind: "own", group: "" }],
    ["without a setting on the way up, the top-level group", "labs/ai", { kind: "own", group: "" }],
    ["its own setting", "support", { kind: "own", group: "sales" }],
    ["the nearest setting above", "support/emea", { kind: "own", group: "sales" }],
    ["its own setting before the one above", "support/emea/dach", { kind: "own", group: "support/emea" }],
    ["as it is, not followed to sales", "support/apac", { kind: "own", group: "support" }],
    ["of another account", "partner", { kind: "foreign", login: "other-org", group: "crm" }],
    ["inherited by a group nobody declared", "support/emea/x/y", { kind: "own", group: "sales" }],
    ["not of a group whose name merely begins alike", "supporters", { kind: "own", group: "" }],
  ])("%s", (_name, path, expected) => {
    expect(contactSourceOf(acme, path)).toEqual(expected);
  });

  it("of the top-level group is inherited by all", () => {
    const moved = tree({ "": { contactSource: { kind: "own", group: "crm" } }, crm: {}, a: {} });
    expect(contactSourceOf(moved, "a")).toEqual({ kind: "own", group: "crm" });
    expect(contactSourceOf(moved, "crm")).toEqual({ kind: "own", group: "crm" });
  });
});

test.each([
  ["the top-level group may", "", true],
  ["a source may", "sales", true],
  ["a subgroup that is a source may", "support/emea", true],
  ["a group that only inherits may not", "labs/ai", false],
  ["a group with a source elsewhere may not", "support/emea/dach", false],
  ["an undeclared group may not", "nowhere", false],
  ["a foreign group of the same path gives no right here", "crm", false],
])("hold records: %s", (_name, path, expected) => {
  expect(mayHoldRecords(acme, path)).toBe(expected);
});

test.each([
  ["support", true],
  ["support/emea/dach", false],
  ["labs", false],
  ["labs/ai", true],
  ["labs/never-declared", true],
])("enabled, not inherited: %s is %s", (path, expected) => {
  expect(isEnabled(acme, path)).toBe(expected);
});

describe("memberships", () => {
  test.each([
    ["its own", "support", [team]],
    ["its own and those above", "support/emea", [alice, team]],
    ["inherited downward through groups that declare none", "support/emea/dach", [alice, team]],
    ["not sideways", "support/apac", [team]],
    ["undefined where nobody is declared", "labs/ai", undefined],
    ["not upward", "", undefined],
  ])("%s", (_name, path, expected) => {
    expect(membershipsOf(acme, path)).toEqual(expected);
  });

  it("of the top-level group count everywhere", () => {
    expect(membershipsOf(tree({ "": { members: [boss] }, a: {} }), "a/b")).toEqual([boss]);
  });
});
