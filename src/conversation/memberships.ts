/**
 * Which declared memberships hold for a person, asked of GitHub and remembered for a minute, so that
 * a warm comment costs one read (DESIGN §7) and a withdrawn role is felt soon.
 */
import type { PersonFacts } from "../crm/access.js";
import type { Membership } from "../crm/groups.js";
import type { Role } from "../crm/roles.js";
import type { Installation } from "../github/github.js";
import type { Account, Person } from "./event.js";
import { createMemory } from "./memory.js";

const maxAge = 60_000;

export interface Memberships {
  /** What is true of `person` in a group of `account` that declares `memberships`. */
  facts(
    installation: Installation,
    account: Account,
    person: Person,
    memberships: readonly Membership[],
    repositoryRole: Role,
  ): Promise<PersonFacts>;
}

export function createMemberships(now: () => Date): Memberships {
  const remembered = createMemory<boolean>(now, maxAge);

  return {
    async facts(installation, account, person, memberships, repositoryRole) {
      const owns = remembered(`owner ${account.id} ${person.id}`, () =>
        ownsAccount(installation, account, person),
      );
      const held = memberships.map((membership) =>
        holds(membership, person, account, installation, remembered),
      );
      const [ownsIt, ...answers] = await Promise.all([owns, ...held]);
      const holding = new Set(memberships.filter((_, index) => answers[index] === true));
      return { ownsAccount: ownsIt, holds: (membership) => holding.has(membership), repositoryRole };
    },
  };
}

async function ownsAccount(installation: Installation, account: Account, person: Person): Promise<boolean> {
  if (account.type === "User") return account.id === person.id;
  return (await installation.organizationRole(account.login, person.login)) === "admin";
}

function holds(
  membership: Membership,
  person: Person,
  account: Account,
  installation: Installation,
  remembered: (key: string, ask: () => Promise<boolean>) => Promise<boolean>,
): Promise<boolean> {
  if (membership.kind === "user") {
    return Promise.resolve(membership.login.toLowerCase() === person.login.toLowerCase());
  }
  const { organization, slug } = membership;
  // An installation can only see teams of its own organization.
  if (account.type === "User" || organization.toLowerCase() !== account.login.toLowerCase()) {
    return Promise.resolve(false);
  }
  return remembered(`team ${account.id} ${slug} ${person.id}`, () =>
    installation.isTeamMember(organization, slug, person.login),
  );
}
