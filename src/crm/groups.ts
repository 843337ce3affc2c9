/**
 * The tree of groups an account config declares (DESIGN §4). GitHub organizations do not nest, so
 * this tree is ours. Rules about it are functions of plain data; config/ reads the data from files.
 * Paths are normalised by config/: lower case, below the account, "" for the account itself.
 */
import type { GroupPath } from "../store/documents.js";
import type { Role } from "./roles.js";

/** A group as declared; the top-level group ("") may be declared too. */
export interface Group {
  /** Where its contacts come from; undefined inherits from the group above. */
  readonly contactSource?: SourceName;
  /** Not inherited. */
  readonly enabled: boolean;
  /** Who has which role here and in all groups below; empty where nobody is declared. */
  readonly members: readonly Membership[];
}

/** A source as a config file names it: a group of this account, or of another one. */
export type SourceName =
  | { readonly kind: "own"; readonly group: GroupPath }
  | { readonly kind: "foreign"; readonly login: string; readonly group: GroupPath };

/** A grant of a role to a user or to a team of the account's organization. */
export type Membership =
  | { readonly kind: "user"; readonly login: string; readonly role: Role }
  | { readonly kind: "team"; readonly organization: string; readonly slug: string; readonly role: Role };

/** Every group of an account by its path; the top-level group is always there. */
export type GroupTree = ReadonlyMap<GroupPath, Group>;

/** The groups above `path`, nearest first, the top-level group last; none above the top-level group. */
export function ancestors(path: GroupPath): GroupPath[] {
  if (path === "") return [];
  const parent = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
  return [parent, ...ancestors(parent)];
}

/**
 * The group whose contacts `path` uses: the setting of the nearest group, going up from itself, that
 * has one. It is used as it is, not followed further; with none, the account's top-level group.
 * A foreign source still needs the other account's consent (`sharesWith` in config/).
 */
export function contactSourceOf(tree: GroupTree, path: GroupPath): SourceName {
  for (const group of [path, ...ancestors(path)]) {
    const source = tree.get(group)?.contactSource;
    if (source) return source;
  }
  return { kind: "own", group: "" };
}

/**
 * May contacts and organizations live in `path`? In the top-level group, and in a group that some
 * group of this account names as its source. A group that only other accounts name is not in this tree.
 */
export function mayHoldRecords(tree: GroupTree, path: GroupPath): boolean {
  if (path === "") return true;
  for (const { contactSource } of tree.values())
    if (contactSource?.kind === "own" && contactSource.group === path) return true;
  return false;
}

/** Is CRM on for `path`? Unless its own setting says otherwise; what the groups above say does not matter. */
export const isEnabled = (tree: GroupTree, path: GroupPath): boolean => tree.get(path)?.enabled ?? true;

/**
 * All memberships that count in `path`: its own and those of the groups above. undefined where nobody
 * is declared on the whole way up, so that the role on a repository counts instead (DESIGN §5).
 */
export function membershipsOf(tree: GroupTree, path: GroupPath): Membership[] | undefined {
  const found = [path, ...ancestors(path)].flatMap((group) => tree.get(group)?.members ?? []);
  return found.length > 0 ? found : undefined;
}
