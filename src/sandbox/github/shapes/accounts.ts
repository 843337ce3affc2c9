/** Users, bots and organizations as GitHub's API and webhooks write them. */
import { timestamp } from "../clock.js";
import type { Account, JsonObject, Organization } from "../records.js";
import { api, nodeId, web } from "./urls.js";

const links: readonly (readonly [key: string, rest: string])[] = [
  ["followers_url", "/followers"],
  ["following_url", "/following{/other_user}"],
  ["gists_url", "/gists{/gist_id}"],
  ["starred_url", "/starred{/owner}{/repo}"],
  ["subscriptions_url", "/subscriptions"],
  ["organizations_url", "/orgs"],
  ["repos_url", "/repos"],
  ["events_url", "/events{/privacy}"],
  ["received_events_url", "/received_events"],
];

const kinds = { Organization: "O", User: "U", Bot: "BOT" } as const;

/** `simple-user`: how any account appears inside other things. */
export function userShape(account: Account): JsonObject {
  const url = `${api}/users/${encodeURIComponent(account.login)}`;
  const page = account.type === "Bot" ? `apps/${account.login.replace("[bot]", "")}` : account.login;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(kinds[account.type], account.id),
    avatar_url: `https://avatars.githubusercontent.com/u/${account.id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `${web}/${page}`,
    ...Object.fromEntries(links.map(([key, rest]) => [key, url + rest])),
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** `public-user`: the answer of `GET /users/{login}`, for organizations too. */
export function publicUserShape(account: Account): JsonObject {
  const date = timestamp(account.createdAt);
  return {
    ...userShape(account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: date,
    updated_at: date,
  };
}

/** `organization-simple`: how webhooks and memberships name an organization. */
export function organizationShape(organization: Organization): JsonObject {
  const url = `${api}/orgs/${organization.login}`;
  return {
    login: organization.login,
    id: organization.id,
    node_id: nodeId("O", organization.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${organization.id}?v=4`,
    description: null,
  };
}
