/**
 * The tree of groups an account config declares (DESIGN §4). GitHub organizations do not nest, so
 * this tree is ours. Rules about it are functions of plain data; config/ reads the data from files.
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
