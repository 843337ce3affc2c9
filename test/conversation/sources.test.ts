/** Contact sources: whose contacts a group uses, and the wall between accounts. */
import { describe, expect, test } from "@jest/globals";
import type { AccountConfig } from "../../src/config/config.js";
import type { Account, Place } from "../../src/conversation/event.js";
import { createMemberships } from "../../src/conversation/memberships.js";
import {
  declaresMembers,
  findSource,
  roleInSource,
  type OpenSource,
} from "../../src/conversation/sources.js";
import type { Group, GroupTree } from "../../src/crm/groups.js";
import type { Role } from "../../src/crm/roles.js";
import { GoneError, RefusedError, RetryableError } from "../../src/github/errors.js";
import { fakeInstallation } from "./github.js";

const acme: Account = { id: 1, login: "Acme", type: "Organization" };

const place: Place = {
  installation: 11,
  account: acme,
  repository: { id: 5, owner: "Acme", name: "helpdesk", visibility: "private" },
  issue: {
    number: 1,
    id: 6,
    nodeId: "I_1",
    title: "Help",
    state: "open",
    isPullRequest: false,
    changedAt: new Date(0),
  },
};

const group = (more: Partial<Group> = {}): Group => ({ enabled: true, members: [], ...more });
const tree = (groups: Readonly<Record<string, Group>>): GroupTree =>
  new Map(Object.entries({ "": group(), ...groups }));

const own = fakeInstallation();
const foreign = fakeInstallation();

type Owner = Account & { readonly installation: number };
const rival: Owner = { id: 2, login: "Rival", type: "Organization", installation: 22 };

const config = (
  shareContactsWith: AccountConfig["shareContactsWith"],
  groups = tree({ crm: group() }),
): AccountConfig => ({
  groups,
  roles: new Map(),
  shareContactsWith,
});

const unwanted = () => Promise.reject(new Error("accounts are only to be looked up"));

/** @param known the account that has the app; @param theirs its config */
const world = (known?: Owner, theirs: () => Promise<AccountConfig | undefined> = unwanted) => ({
  accounts: {
    remember: unwanted,
    installed: unwanted,
    renamed: unwanted,
    forgetInstallation: unwanted,
    byLogin: unwanted,
    currentOwner: (login: string) =>
      Promise.resolve(known?.login.toLowerCase() === login.toLowerCase() ? known : undefined),
  },
  memberships: createMemberships(() => new Date(0)),
  installation: (id: number) => (id === 11 ? own : foreign),
  accountConfig: theirs,
});

const summary = (source: OpenSource | undefined) =>
  source && { account: source.account, group: source.group, owner: source.owner.login };

describe("a source of one's own", () => {
  const groups = tree({
    sales: group(),
    support: group({ contactSource: { kind: "own", group: "sales" } }),
    "support/emea": group(),
    labs: group({ contactSource: { kind: "own", group: "support" } }),
  });

  test.each([
    ["the top-level group", "", ""],
    ["a group without a setting", "sales", ""],
    ["a group that names one", "support", "sales"],
    ["a group below it", "support/emea", "sales"],
    ["a group that names one that names another: used as it is", "labs", "support"],
  ])("of %s", async (_, path, expected) => {
    const source = await findSource(place, path, groups, world());
    expect(summary(source)).toEqual({ account: 1, group: expected, owner: "Acme" });
    expect(source?.installation).toBe(own);
  });
});

describe("a source of another account", () => {
  const groups = tree({
    support: group({ contactSource: { kind: "foreign", login: "rival", group: "crm" } }),
  });
  const find = (known: Owner | undefined, theirs: AccountConfig | Error | undefined) =>
    findSource(
      place,
      "support",
      groups,
      world(known, () => (theirs instanceof Error ? Promise.reject(theirs) : Promise.resolve(theirs))),
    );

  test.each<[string, AccountConfig["shareContactsWith"]]>([
    ["by login, in any case", ["acme"]],
    ["by id", [1]],
    ["among others", ["umbrella", 7, "acme"]],
  ])("is used when it is shared %s", async (_, sharing) => {
    const source = await find(rival, config(sharing));
    expect(summary(source)).toEqual({ account: 2, group: "crm", owner: "Rival" });
    expect(source?.installation).toBe(foreign);
  });

  test.each<[string, Owner | undefined, AccountConfig | Error | undefined]>([
    ["it has not the app", undefined, config(["acme"])],
    ["it has shut us out", rival, new RefusedError("403", 403)],
    ["it has gone away", rival, new GoneError("404")],
    ["it shares with nobody", rival, config([])],
    ["it shares with somebody else", rival, config(["umbrella", 3])],
    ["it shares with somebody of a like name", rival, config(["acme-inc", "acm"])],
    ["it shares with a login that reads like the id", rival, config(["1"])],
    ["its config is broken", rival, undefined],
    ["it has no such group", rival, config(["acme"], tree({ other: group() }))],
  ])("is refused when %s, and no difference is told", async (_, known, theirs) => {
    expect(await find(known, theirs)).toBeUndefined();
  });

  test("is asked for again later when GitHub does not answer", async () => {
    await expect(find(rival, new RetryableError("502"))).rejects.toThrow(RetryableError);
  });

  test("is not followed further", async () => {
    const beyond = tree({ crm: group({ contactSource: { kind: "own", group: "deep" } }), deep: group() });
    expect(summary(await find(rival, config(["acme"], beyond)))).toMatchObject({ group: "crm" });
  });

  test("is the only one: sharing is not asked for at home", async () => {
    expect(summary(await findSource(place, "", groups, world(rival)))).toMatchObject({ account: 1 });
  });
});

describe("the role in a source", () => {
  const pia = { id: 50, login: "pia" };
  const source = (groups: GroupTree, path = "sales"): OpenSource => ({
    account: 1,
    group: path,
    owner: acme,
    installation: own,
    groups,
  });
  const grant = (login: string, role: Role): Group["members"][number] => ({ kind: "user", login, role });

  test.each<[string, GroupTree, boolean, Role]>([
    ["nobody is declared: the repository's", tree({ sales: group() }), false, "developer"],
    ["declared here", tree({ sales: group({ members: [grant("pia", "planner")] }) }), true, "planner"],
    [
      "declared above",
      tree({ "": group({ members: [grant("PIA", "owner")] }), sales: group() }),
      true,
      "owner",
    ],
    [
      "others are declared: none",
      tree({ sales: group({ members: [grant("dana", "owner")] }) }),
      true,
      "none",
    ],
    [
      "others are declared above: none",
      tree({ "": group({ members: [grant("dana", "owner")] }), sales: group() }),
      true,
      "none",
    ],
    [
      "the strongest of several",
      tree({
        sales: group({
          members: [grant("pia", "guest"), grant("pia", "maintainer"), grant("pia", "planner")],
        }),
      }),
      true,
      "maintainer",
    ],
    [
      "declared only below: the repository's",
      tree({ sales: group(), "sales/eu": group({ members: [grant("pia", "owner")] }) }),
      false,
      "developer",
    ],
  ])("%s", async (_, groups, declares, role) => {
    const memberships = createMemberships(() => new Date(0));
    expect(declaresMembers(source(groups))).toBe(declares);
    expect(await roleInSource(source(groups), pia, "developer", memberships)).toBe(role);
  });
});
