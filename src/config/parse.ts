/**
 * The text of a config file -> what it says, or everything that is wrong with it at once (DESIGN §6).
 * Never throws, whatever the text; an empty file says nothing, which is fine.
 */
import type { GroupTree } from "../crm/groups.js";
import type { AccountConfig, ConfigProblem } from "./config.js";
import { readRoles } from "./custom-roles.js";
import { toProblems, type Finding, type Path } from "./findings.js";
import { findGroup, type KnownGroups, type UnknownGroup } from "./group-names.js";
import { readGroups } from "./group-tree.js";
import { check } from "./mistakes.js";
import type { RepositorySettings } from "./repository-settings.js";
import { accountFile, repositoryFile, type AccountFile, type RepositoryFile } from "./schema.js";
import { readYaml, type Reading } from "./yaml-value.js";

export type Parsed<T> =
  | { readonly good: true; readonly value: T }
  | { readonly good: false; readonly problems: readonly ConfigProblem[] };

/** What an account config says. */
export interface AccountSettings {
  readonly config: AccountConfig;
  /** For all repositories of the account. */
  readonly defaults: RepositorySettings;
  /** For the `.github` repository itself: the repository keys at the top level of the file. */
  readonly own: RepositorySettings;
}

/** The account config of the account `login` (any case). */
export function parseAccountFile(text: string, login: string): Parsed<AccountSettings> {
  const reading = readYaml(text);
  const checked = reading.readable ? check("account", accountFile, reading) : undefined;
  const file = checked?.value ?? {};
  const groups = readGroups(file.groups, login, reading);
  const rest = inAccount(file, login, wereGroupsLost(file, reading) ? anyGroup : groups.tree, reading);
  const roles = readRoles(file.roles, reading);
  const checks = [reading, groups, roles].flatMap(({ findings }) => findings);
  const findings = [...checks, ...(checked?.findings ?? []), ...rest];
  if (findings.length > 0) return { good: false, problems: toProblems("account", findings) };
  const settings = (part: RepositoryFile) => settingsOf(part, login, groups.tree);
  const config = { groups: groups.tree, roles: roles.roles, shareContactsWith: sharesOf(file) };
  return { good: true, value: { config, defaults: settings(file.defaults ?? {}), own: settings(file) } };
}

/**
 * The config file of a repository.
 * @param account its login (any case) and the groups it declares; `groups` is undefined when they are
 *   not known, and then a named group is not looked for
 */
export function parseRepositoryFile(
  text: string,
  account: { readonly login: string; readonly groups: GroupTree | undefined },
): Parsed<RepositorySettings> {
  const reading = readYaml(text);
  const checked = reading.readable ? check("repository", repositoryFile, reading) : undefined;
  const file = checked?.value ?? {};
  const unknown = account.groups && unknownGroup(file, [], account.login, account.groups, reading);
  const group = unknown ? [{ ...unknown.where, say: unknown.toRepository, hint: unknown.hint }] : [];
  const findings = [...reading.findings, ...(checked?.findings ?? []), ...group];
  if (findings.length > 0) return { good: false, problems: toProblems("repository", findings) };
  return { good: true, value: settingsOf(file, account.login, account.groups ?? new Map()) };
}

/** `groups` itself is wrong and said to be: which groups it was to declare nobody knows. */
const wereGroupsLost = (file: AccountFile, reading: Reading): boolean =>
  file.groups === undefined && reading.at(["groups"]) !== undefined;

const anyGroup: KnownGroups = { has: () => true, keys: () => [] };

function inAccount(file: AccountFile, login: string, groups: KnownGroups, reading: Reading): Finding[] {
  return [
    unknownGroup(file, [], login, groups, reading),
    unknownGroup(file.defaults ?? {}, ["defaults"], login, groups, reading),
  ].flatMap((unknown) => (unknown ? [{ ...unknown.where, say: unknown.toAccount }] : []));
}

/** The `group` that a file names, if there is none, and where it does. */
function unknownGroup(
  file: RepositoryFile,
  above: Path,
  login: string,
  groups: KnownGroups,
  reading: Reading,
): (UnknownGroup & { readonly where: Pick<Finding, "path" | "at"> }) | undefined {
  if (file.group === undefined) return undefined;
  const named = findGroup(file.group, login, groups);
  if ("found" in named) return undefined;
  const path = [...above, "group"];
  return { ...named.unknown, where: { path, at: reading.placeOf(path, "value") } };
}

const sharesOf = (file: AccountFile): (string | number)[] =>
  (file.share_contacts_with ?? []).map((account) =>
    typeof account === "number" ? account : account.replace(/^@/, "").toLowerCase(),
  );

function settingsOf(file: RepositoryFile, login: string, groups: KnownGroups): RepositorySettings {
  const group = file.group === undefined ? undefined : findGroup(file.group, login, groups);
  return {
    group: group && "found" in group ? group.found : undefined,
    enabled: file.enabled,
    pullRequests: file.pull_requests,
    suggestions: file.suggestions,
    replies: { onSuccess: file.replies?.on_success, show: file.replies?.show },
    commandComments: file.command_comments,
    labels: { organization: file.labels?.organization, public: file.labels?.public },
  };
}
