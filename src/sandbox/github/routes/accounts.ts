/** Accounts by login and by id, and what people may do: on repositories, in organizations, in teams. */
import type { Membership, Organization, Team, Token } from "../records.js";
import { organizationShape, publicUserShape, userShape } from "../shapes/accounts.js";
import { api } from "../shapes/urls.js";
import { notFound, refuse, wholeNumber } from "./answers.js";
import { writable } from "./reach.js";
import type { Answer, Question, Route } from "./route.js";

export const accountRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/users/{user}",
    by: "anybody",
    handle: ({ world, params }) => publicUser(world.findAccount(params.user ?? "")),
  },
  {
    method: "GET",
    path: "/user/{id}",
    by: "anybody",
    handle: ({ world, params }) => publicUser(world.findAccountById(wholeNumber(params.id))),
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/collaborators/{user}/permission",
    by: "installation",
    handle: repositoryPermission,
  },
  {
    method: "GET",
    path: "/orgs/{org}/memberships/{user}",
    by: "installation",
    handle: organizationMembership,
  },
  {
    method: "GET",
    path: "/orgs/{org}/teams/{team}/memberships/{user}",
    by: "installation",
    handle: teamMembership,
  },
];

function publicUser(account: Parameters<typeof publicUserShape>[0] | undefined): Answer {
  if (!account) throw notFound();
  return { status: 200, body: publicUserShape(account) };
}

function repositoryPermission(question: Question, token: Token): Answer {
  const repository = writable(question, token);
  const account = someone(question);
  const { permission, roleName } = question.world.permission(repository, account);
  const user = { ...userShape(account), role_name: roleName, permissions: flags(permission, roleName) };
  return { status: 200, body: { permission, role_name: roleName, user } };
}

/** The older way to say the same, still part of the answer. */
function flags(permission: string, roleName: string) {
  const write = permission === "write" || permission === "admin";
  return {
    admin: permission === "admin",
    maintain: permission === "admin" || roleName === "maintain",
    push: write,
    triage: write || roleName === "triage",
    pull: permission !== "none",
  };
}

function organizationMembership(question: Question, token: Token): Answer {
  const organization = question.world.findOrganization(question.params.org ?? "");
  if (!organization) throw notFound();
  if (organization !== token.installation.account)
    throw refuse(403, "Resource not accessible by integration");
  const person = someone(question);
  const membership = organization.members.get(person.id);
  if (!membership) throw notFound();
  const url = `${api}/orgs/${organization.login}`;
  return {
    status: 200,
    body: {
      url: `${url}/memberships/${person.login}`,
      ...membership,
      organization_url: url,
      organization: organizationShape(organization),
      user: userShape(person),
    },
  };
}

function teamMembership(question: Question, token: Token): Answer {
  const { world, params } = question;
  const organization = world.findOrganization(params.org ?? "");
  const team = organization?.teams.get(params.team ?? "");
  if (!organization || !team || organization !== token.installation.account) throw notFound();
  const person = someone(question);
  const state = stateInTeam(organization, team, person.id);
  if (state === undefined) throw notFound();
  const url = `${api}/organizations/${organization.id}/team/${team.slug}/memberships/${person.login}`;
  return { status: 200, body: { url, role: "member", state } };
}

/** Members of child teams count; an active membership anywhere below wins over a pending one. */
function stateInTeam(
  organization: Organization,
  team: Team,
  person: number,
): Membership["state"] | undefined {
  const children = [...organization.teams.values()].filter(({ parent }) => parent === team.slug);
  const states = [
    team.members.get(person),
    ...children.map((child) => stateInTeam(organization, child, person)),
  ];
  return states.includes("active") ? "active" : states.find((state) => state !== undefined);
}

function someone({ world, params }: Question) {
  const account = world.findAccount(params.user ?? "");
  if (!account) throw notFound();
  return account;
}
