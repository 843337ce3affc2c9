/** Issues, comments and reactions as GitHub's API and webhooks write them. */
import { timestamp } from "../clock.js";
import { reactionContents } from "../records.js";
import type { App, Comment, Issue, JsonObject, Label, Reaction, Repository } from "../records.js";
import { userShape } from "./accounts.js";
import { appShape } from "./apps.js";
import { fullName } from "./repositories.js";
import { api, nodeId, web } from "./urls.js";

/** What the shapes need to know besides the record itself. */
export interface Surroundings {
  readonly app: App;
  commentsOf(issue: Issue): readonly Comment[];
  reactionsOf(target: Comment | Issue): readonly Reaction[];
}

/** Webhooks compute it without a viewer: private members of an organization arrive as NONE. Never authorize on it. */
const association = (author: { readonly id: number }, repository: Repository) =>
  author.id === repository.owner.id ? "OWNER" : "NONE";

function rollup(url: string, reactions: readonly Reaction[]): JsonObject {
  const count = (content: string) => reactions.filter((one) => one.content === content).length;
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    ...Object.fromEntries(reactionContents.map((content) => [content, count(content)])),
  };
}

function pullRequestLinks({ number, repository }: Issue): JsonObject {
  const page = `${web}/${fullName(repository)}/pull/${number}`;
  return {
    url: `${api}/repos/${fullName(repository)}/pulls/${number}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    merged_at: null,
  };
}

export const issueUrl = ({ repository, number }: Issue) =>
  `${api}/repos/${fullName(repository)}/issues/${number}`;

const issuePage = ({ repository, number, isPullRequest }: Issue) =>
  `${web}/${fullName(repository)}/${isPullRequest ? "pull" : "issues"}/${number}`;

export function issueShape(issue: Issue, around: Surroundings): JsonObject {
  const url = issueUrl(issue);
  return {
    url,
    repository_url: `${api}/repos/${fullName(issue.repository)}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: issuePage(issue),
    id: issue.id,
    node_id: nodeId(issue.isPullRequest ? "PR" : "I", issue.id),
    number: issue.number,
    title: issue.title,
    user: userShape(issue.author),
    labels: [...issue.labels].map((label) => labelShape(label, issue)),
    state: issue.closedAt ? "closed" : "open",
    state_reason: issue.closedAt ? "completed" : null,
    locked: issue.locked,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: around.commentsOf(issue).length,
    created_at: timestamp(issue.createdAt),
    updated_at: timestamp(issue.updatedAt),
    closed_at: issue.closedAt ? timestamp(issue.closedAt) : null,
    author_association: association(issue.author, issue.repository),
    active_lock_reason: null,
    ...(issue.isPullRequest ? { draft: false, pull_request: pullRequestLinks(issue) } : {}),
    body: issue.body,
    reactions: rollup(url, around.reactionsOf(issue)),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
  };
}

/** A label that came to be by being put on an issue is grey and says nothing of itself. */
export function labelShape({ id, name }: Label, { repository }: Issue): JsonObject {
  return {
    id,
    node_id: nodeId("LA", id),
    url: `${api}/repos/${fullName(repository)}/labels/${encodeURIComponent(name)}`,
    name,
    color: "ededed",
    default: false,
    description: null,
  };
}

export function commentShape(comment: Comment, around: Surroundings): JsonObject {
  const { issue } = comment;
  const url = `${api}/repos/${fullName(issue.repository)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issuePage(issue)}#issuecomment-${comment.id}`,
    issue_url: issueUrl(issue),
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    user: userShape(comment.author),
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    author_association: association(comment.author, issue.repository),
    body: comment.body,
    reactions: rollup(url, around.reactionsOf(comment)),
    performed_via_github_app: comment.viaApp ? appShape(around.app) : null,
  };
}

export function reactionShape(reaction: Reaction): JsonObject {
  return {
    id: reaction.id,
    node_id: nodeId("REA", reaction.id),
    user: userShape(reaction.author),
    content: reaction.content,
    created_at: timestamp(reaction.createdAt),
  };
}
