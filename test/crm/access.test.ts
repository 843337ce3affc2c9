/** The table of DESIGN §5: roles from GitHub's answers and from declared members, and the rights. */
import { describe, expect, it, test } from "@jest/globals";
import { accessTo, groupRole, repositoryRole, rights, roleFor, type Right } from "../../src/crm/access.js";
import type { Membership } from "../../src/crm/groups.js";
import { roles, type Role } from "../../src/crm/roles.js";

const custom: ReadonlyMap<string, Role> = new Map<string, Role>([
  ["release manager", "developer"],
  ["outside help", "none"],
  ["write", "owner"],
]);

test.each<[string, { permission: string; roleName: string }, Role]>([
  ["admin", { permission: "admin", roleName: "admin" }, "owner"],
  ["maintain comes as write", { permission: "write", roleName: "maintain" }, "maintainer"],
  ["write", { permission: "write", roleName: "write" }, "developer"],
  ["triage comes as read", { permission: "read", roleName: "triage" }, "planner"],
  ["read", { permission: "read", roleName: "read" }, "guest"],
  ["none", { permission: "none", roleName: "none" }, "none"],
  ["none whatever the role is called", { permission: "none", roleName: "admin" }, "none"],
  ["a mapped custom role", { permission: "read", roleName: "Release Manager" }, "developer"],
  ["a custom role mapped to less than its base", { permission: "write", roleName: "outside help" }, "none"],
  ["a custom role that is not mapped", { permission: "write", roleName: "Docs" }, "developer"],
  ["a custom role on top of read", { permission: "read", roleName: "Docs" }, "guest"],
  ["no role name", { permission: "write", roleName: "" }, "developer"],
  ["a built-in role cannot be remapped", { permission: "write", roleName: "write" }, "developer"],
  ["a level nobody knows", { permission: "god", roleName: "god" }, "none"],
])("repository role: %s", (_name, answer, expected) => {
  expect(repositoryRole(answer, custom)).toBe(expected);
});

describe("group role", () => {
  const planners: Membership = { kind: "team", organization: "acme", slug: "support", role: "planner" };
  const alice: Membership = { kind: "user", login: "alice", role: "developer" };
  const holding = (...held: Membership[]) => ({
    ownsAccount: false,
    repositoryRole: "owner" as const,
    holds: (membership: Membership) => held.includes(membership),
  });

  test.each<[string, Membership[] | undefined, ReturnType<typeof holding>, Role]>([
    ["the highest grant wins, listed last", [planners, alice], holding(planners, alice), "developer"],
    ["the highest grant wins, listed first", [alice, planners], holding(planners, alice), "developer"],
    ["only what holds counts", [alice, planners], holding(planners), "planner"],
    ["declared members leave the repository's role out", [alice, planners], holding(), "none"],
    ["nobody declared: the repository's role", undefined, holding(), "owner"],
  ])("%s", (_name, memberships, facts, expected) => {
    expect(groupRole(memberships, facts)).toBe(expected);
  });

  test.each([[undefined], [[planners]]])(
    "an owner of the account is owner with members %j",
    (memberships) => {
      const facts = { ...holding(), repositoryRole: "none" as const, ownsAccount: true };
      expect(groupRole(memberships, facts)).toBe("owner");
    },
  );
});

describe("rights", () => {
  test.each<[Right, Partial<Record<"repository" | "source" | "target", Role>>]>([
    ["askForHelp", { repository: "planner" }],
    ["seeContacts", { source: "planner" }],
    ["seeIssueContacts", { repository: "planner", source: "planner" }],
    ["linkContacts", { repository: "planner", source: "planner" }],
    ["editRecords", { source: "developer" }],
    ["moveRecords", { source: "developer", target: "developer" }],
  ])("%s needs exactly its roles", (right, needs) => {
    expect(accessTo(right, needs)).toEqual({ allowed: true });
    for (const [where, needed] of Object.entries(needs)) {
      const has = roles[roles.indexOf(needed) - 1];
      expect(accessTo(right, { ...needs, [where]: has })).toEqual({
        allowed: false,
        missing: [{ where, needed, has }],
      });
    }
  });

  it("names everything that is missing at once", () => {
    expect(accessTo("linkContacts", { repository: "guest" })).toEqual({
      allowed: false,
      missing: [
        { where: "repository", needed: "planner", has: "guest" },
        { where: "source", needed: "planner", has: "none" },
      ],
    });
  });

  it("a role on the repository is worth nothing in the source", () => {
    expect(accessTo("editRecords", { repository: "owner", source: "planner" }).allowed).toBe(false);
  });

  it("nobody without a role may do anything", () => {
    const all = Object.keys(rights) as Right[];
    expect(all.filter((right) => accessTo(right, {}).allowed)).toEqual([]);
  });

  test.each<[Right, Role]>([
    ["linkContacts", "planner"],
    ["moveRecords", "developer"],
  ])("help for %s names %s", (right, expected) => {
    expect(roleFor(right)).toBe(expected);
  });
});
