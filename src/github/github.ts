/**
 * All we ask of GitHub and tell it, as the rest of the house sees it. Every method may reject with
 * an error of errors.ts and nothing else; none of them retries a POST of a comment by itself.
 */

import type { Hook } from "./hook.js";

/** A repository as the delivery named it: ids last, names address the API. */
export interface RepositoryRef {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

/** Where a comment hangs. */
export interface IssueRef {
  readonly repository: RepositoryRef;
  readonly number: number;
}

/** What a reaction is put on: a comment by id, or the issue itself (for commands in its body). */
export type ReactionTarget = { readonly kind: "comment"; readonly id: number } | { readonly kind: "issue" };

export type ReactionContent = "+1" | "confused";

export interface RepositoryPermission {
  readonly permission: "admin" | "write" | "read" | "none";
  /** The assigned role: read, triage, write, maintain, admin, or a custom role's name; as `permission` when absent. */
  readonly roleName: string;
  /** Id of the user the answer is about; undefined when GitHub does not say. */
  readonly userId: number | undefined;
}

export type FileAnswer =
  | { readonly state: "found"; readonly text: string; readonly etag: string | undefined }
  | { readonly state: "absent" }
  /** The repository itself is not there, or not for this installation to see: nothing is known of the file. */
  | { readonly state: "invisible" }
  | { readonly state: "unchanged" }
  /** Bigger than what the caller accepts, a folder, or not text. */
  | { readonly state: "unreadable"; readonly reason: string };

/**
 * Asked right before every request that changes something on GitHub, when nothing but the network is
 * left to wait for.
 * @param ms how long the request can take at most
 * @returns a promise that resolves when nobody else can write for that long, and else rejects with
 *   FencedError: then the request is not sent
 */
export type Fence = (ms: number) => Promise<void>;

/** GitHub through one installation of the app. */
export interface Installation {
  /** What `login` may do on the repository; permission "none" when GitHub says 404. */
  permission(repository: RepositoryRef, login: string): Promise<RepositoryPermission>;
  /** "admin" are the organization's owners. "none" also for pending members. */
  organizationRole(organization: string, login: string): Promise<"admin" | "member" | "none">;
  /** Active members only, those of child teams included; false for unknown teams, and where GitHub does not let us see members. */
  isTeamMember(organization: string, slug: string, login: string): Promise<boolean>;
  /**
   * A file on the default branch. `etag` makes the request conditional. "absent" says that the repository
   * can be read and has no such file; where it cannot be (it may not exist), the answer is "invisible".
   */
  readFile(
    repository: Pick<RepositoryRef, "owner" | "name">,
    path: string,
    options: { readonly etag?: string | undefined; readonly maxBytes: number },
  ): Promise<FileAnswer>;
  createComment(issue: IssueRef, body: string): Promise<{ readonly id: number }>;
  /** @throws GoneError when the comment was deleted */
  updateComment(issue: IssueRef, comment: number, body: string): Promise<void>;
  /** The text of a comment as it is now; undefined when it is gone. */
  commentText(issue: IssueRef, comment: number): Promise<string | undefined>;
  /** A comment that is already gone is no error. */
  deleteComment(issue: IssueRef, comment: number): Promise<void>;
  /** The newest comment of this app on the issue, made at or after `since`, that contains `marker`. */
  findOwnComment(issue: IssueRef, marker: string, since: Date): Promise<{ readonly id: number } | undefined>;
  /** Idempotent. @returns the reaction's id */
  react(issue: IssueRef, target: ReactionTarget, content: ReactionContent): Promise<{ readonly id: number }>;
  /** A reaction that is already gone is no error. */
  unreact(issue: IssueRef, target: ReactionTarget, reaction: number): Promise<void>;
  /** What GitHub says of an issue now, and who can see its repository. Both are named by id: names change hands. */
  lookAt(issue: IssueRef): Promise<{
    readonly repository: number;
    readonly visibility: "public" | "private" | "internal";
    readonly issue: number;
    readonly labels: readonly string[];
  }>;
  /**
   * Puts labels on the issue, and makes those that the repository does not have. Idempotent.
   * @param labels at most 50 characters each, without commas; case is ignored by GitHub
   */
  addLabels(issue: IssueRef, labels: readonly string[]): Promise<void>;
  /** Takes a label off the issue; the repository keeps it. One that is not there is no error. */
  removeLabel(issue: IssueRef, label: string): Promise<void>;
}

export interface GitHub {
  /** What GitHub says of its deliveries to us. */
  readonly hook: Hook;
  /** @param fence guards what this installation object writes; without one nothing does */
  installation(id: number, fence?: Fence): Installation;
  /** The account of a login, asked without an installation; undefined when there is none. */
  account(
    login: string,
  ): Promise<
    { readonly id: number; readonly login: string; readonly type: "Organization" | "User" } | undefined
  >;
  /** Does the signature (`sha256=…`) fit the raw body? */
  verify(body: string, signature: string): Promise<boolean>;
  /** Numeric id of this app: tells our own comments from those of others. */
  readonly appId: number;
}
