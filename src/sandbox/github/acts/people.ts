/** Accounts, memberships, teams and grants: the stage. None of it makes a webhook the app listens to. */
import { nextId } from "../state.js";
import type { State } from "../state.js";
import type { Grant, Membership, Organization, Person, Repository } from "../records.js";

/** A role on a repository: one of GitHub's five, a custom one with its base, or none. */
export type RoleName = "read" | "triage" | "write" | "maintain" | "admin";
export type RoleChoice = RoleName | { readonly name: string; readonly base: RoleName };

const permissions = {
  read: "read",
  triage: "read",
  write: "write",
  maintain: "write",
  admin: "admin",
} as const;

export function addPerson(state: State, login: string, options: { id?: number; name?: string }): Person {
  const person: Person = {
    id: nextId(state, "person", options.id),
    login: unused(state, login),
    type: "User",
    name: options.name ?? login,
    createdAt: state.now(),
  };
  state.accounts.push(person);
  return person;
}

export function addOrganization(
  state: State,
  login: string,
  options: { id?: number; name?: string; owners?: readonly Person[]; members?: readonly Person[] },
): Organization {
  const organization: Organization = {
    id: nextId(state, "organization", options.id),
    login: unused(state, login),
    type: "Organization",
    name: options.name ?? login,
    createdAt: state.now(),
    members: new Map(),
    teams: new Map(),
  };
  for (const member of options.members ?? [])
    setMember(organization, member, { role: "member", state: "active" });
  for (const owner of options.owners ?? [])
    setMember(organization, owner, { role: "admin", state: "active" });
  state.accounts.push(organization);
  return organization;
}

/** `undefined` takes the person out of the organization and of its teams. */
export function setMember(
  organization: Organization,
  person: Person,
  membership: Membership | undefined,
): void {
  if (membership) {
    organization.members.set(person.id, membership);
    return;
  }
  organization.members.delete(person.id);
  for (const team of organization.teams.values()) team.members.delete(person.id);
}

export function setTeam(
  organization: Organization,
  slug: string,
  members: readonly Person[],
  options: { parent?: string; pending?: readonly Person[] },
): void {
  const states = new Map<number, "active" | "pending">();
  for (const person of options.pending ?? []) states.set(person.id, "pending");
  for (const person of members) states.set(person.id, "active");
  organization.teams.set(slug, { slug, parent: options.parent, members: states });
}

/** `undefined` takes the role away: on a public repository, read is left. */
export function setRole(repository: Repository, person: Person, role: RoleChoice | undefined): void {
  if (role === undefined) repository.grants.delete(person.id);
  else repository.grants.set(person.id, grantOf(role));
}

function grantOf(role: RoleChoice): Grant {
  return typeof role === "string"
    ? { permission: permissions[role], roleName: role }
    : { permission: permissions[role.base], roleName: role.name };
}

function unused(state: State, login: string): string {
  if (state.findAccount(login)) throw new Error(`There is an account named ${login} already.`);
  return login;
}
