/** The app itself: who it is, where it is installed, tokens for its installations. */
import { timestamp } from "../clock.js";
import { appPermissions } from "../records.js";
import type { Installation, JsonObject } from "../records.js";
import { appShape, installationShape } from "../shapes/apps.js";
import { repositoryShape } from "../shapes/repositories.js";
import type { Tokens } from "../tokens.js";
import type { World } from "../world.js";
import { notFound, page, refuse, Refusal, wholeNumber } from "./answers.js";
import { covers } from "./reach.js";
import type { Question, Route } from "./route.js";

const installationOf = ({ world, params }: Question): Installation => {
  const installation = world.installations.get(wholeNumber(params.installation));
  if (!installation) throw notFound();
  return installation;
};

/** The installation on an account or repository, if there is one. */
const found = (world: World, installation: Installation | undefined) => {
  if (!installation) throw notFound();
  return { status: 200, body: installationShape(installation, world.app) };
};

/** A well registered app's; where deliveries really go is up to `deliver`. */
const hookConfig = {
  url: "https://liaison.local/api/github/webhooks",
  content_type: "json",
  insecure_ssl: "0",
  secret: "********",
};

export const appRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/app",
    by: "app",
    handle: ({ world }) => ({ status: 200, body: appShape(world.app) }),
  },
  {
    method: "GET",
    path: "/app/hook/config",
    by: "app",
    handle: () => ({ status: 200, body: hookConfig }),
  },
  {
    method: "GET",
    path: "/installation/repositories",
    by: "installation",
    handle: (question, token) => {
      const { world } = question;
      const all = world.repositories.filter((one) => covers(token, one));
      const answer = page(question, all, (one) => repositoryShape(one, world));
      return { ...answer, body: { total_count: all.length, repositories: answer.body } };
    },
  },
  {
    method: "GET",
    path: "/meta",
    by: "anybody",
    handle: () => ({ status: 200, body: { verifiable_password_authentication: false } }),
  },
  {
    method: "GET",
    path: "/app/installations",
    by: "app",
    handle: (question) =>
      page(question, [...question.world.installations.values()], (one) =>
        installationShape(one, question.world.app),
      ),
  },
  {
    method: "GET",
    path: "/app/installations/{installation}",
    by: "app",
    handle: (question) => found(question.world, installationOf(question)),
  },
  {
    method: "GET",
    path: "/orgs/{org}/installation",
    by: "app",
    handle: ({ world, params }) => {
      const organization = world.findOrganization(params.org ?? "");
      return found(world, organization && world.installationOf(organization));
    },
  },
  {
    method: "GET",
    path: "/users/{user}/installation",
    by: "app",
    handle: ({ world, params }) => {
      const account = world.findAccount(params.user ?? "");
      return found(world, account && world.installationOf(account));
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/installation",
    by: "app",
    handle: ({ world, params }) => {
      const repository = world.findRepository(params.owner ?? "", params.repo ?? "");
      return found(world, repository && world.installationFor(repository));
    },
  },
];

/** `POST /app/installations/{id}/access_tokens`, whole or narrowed to some repositories. */
export function tokenRoute(tokens: Tokens): Route {
  return {
    method: "POST",
    path: "/app/installations/{installation}/access_tokens",
    by: "app",
    handle: (question) => {
      const installation = installationOf(question);
      if (installation.suspendedAt) throw refuse(403, "This installation has been suspended");
      const chosen = narrowed(question.world, installation, question.body);
      const token = tokens.issue(installation, chosen);
      const selected = chosen !== "all" || installation.repositories !== "all";
      return {
        status: 201,
        body: {
          token: token.text,
          expires_at: timestamp(token.expiresAt),
          permissions: appPermissions,
          repository_selection: selected ? "selected" : "all",
        },
      };
    },
  };
}

function narrowed(world: World, { account }: Installation, body: JsonObject): ReadonlySet<number> | "all" {
  const { repositories, repository_ids: ids } = body;
  if (!Array.isArray(repositories) && !Array.isArray(ids)) return "all";
  const wanted: unknown[] = [...list(repositories), ...list(ids)];
  const own = world.repositories.filter(({ owner }) => owner === account);
  const chosen = wanted.map((one) => own.find(({ id, name }) => id === one || name === one)?.id);
  if (chosen.includes(undefined)) throw notInstalled();
  return new Set(chosen.filter((id) => id !== undefined));
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const notInstalled = () =>
  new Refusal({
    status: 422,
    body: {
      message:
        "There is at least one repository that does not exist or is not accessible to the parent installation.",
      documentation_url: "https://docs.github.com/rest",
    },
  });
