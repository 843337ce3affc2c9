/** Installing the app and its ends: what `installation` and `installation_repositories` tell. */
import { userShape } from "../shapes/accounts.js";
import { installationShape } from "../shapes/apps.js";
import { repositoryMention } from "../shapes/repositories.js";
import { nextId } from "../state.js";
import type { State } from "../state.js";
import type { Installation, JsonObject, Organization, Person, Repository } from "../records.js";

/** The app comes to an account: to all its repositories, or to the ones named. */
export function install(
  state: State,
  person: Person,
  account: Person | Organization,
  options: { id?: number; repositories?: readonly Repository[] },
): Installation {
  if (state.installationOf(account)) throw new Error(`The app is installed on ${account.login} already.`);
  const installation: Installation = {
    id: nextId(state, "installation", options.id),
    account,
    repositories: options.repositories ? new Set(options.repositories.map(({ id }) => id)) : "all",
    suspendedAt: undefined,
    createdAt: state.now(),
  };
  state.installations.set(installation.id, installation);
  tell(state, person, installation, "created", { repositories: mentions(state, installation) });
  return installation;
}

export function uninstall(state: State, person: Person, installation: Installation): void {
  const repositories = mentions(state, installation);
  state.installations.delete(installation.id);
  tell(state, person, installation, "deleted", { repositories });
}

export function suspend(state: State, person: Person, installation: Installation): void {
  installation.suspendedAt = state.now();
  tell(state, person, installation, "suspend", {});
}

export function unsuspend(state: State, person: Person, installation: Installation): void {
  installation.suspendedAt = undefined;
  tell(state, person, installation, "unsuspend", {});
}

/** Changes which repositories a "selected" installation covers. */
export function selectRepositories(
  state: State,
  person: Person,
  installation: Installation,
  change: { readonly add?: readonly Repository[]; readonly remove?: readonly Repository[] },
): void {
  const { add = [], remove = [] } = change;
  const chosen = new Set(covered(state, installation).map(({ id }) => id));
  for (const { id } of add) chosen.add(id);
  for (const { id } of remove) chosen.delete(id);
  installation.repositories = chosen;
  if (add.length > 0) tellRepositories(state, person, installation, "added", add);
  if (remove.length > 0) tellRepositories(state, person, installation, "removed", remove);
}

function covered(state: State, { account, repositories }: Installation): Repository[] {
  const own = state.repositories.filter(({ owner }) => owner === account);
  return repositories === "all" ? own : own.filter(({ id }) => repositories.has(id));
}

const mentions = (state: State, installation: Installation) =>
  covered(state, installation).map(repositoryMention);

function tellRepositories(
  state: State,
  person: Person,
  installation: Installation,
  action: "added" | "removed",
  repositories: readonly Repository[],
): void {
  state.announce(installation, "installation_repositories", null, {
    action,
    installation: installationShape(installation, state.app),
    repository_selection: "selected",
    repositories_added: action === "added" ? repositories.map(repositoryMention) : [],
    repositories_removed: action === "removed" ? repositories.map(repositoryMention) : [],
    requester: null,
    sender: userShape(person),
  });
}

function tell(state: State, person: Person, installation: Installation, action: string, more: JsonObject) {
  state.announce(installation, "installation", null, {
    action,
    installation: installationShape(installation, state.app),
    ...more,
    sender: userShape(person),
  });
}
