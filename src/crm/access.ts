/**
 * Who may do what (DESIGN §5): the roles people have on a repository and in a group, and the table
 * of rights. Facts come in as data; nothing here asks GitHub. A refusal says which role is missing
 * where, so that the reply can name the remedy.
 */
import type { Membership } from "./groups.js";
import { atLeast, higher, type Role } from "./roles.js";

/** GitHub's own repository roles and ours; they win over a custom role of the same name. */
export const builtInRepositoryRoles: ReadonlyMap<string, Role> = new Map([
  ["admin", "owner"],
  ["maintain", "maintainer"],
  ["write", "developer"],
  ["triage", "planner"],
  ["read", "guest"],
  ["none", "none"],
]);

/**
 * The role on a repository, from GitHub's answer about a collaborator.
 * @param answer `permission` is the base level (admin, write, read, none), `roleName` the assigned
 *   role: a built-in one, or a custom role's name in any case. Never from `author_association`.
 * @param customRoles custom repository role (lower case) -> our role, as the account config maps them;
 *   one that is not mapped counts as its base permission
 */
export function repositoryRole(
  answer: { readonly permission: string; readonly roleName: string },
  customRoles: ReadonlyMap<string, Role>,
): Role {
  if (answer.permission === "none") return "none";
  const name = answer.roleName.toLowerCase();
  const base = builtInRepositoryRoles.get(answer.permission) ?? "none";
  return builtInRepositoryRoles.get(name) ?? customRoles.get(name) ?? base;
}

/** What is known about one person when their role in a group is asked. */
export interface PersonFacts {
  /** An owner of the organization, or the user whose account this is. */
  readonly ownsAccount: boolean;
  /** Is the person this user, or an active member of this team? */
  readonly holds: (membership: Membership) => boolean;
  /** On the repository at hand; without one, on the account's config repository. */
  readonly repositoryRole: Role;
}

/**
 * The role in a group: the strongest grant that holds; owners of the account are owners.
 * @param memberships as `membershipsOf` gives them; undefined (nobody is declared) falls back to the
 *   role on the repository
 */
export function groupRole(memberships: readonly Membership[] | undefined, facts: PersonFacts): Role {
  if (facts.ownsAccount) return "owner";
  if (!memberships) return facts.repositoryRole;
  return memberships.filter(facts.holds).reduce<Role>((role, grant) => higher(role, grant.role), "none");
}

/** Where a role is needed: on the issue's repository, in the contact source, in the group records move to. */
export type AccessPlace = "repository" | "source" | "target";

/** The table of DESIGN §5: what may be done with which role in which places. */
export const rights = {
  askForHelp: { repository: "planner" },
  seeContacts: { source: "planner" },
  seeIssueContacts: { repository: "planner", source: "planner" },
  linkContacts: { repository: "planner", source: "planner" },
  editRecords: { source: "developer" },
  eraseRecords: { source: "owner" },
  moveRecords: { source: "developer", target: "developer" },
} as const satisfies Record<string, Partial<Record<AccessPlace, Role>>>;

export type Right = keyof typeof rights;

/** The roles a person has in the places that matter; a place nobody looked at counts as `none`. */
export type Standing = Readonly<Partial<Record<AccessPlace, Role>>>;

export interface MissingRole {
  readonly where: AccessPlace;
  readonly needed: Role;
  readonly has: Role;
}

export type Access =
  { readonly allowed: true } | { readonly allowed: false; readonly missing: readonly MissingRole[] };

/** May somebody of this standing use `right`? If not, every role that is missing, and where. */
export function accessTo(right: Right, standing: Standing): Access {
  const missing = needsOf(right)
    .map(([where, needed]) => ({ where, needed, has: standing[where] ?? "none" }))
    .filter(({ needed, has }) => !atLeast(has, needed));
  return missing.length === 0 ? { allowed: true } : { allowed: false, missing };
}

/** The role `right` needs, for help: the strongest, where places differ. */
export const roleFor = (right: Right): Role =>
  needsOf(right).reduce<Role>((role, [, needed]) => higher(role, needed), "none");

function needsOf(right: Right): (readonly [AccessPlace, Role])[] {
  const needs: Partial<Record<AccessPlace, Role>> = rights[right];
  const places: readonly AccessPlace[] = ["repository", "source", "target"];
  return places.flatMap((place) => {
    const needed = needs[place];
    return needed ? [[place, needed]] : [];
  });
}
