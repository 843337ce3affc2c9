/** Memberships: who is asked, how often, and what is not believed. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Account, Person } from "../../src/conversation/event.js";
import { createMemberships, type Memberships } from "../../src/conversation/memberships.js";
import type { Membership } from "../../src/crm/groups.js";
import { RetryableError } from "../../src/github/errors.js";
import type { Installation } from "../../src/github/github.js";
import { fakeInstallation } from "./github.js";

const acme: Account = { id: 1, login: "acme", type: "Organization" };
const jane: Account = { id: 10, login: "jane", type: "User" };
const pia: Person = { id: 50, login: "Pia" };

const user = (login: string): Membership => ({ kind: "user", login, role: "planner" });
const team = (organization: string, slug: string): Membership => ({
  kind: "team",
  organization,
  slug,
  role: "planner",
});

let time: number;
let memberships: Memberships;
beforeEach(() => {
  time = 0;
  memberships = createMemberships(() => new Date(time));
});

const facts = (installation: Installation, declared: readonly Membership[], account = acme, person = pia) =>
  memberships.facts(installation, account, person, declared, "guest");

describe("a membership holds", () => {
  const inSupport = (): Partial<Installation> => ({
    isTeamMember: (organization, slug) =>
      Promise.resolve(`${organization}/${slug}`.toLowerCase() === "acme/support"),
  });

  test.each<[string, Membership, boolean]>([
    ["for the user", user("pia"), true],
    ["for the user in any case", user("PIA"), true],
    ["not for another user", user("pi"), false],
    ["for a member of the team", team("acme", "support"), true],
    ["for a member of the team, the organization in any case", team("ACME", "support"), true],
    ["not for a member of another team", team("acme", "sales"), false],
    ["not for a team of the same name elsewhere", team("rival", "support"), false],
  ])("%s", async (_, membership, holds) => {
    const { holds: held } = await facts(fakeInstallation(inSupport()), [membership]);
    expect(held(membership)).toBe(holds);
  });

  test("only if it was asked about", async () => {
    const { holds } = await facts(fakeInstallation(), [user("pia")]);
    expect(holds(user("pia"))).toBe(false); // another object: another declaration
  });
});

describe("nobody is asked", () => {
  test.each<[string, readonly Membership[]]>([
    ["about users", [user("pia"), user("dana")]],
    ["about a team of another organization", [team("rival", "support")]],
  ])("%s", async (_, declared) => {
    const installation = fakeInstallation();
    await facts(installation, declared);
    expect(installation.asked).toEqual(["organizationRole acme Pia"]);
  });

  test("where the account is a user: it owns itself and has no teams", async () => {
    const installation = fakeInstallation({ isTeamMember: () => Promise.resolve(true) });
    const declared = [team("jane", "support")];
    const own = await facts(installation, declared, jane, { id: 10, login: "renamed" });
    const other = await facts(installation, declared, jane, { id: 11, login: "jane" });
    expect([own.ownsAccount, other.ownsAccount]).toEqual([true, false]);
    expect(declared.map(other.holds)).toEqual([false]);
    expect(installation.asked).toEqual([]);
  });
});

test.each([
  ["admin", true],
  ["member", false],
  ["none", false],
] as const)("whose role in the organization is %s: owner %s", async (role, owns) => {
  const installation = fakeInstallation({ organizationRole: () => Promise.resolve(role) });
  const { ownsAccount, repositoryRole } = await facts(installation, []);
  expect({ ownsAccount, repositoryRole }).toEqual({ ownsAccount: owns, repositoryRole: "guest" });
});

describe("answers are remembered", () => {
  const support = team("acme", "support");

  test.each([
    [59_999, 2],
    [60_000, 4],
  ])("for a minute: after %d ms %d questions were asked", async (later, questions) => {
    const installation = fakeInstallation();
    await facts(installation, [support]);
    time = later;
    await facts(installation, [support]);
    expect(installation.asked).toHaveLength(questions);
  });

  test("while the first is still on its way", async () => {
    const installation = fakeInstallation();
    await Promise.all([facts(installation, [support]), facts(installation, [support])]);
    expect(installation.asked).toHaveLength(2);
  });

  test.each<[string, Account, Person, Membership]>([
    ["another person", acme, { id: 51, login: "Pia" }, support],
    ["another account", { ...acme, id: 2 }, pia, support],
  ])("not for %s", async (_, account, person, membership) => {
    const installation = fakeInstallation();
    await facts(installation, [support]);
    await facts(installation, [membership], account, person);
    expect(installation.asked).toHaveLength(4);
  });

  test("not for another team", async () => {
    const installation = fakeInstallation({ isTeamMember: (_, slug) => Promise.resolve(slug === "support") });
    const sales = team("acme", "sales");
    await facts(installation, [support]);
    const { holds } = await facts(installation, [support, sales]);
    expect([holds(support), holds(sales)]).toEqual([true, false]);
    expect(installation.asked).toEqual([
      "organizationRole acme Pia",
      "isTeamMember acme/support Pia",
      "isTeamMember acme/sales Pia",
    ]);
  });

  test("a role that was withdrawn is gone after a minute", async () => {
    let member = true;
    const installation = fakeInstallation({ isTeamMember: () => Promise.resolve(member) });
    expect((await facts(installation, [support])).holds(support)).toBe(true);
    member = false;
    expect((await facts(installation, [support])).holds(support)).toBe(true);
    time = 60_000;
    expect((await facts(installation, [support])).holds(support)).toBe(false);
  });

  test.each<[string, (fail: () => boolean) => Partial<Installation>]>([
    [
      "a team",
      (fail) => ({
        isTeamMember: () => (fail() ? Promise.reject(new RetryableError("502")) : Promise.resolve(true)),
      }),
    ],
    [
      "the organization",
      (fail) => ({
        organizationRole: () =>
          fail() ? Promise.reject(new RetryableError("502")) : Promise.resolve("admin"),
      }),
    ],
  ])("but not that asking about %s failed", async (_, answers) => {
    let failing = true;
    const installation = fakeInstallation(answers(() => failing));
    await expect(facts(installation, [support])).rejects.toThrow(RetryableError);
    failing = false;
    const { ownsAccount, holds } = await facts(installation, [support]);
    expect(ownsAccount || holds(support)).toBe(true);
  });
});
