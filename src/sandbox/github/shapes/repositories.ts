/** Repositories as GitHub's API and webhooks write them; the push event has a dialect of its own. */
import { timestamp } from "../clock.js";
import type { Issue, JsonObject, Repository } from "../records.js";
import { userShape } from "./accounts.js";
import { api, nodeId, web } from "./urls.js";

const links: readonly (readonly [key: string, rest: string])[] = [
  ["forks_url", "/forks"],
  ["keys_url", "/keys{/key_id}"],
  ["collaborators_url", "/collaborators{/collaborator}"],
  ["teams_url", "/teams"],
  ["hooks_url", "/hooks"],
  ["issue_events_url", "/issues/events{/number}"],
  ["events_url", "/events"],
  ["assignees_url", "/assignees{/user}"],
  ["branches_url", "/branches{/branch}"],
  ["tags_url", "/tags"],
  ["blobs_url", "/git/blobs{/sha}"],
  ["git_tags_url", "/git/tags{/sha}"],
  ["git_refs_url", "/git/refs{/sha}"],
  ["trees_url", "/git/trees{/sha}"],
  ["statuses_url", "/statuses/{sha}"],
  ["languages_url", "/languages"],
  ["stargazers_url", "/stargazers"],
  ["contributors_url", "/contributors"],
  ["subscribers_url", "/subscribers"],
  ["subscription_url", "/subscription"],
  ["commits_url", "/commits{/sha}"],
  ["git_commits_url", "/git/commits{/sha}"],
  ["comments_url", "/comments{/number}"],
  ["issue_comment_url", "/issues/comments{/number}"],
  ["contents_url", "/contents/{+path}"],
  ["compare_url", "/compare/{base}...{head}"],
  ["merges_url", "/merges"],
  ["archive_url", "/{archive_format}{/ref}"],
  ["downloads_url", "/downloads"],
  ["issues_url", "/issues{/number}"],
  ["pulls_url", "/pulls{/number}"],
  ["milestones_url", "/milestones{/number}"],
  ["notifications_url", "/notifications{?since,all,participating}"],
  ["labels_url", "/labels{/name}"],
  ["releases_url", "/releases{/id}"],
  ["deployments_url", "/deployments"],
];

/** Same whatever the repository: nobody stars or forks anything here. */
const constants = {
  description: null,
  fork: false,
  homepage: null,
  size: 0,
  stargazers_count: 0,
  watchers_count: 0,
  language: null,
  has_issues: true,
  has_projects: true,
  has_downloads: true,
  has_wiki: true,
  has_pages: false,
  has_discussions: false,
  forks_count: 0,
  mirror_url: null,
  archived: false,
  disabled: false,
  license: null,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
  topics: [],
  forks: 0,
  watchers: 0,
};

export const fullName = (repository: Repository) => `${repository.owner.login}/${repository.name}`;

/** Five facts: how installation events list repositories. */
export function repositoryMention(repository: Repository): JsonObject {
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.visibility !== "public",
  };
}

/** `repository-webhooks`. */
export function repositoryShape(
  repository: Repository,
  { issues }: { readonly issues: readonly Issue[] },
): JsonObject {
  const [name, url] = [fullName(repository), `${api}/repos/${fullName(repository)}`];
  const open = issues.filter((one) => one.repository === repository && !one.closedAt && !one.deleted).length;
  return {
    ...repositoryMention(repository),
    owner: userShape(repository.owner),
    html_url: `${web}/${name}`,
    url,
    ...Object.fromEntries(links.map(([key, rest]) => [key, url + rest])),
    created_at: timestamp(repository.createdAt),
    updated_at: timestamp(repository.updatedAt),
    pushed_at: timestamp(repository.updatedAt),
    git_url: `git://github.com/${name}.git`,
    ssh_url: `git@github.com:${name}.git`,
    clone_url: `${web}/${name}.git`,
    svn_url: `${web}/${name}`,
    ...constants,
    visibility: repository.visibility,
    open_issues: open,
    open_issues_count: open,
    default_branch: repository.defaultBranch,
    custom_properties: {},
  };
}

/** `full-repository`: the answer of `GET /repos/{owner}/{repo}`. */
export function fullRepositoryShape(repository: Repository, state: { readonly issues: readonly Issue[] }) {
  return { ...repositoryShape(repository, state), network_count: 0, subscribers_count: 0 };
}

/** The dialect of `push`: web addresses, times in seconds, an owner with name and e-mail. */
export function pushRepositoryShape(repository: Repository, state: { readonly issues: readonly Issue[] }) {
  const { login, id } = repository.owner;
  return {
    ...repositoryShape(repository, state),
    owner: {
      name: login,
      email: `${id}+${login}@users.noreply.github.com`,
      ...userShape(repository.owner),
    },
    url: `${web}/${fullName(repository)}`,
    created_at: Math.floor(repository.createdAt.getTime() / 1000),
    pushed_at: Math.floor(repository.updatedAt.getTime() / 1000),
    stargazers: 0,
    master_branch: repository.defaultBranch,
  };
}
