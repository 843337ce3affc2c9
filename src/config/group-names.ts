/**
 * How config files name groups (DESIGN §4). Names are compared in lower case, as GitHub compares
 * logins. A group of this account may be written below the account ("support/emea") or in full
 * ("acme/support/emea"); "/" and the account's own login are the top-level group.
 */
import type { SourceName } from "../crm/groups.js";
import type { GroupPath } from "../store/documents.js";
import { quote } from "./findings.js";
import { nearest } from "./nearest.js";

/** A group that was found, or what to say of one that was not. */
export type Named<T> = { readonly found: T } | { readonly unknown: UnknownGroup };

export interface UnknownGroup {
  /** One sentence with its remedy, for who can read the account config: may name another group of it. */
  readonly toAccount: () => string;
  /** The same for who may not: names no other group. */
  readonly toRepository: () => string;
  /** The other group that is probably meant, as a question. */
  readonly hint: () => string | undefined;
}

/** What a group is asked of: the paths that exist in the account. */
export interface KnownGroups {
  has(path: GroupPath): boolean;
  keys(): Iterable<GroupPath>;
}

/** The path below the account that a key of `groups:` declares. */
export function declaredPath(name: string, login: string): GroupPath {
  const path = name.toLowerCase();
  return path === "/" ? "" : withoutOwnLogin(path, login);
}

function withoutOwnLogin(path: string, login: string): GroupPath {
  const own = login.toLowerCase();
  if (path === own) return "";
  return path.startsWith(`${own}/`) ? path.slice(own.length + 1) : path;
}

/** A group of this account, by name. A declared group of that very path wins over the full reading. */
export function findGroup(name: string, login: string, groups: KnownGroups): Named<GroupPath> {
  const path = name.toLowerCase();
  const found = [path, declaredPath(path, login)].find((candidate) => groups.has(candidate));
  return found === undefined ? { unknown: unknownGroup(name, groups) } : { found };
}

/**
 * A contact source, by name: a group of this account, or one of another. "@other-org" and
 * "@other-org/crm" always start with an account; "other-org/crm" does when "other-org" is neither a
 * group nor this account. A single word is never another account.
 */
export function findSource(name: string, login: string, groups: KnownGroups): Named<SourceName> {
  const path = name.replace(/^@/, "").toLowerCase();
  const [first = "", ...rest] = path.split("/");
  const isOwn = first === login.toLowerCase();
  const isForeign = name.startsWith("@") ? !isOwn : rest.length > 0 && !isOwn && !groups.has(first);
  if (isForeign && first !== "") return { found: { kind: "foreign", login: first, group: rest.join("/") } };
  const own = name.startsWith("@") ? fullPath(path, login, groups) : findGroup(name, login, groups);
  return "found" in own ? { found: { kind: "own", group: own.found } } : own;
}

function fullPath(path: string, login: string, groups: KnownGroups): Named<GroupPath> {
  const found = declaredPath(path, login);
  return groups.has(found) ? { found } : { unknown: unknownGroup(`@${path}`, groups) };
}

function unknownGroup(name: string, groups: KnownGroups): UnknownGroup {
  const unknown = `Unknown group ${quote(name)}`;
  const meant = () =>
    nearest(
      name,
      [...groups.keys()].filter((path) => path !== ""),
    );
  const toRepository = () =>
    `${unknown}: declare it under "groups" in the account config, or name one that is there.`;
  return {
    toRepository,
    toAccount() {
      const other = meant();
      return other === undefined ? toRepository() : `${unknown}: did you mean ${quote(other)}?`;
    },
    hint() {
      const other = meant();
      return other === undefined ? undefined : `Did you mean ${quote(other)}?`;
    },
  };
}
