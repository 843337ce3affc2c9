/**
 * Webhook payloads for tests: real ones of GitHub's (fixtures/payloads), changed only where the test
 * says so. Each call gives a copy of its own.
 */
import { payload } from "./payload-fixtures.js";
import type { Payloads } from "./payload-fixtures.js";

export { payload } from "./payload-fixtures.js";
export type { PayloadName, Payloads } from "./payload-fixtures.js";

export interface Who {
  readonly id: number;
  readonly login: string;
  readonly type?: "User" | "Bot";
}

/** Where it happens; left out, it is as in the fixture. */
export interface Where {
  readonly installation?: number;
  readonly repository?: { readonly id?: number; readonly owner?: Owner; readonly name?: string };
  readonly visibility?: "public" | "private" | "internal";
  readonly issue?: { readonly id?: number; readonly number?: number; readonly title?: string };
  readonly isPullRequest?: boolean;
}

export interface Owner {
  readonly id: number;
  readonly login: string;
  readonly type: "Organization" | "User";
}

export interface CommentOptions extends Where {
  readonly body: string;
  readonly id?: number;
  readonly author?: Who;
  /** Who acts; the author if left out. */
  readonly sender?: Who;
  /** Id of the app that wrote it. */
  readonly viaApp?: number;
}

/** Somebody wrote a comment. */
export function issueComment(options: CommentOptions): Payloads["issue_comment.created"] {
  return withComment(payload("issue_comment.created"), options);
}

/** Somebody edited one. `previous` null: GitHub did not say what it was before. */
export function editedComment(
  options: CommentOptions & { readonly previous: string | null },
): Payloads["issue_comment.edited"] {
  const edited = withComment(payload("issue_comment.edited"), options);
  edited.changes = options.previous === null ? {} : { body: { from: options.previous } };
  return edited;
}

export function deletedComment(options: CommentOptions): Payloads["issue_comment.deleted"] {
  return withComment(payload("issue_comment.deleted"), options);
}

export interface IssueOptions extends Where {
  readonly body: string | null;
  readonly author?: Who;
  readonly sender?: Who;
}

/** Somebody opened an issue, or it came from another repository. */
export function openedIssue(
  options: IssueOptions & { readonly byTransfer?: boolean },
): Payloads["issues.opened"] {
  const opened = payload(options.byTransfer === true ? "issues.opened.by-transfer" : "issues.opened");
  return withIssue(opened, options);
}

/** Somebody edited the issue's text; `previous` undefined: only its title. */
export function editedIssue(
  options: IssueOptions & { readonly previous?: string },
): Payloads["issues.edited"] {
  const edited = withIssue(payload("issues.edited"), options);
  const from = options.previous;
  edited.changes = from === undefined ? { title: { from: "Another title" } } : { body: { from } };
  return edited;
}

/** A push that changes files of a branch, `refs/heads/<default branch>` if left out. */
export function pushed(
  options: Where & { readonly paths: readonly string[]; readonly ref?: string },
): Payloads["push"] {
  const push = payload("push");
  place(push, options);
  push.ref = options.ref ?? `refs/heads/${push.repository.default_branch}`;
  for (const commit of [push.head_commit, ...push.commits]) if (commit) commit.modified = [...options.paths];
  return push;
}

/** The parts of a payload that the options may change, as far as they are the same in all of them. */
interface Placed {
  repository: {
    id: number;
    name: string;
    full_name: string;
    private: boolean;
    visibility?: string;
    owner: Person | null;
  };
  installation?: { id: number };
}

interface Person {
  id?: number;
  login?: string;
  type?: string;
}

interface Discussed extends Placed {
  issue: { id: number; number: number; title: string; user: Person | null; pull_request?: object };
  sender: Person;
}

function withComment<
  P extends Discussed & {
    comment: { id: number; body: string; user: Person | null; performed_via_github_app?: object | null };
  },
>(changed: P, options: CommentOptions): P {
  discuss(changed, options);
  const { comment } = changed;
  comment.body = options.body;
  comment.id = options.id ?? comment.id;
  const author = options.author;
  if (author && comment.user) Object.assign(comment.user, { type: "User", ...author });
  if (options.viaApp !== undefined) comment.performed_via_github_app = app(options.viaApp, changed.sender);
  return changed;
}

function withIssue<P extends Discussed & { issue: { body?: string | null } }>(
  changed: P,
  options: IssueOptions,
): P {
  discuss(changed, options);
  changed.issue.body = options.body;
  if (options.author && changed.issue.user)
    Object.assign(changed.issue.user, { type: "User", ...options.author });
  return changed;
}

function discuss(
  changed: Discussed,
  options: Where & { readonly author?: Who; readonly sender?: Who },
): void {
  place(changed, options);
  Object.assign(changed.issue, options.issue);
  if (options.isPullRequest === true) changed.issue.pull_request = pullRequestLinks(changed);
  const sender = options.sender ?? options.author;
  if (sender) Object.assign(changed.sender, { type: "User", ...sender });
}

function pullRequestLinks({ repository, issue }: Discussed): object {
  const page = `https://github.com/${repository.full_name}/pull/${issue.number}`;
  const url = `https://api.github.com/repos/${repository.full_name}/pulls/${issue.number}`;
  return { url, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch`, merged_at: null };
}

function place(changed: Placed, { installation, repository, visibility }: Where): void {
  const target = changed.repository;
  if (installation !== undefined && changed.installation) changed.installation.id = installation;
  if (repository?.owner && target.owner) Object.assign(target.owner, repository.owner);
  target.id = repository?.id ?? target.id;
  target.name = repository?.name ?? target.name;
  target.full_name = `${target.owner?.login ?? ""}/${target.name}`;
  if (visibility === undefined) return;
  target.visibility = visibility;
  target.private = visibility !== "public";
}

function app(id: number, owner: object): object {
  const rights = { permissions: { issues: "write" }, events: ["issue_comment"] };
  const times = { created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z" };
  const urls = { external_url: "https://example.com", html_url: "https://github.com/apps/an-app" };
  return {
    id,
    slug: "an-app",
    node_id: "A_1",
    owner,
    name: "An app",
    description: "",
    ...rights,
    ...urls,
    ...times,
  };
}
