/**
 * What the local GitHub knows: accounts, repositories, issues, comments, reactions, installations.
 * Plain mutable records; only the acts change them, only the shapes turn them into GitHub's JSON.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

export interface Account {
  readonly id: number;
  /** May change (a rename); everything refers to the record, never to the login. */
  login: string;
  readonly type: "Organization" | "User" | "Bot";
  readonly name: string;
  readonly createdAt: Date;
}

/** A human being with a GitHub account. */
export interface Person extends Account {
  readonly type: "User";
}

export interface Membership {
  readonly role: "admin" | "member";
  /** "pending": invited, not a member yet. */
  readonly state: "active" | "pending";
}

export interface Team {
  readonly slug: string;
  /** Slug of the parent team: members of a team count as members of its parents. */
  readonly parent: string | undefined;
  /** By person id. */
  readonly members: Map<number, "active" | "pending">;
}

export interface Organization extends Account {
  readonly type: "Organization";
  /** By person id. "admin" are the owners. */
  readonly members: Map<number, Membership>;
  /** By slug. */
  readonly teams: Map<string, Team>;
}

export type Permission = "admin" | "write" | "read" | "none";

/** What a person was given on a repository. */
export interface Grant {
  readonly permission: Permission;
  /** read, triage, write, maintain, admin, or the name of a custom role. */
  readonly roleName: string;
}

export type Visibility = "public" | "private" | "internal";

export interface Repository {
  readonly id: number;
  name: string;
  owner: Person | Organization;
  /** `owner/name`, lower case, of earlier: the API redirects from them. */
  readonly formerNames: Set<string>;
  visibility: Visibility;
  readonly defaultBranch: string;
  /** The default branch: path without leading slash -> content. */
  readonly files: Map<string, Buffer>;
  /** By person id. */
  readonly grants: Map<number, Grant>;
  /** By lower-case name: GitHub ignores case. */
  readonly labels: Map<string, Label>;
  /** Number of the newest issue. */
  lastIssue: number;
  /** Commit id of the default branch. */
  head: string;
  readonly createdAt: Date;
  updatedAt: Date;
}

/** Made in a repository, put on any number of its issues. */
export interface Label {
  readonly id: number;
  /** As it was first written. */
  readonly name: string;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly repository: Repository;
  title: string;
  body: string | null;
  readonly author: Account;
  readonly isPullRequest: boolean;
  readonly createdAt: Date;
  updatedAt: Date;
  /** Undefined while open. */
  closedAt: Date | undefined;
  locked: boolean;
  /** In the order in which they were put on. */
  readonly labels: Set<Label>;
  deleted: boolean;
  /** Where a transfer took it. */
  movedTo: Issue | undefined;
}

export interface Comment {
  readonly id: number;
  issue: Issue;
  readonly author: Account;
  body: string;
  /** Written by the app, through the API. */
  readonly viaApp: boolean;
  readonly createdAt: Date;
  updatedAt: Date;
}

export const reactionContents = [
  "+1",
  "-1",
  "laugh",
  "confused",
  "heart",
  "hooray",
  "rocket",
  "eyes",
] as const;
export type ReactionContent = (typeof reactionContents)[number];

export interface Reaction {
  readonly id: number;
  readonly target: Comment | Issue;
  readonly content: ReactionContent;
  readonly author: Account;
  readonly createdAt: Date;
}

export interface Installation {
  readonly id: number;
  readonly account: Person | Organization;
  /** Ids of the chosen repositories, or all of the account. */
  repositories: Set<number> | "all";
  suspendedAt: Date | undefined;
  readonly createdAt: Date;
}

/** What an installation shows to be let in. */
export interface Token {
  readonly text: string;
  readonly installation: Installation;
  /** Ids it was narrowed to. */
  readonly repositories: ReadonlySet<number> | "all";
  readonly expiresAt: Date;
}

/** The GitHub App that is tried out. */
export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  /** The account its comments are written by: `<slug>[bot]`. */
  readonly bot: Account;
  readonly createdAt: Date;
}

export const appPermissions = {
  contents: "read",
  issues: "write",
  members: "read",
  metadata: "read",
  pull_requests: "write",
} as const;

export const appEvents = [
  "issue_comment",
  "issues",
  "member",
  "membership",
  "organization",
  "push",
  "repository",
  "team",
] as const;
