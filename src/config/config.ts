/** What the config files say, checked and in our words (DESIGN §6). */
import type { GroupTree } from "../crm/groups.js";
import type { Role } from "../crm/roles.js";
import type { GroupPath } from "../store/documents.js";

export type Show = "auto" | "handles" | "names" | "emails";

/** Settings of one repository: its own file over the account's `defaults`, key by key, over the built-in ones. */
export interface RepositoryConfig {
  readonly group: GroupPath;
  readonly enabled: boolean;
  readonly pullRequests: boolean;
  /** 0 to 10. */
  readonly suggestions: number;
  readonly replies: { readonly onSuccess: "comment" | "reaction"; readonly show: Show };
  readonly commandComments: "auto" | "keep" | "delete";
  readonly labels: LabelSettings;
}

/** Labels that say which customers an issue concerns. */
export interface LabelSettings {
  /** The label of an organization, with one `{name}` in it; undefined: none is ever put on an issue. */
  readonly organization: string | undefined;
  /** In public repositories, too: the names of organizations are seen by everybody there. */
  readonly public: boolean;
}

export interface AccountConfig {
  readonly groups: GroupTree;
  /** Custom repository role (lower case) -> our role. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Accounts that may use this account's groups as contact source: logins (lower case) or numeric ids. */
  readonly shareContactsWith: readonly (string | number)[];
}

/** A mistake in a config file, in words for whoever wrote it. */
export interface ConfigProblem {
  /** "account" is `.github/liaison.yml` in `<account>/.github`; "repository" the same path in the repository. */
  readonly file: "account" | "repository";
  /** From 1; 1 when the file as a whole is meant. */
  readonly line: number;
  readonly column: number;
  /** Where in the document: `groups.support.contact_source`; "" for the whole file. */
  readonly path: string;
  /** One sentence with its remedy. Of a repository's file it names no group that the file does not. */
  readonly message: string;
  /**
   * Did you mean …? For an unknown group in a repository's file: names a group of the account config, which
   * not everybody who can read the repository may know.
   */
  readonly hint?: string;
  /** Not the file is wrong: the app cannot see its repository any more. The message names that one only. */
  readonly invisible?: true;
}

/** What is in force for a repository right now. */
export interface EffectiveConfig {
  readonly account: AccountConfig;
  readonly repository: RepositoryConfig;
  /** Mistakes in the newest files. What is in force comes from the last good versions. */
  readonly problems: readonly ConfigProblem[];
  /** A file is broken and no good version of it is known: CRM is off here until it is mended. */
  readonly unusable: boolean;
}
