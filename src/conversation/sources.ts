/**
 * Which contacts a repository's group uses, and who may see them (DESIGN §4, §5). A source in
 * another account works only if that account's own config shares it with this one.
 */
import type { AccountConfig } from "../config/config.js";
import { sharesWith } from "../config/loader.js";
import { contactSourceOf, membershipsOf, type GroupTree } from "../crm/groups.js";
import { groupRole } from "../crm/access.js";
import type { Role } from "../crm/roles.js";
import { GoneError, RefusedError } from "../github/errors.js";
import type { Installation } from "../github/github.js";
import type { GroupPath, Source } from "../store/documents.js";
import type { Accounts } from "./accounts.js";
import type { Account, Person, Place } from "./event.js";
import type { Memberships } from "./memberships.js";

/** A contact source that is in force, with what is needed to know somebody's role in it. */
export interface OpenSource extends Source {
  readonly owner: Account;
  readonly installation: Installation;
  readonly groups: GroupTree;
}

export interface SourceDependencies {
  readonly accounts: Accounts;
  readonly memberships: Memberships;
  readonly installation: (id: number) => Installation;
  /** The account config in force; undefined when it is broken and no good version is known. */
  readonly accountConfig: (
    account: Account,
    installation: Installation,
  ) => Promise<AccountConfig | undefined>;
}

/** The contact source of `group`; undefined when it is in another account that does not share it. */
export async function findSource(
  place: Place,
  group: GroupPath,
  groups: GroupTree,
  dependencies: SourceDependencies,
): Promise<OpenSource | undefined> {
  const name = contactSourceOf(groups, group);
  if (name.kind === "foreign") return foreignSource(place.account, name.login, name.group, dependencies);
  const installation = dependencies.installation(place.installation);
  return { account: place.account.id, group: name.group, owner: place.account, installation, groups };
}

async function foreignSource(
  asking: Account,
  login: string,
  group: GroupPath,
  { accounts, installation: through, accountConfig }: SourceDependencies,
): Promise<OpenSource | undefined> {
  const owner = await accounts.currentOwner(login);
  if (owner === undefined) return undefined;
  const installation = through(owner.installation);
  const config = await accountConfig(owner, installation).catch(unlessClosed);
  if (config === undefined || !sharesWith(config, asking) || !config.groups.has(group)) return undefined;
  return { account: owner.id, group, owner, installation, groups: config.groups };
}

/** An account that has shut us out shares nothing; no difference is told to one that never let us in. */
function unlessClosed(error: unknown): undefined {
  if (error instanceof GoneError || error instanceof RefusedError) return undefined;
  throw error;
}

/** Does the source's own config say who has which role in it? */
export const declaresMembers = ({ groups, group }: OpenSource): boolean =>
  membershipsOf(groups, group) !== undefined;

/** The role of a person in the source: by the memberships declared there, else the one on the repository. */
export async function roleInSource(
  source: OpenSource,
  person: Person,
  repositoryRole: Role,
  memberships: Memberships,
): Promise<Role> {
  const declared = membershipsOf(source.groups, source.group);
  if (declared === undefined) return repositoryRole;
  const facts = await memberships.facts(source.installation, source.owner, person, declared, repositoryRole);
  return groupRole(declared, facts);
}
