/** What is done to repositories: made, filled, renamed, hidden, handed on. */
import { createHash } from "node:crypto";
import { organizationShape, userShape } from "../shapes/accounts.js";
import { nextId } from "../state.js";
import type { State } from "../state.js";
import type { Organization, Person, Repository, Visibility } from "../records.js";
import { pushPayload } from "../shapes/push.js";
import { fullName } from "../shapes/repositories.js";

export const emptyCommit = "0".repeat(40);

export function addRepository(
  state: State,
  owner: Person | Organization,
  name: string,
  options: { id?: number; visibility?: Visibility; files?: Readonly<Record<string, string | Uint8Array>> },
): Repository {
  if (state.findRepository(owner.login, name)) throw new Error(`${owner.login}/${name} exists already.`);
  const now = state.now();
  const files = Object.entries(options.files ?? {}).map(([path, text]) => [path, Buffer.from(text)] as const);
  const repository: Repository = {
    id: nextId(state, "repository", options.id),
    name,
    owner,
    formerNames: new Set(),
    visibility: options.visibility ?? "private",
    defaultBranch: "main",
    files: new Map(files),
    grants: new Map(),
    labels: new Map(),
    lastIssue: 0,
    head: emptyCommit,
    createdAt: now,
    updatedAt: now,
  };
  state.repositories.push(repository);
  return repository;
}

/** Writes or (text `undefined`) removes a file. Only the default branch is kept; a push elsewhere is only told. */
export function pushFile(
  state: State,
  person: Person,
  repository: Repository,
  path: string,
  text: string | Uint8Array | undefined,
  branch = repository.defaultBranch,
): void {
  const onDefault = branch === repository.defaultBranch;
  const change = text === undefined ? "removed" : repository.files.has(path) ? "modified" : "added";
  const before = repository.head;
  const after = commitId(repository, state.counters.take("commit"));
  if (onDefault) {
    if (text === undefined) repository.files.delete(path);
    else repository.files.set(path, Buffer.from(text));
    repository.head = after;
    repository.updatedAt = state.now();
  }
  const push = { branch, before, after, change, path, at: state.now() } as const;
  state.announceIn(repository, "push", person, pushPayload(state, repository, person, push));
}

export function renameRepository(state: State, person: Person, repository: Repository, name: string): void {
  const from = repository.name;
  repository.formerNames.add(fullName(repository).toLowerCase());
  repository.name = name;
  state.announceIn(repository, "repository", person, {
    action: "renamed",
    changes: { repository: { name: { from } } },
  });
}

export function setVisibility(state: State, person: Person, repository: Repository, to: Visibility): void {
  repository.visibility = to;
  const action = to === "public" ? "publicized" : "privatized";
  state.announceIn(repository, "repository", person, { action });
}

/** Hands a repository to another account. Only the new owner's installation hears of it. */
export function transferRepository(
  state: State,
  person: Person,
  repository: Repository,
  to: Person | Organization,
): void {
  const from = formerOwner(repository.owner);
  repository.formerNames.add(fullName(repository).toLowerCase());
  repository.owner = to;
  state.announceIn(repository, "repository", person, { action: "transferred", changes: { owner: { from } } });
}

/** Gone for good. GitHub Apps are not told (`repository.deleted` is not for them). */
export function deleteRepository(state: State, repository: Repository): void {
  state.repositories.splice(state.repositories.indexOf(repository), 1);
}

/** The new login holds from now on; both events that GitHub sends follow. */
export function renameOrganization(
  state: State,
  person: Person,
  organization: Organization,
  login: string,
): void {
  const changes = { login: { from: organization.login } };
  organization.login = login;
  state.announceOf(organization, "organization", person, { action: "renamed", changes });
  state.announceOf(organization, "installation_target", person, {
    action: "renamed",
    target_type: "Organization",
    account: userShape(organization),
    changes,
  });
}

function formerOwner(owner: Person | Organization) {
  return owner.type === "Organization"
    ? { organization: organizationShape(owner) }
    : { user: userShape(owner) };
}

function commitId(repository: Repository, count: number): string {
  return createHash("sha1").update(`${repository.id}:${count}`).digest("hex");
}
