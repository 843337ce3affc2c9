/**
 * Who somebody is: on a repository, in an organization, in a team. GitHub's `author_association` is
 * never used: webhooks compute it without a viewer and hide private membership.
 */
import { z } from "zod";
import type { Ask } from "./ask.js";
import type { Installation, RepositoryPermission } from "./github.js";
import { isLogin, isRepositoryName, isTeamSlug } from "./names.js";

type People = Pick<Installation, "permission" | "organizationRole" | "isTeamMember">;

const NOBODY: RepositoryPermission = { permission: "none", roleName: "none", userId: undefined };

const PERMISSION = z.object({
  permission: z.enum(["admin", "write", "read", "none"]),
  role_name: z.string().nullish(),
  user: z.object({ id: z.number() }).nullish(),
});
const MEMBERSHIP = z.object({ state: z.string(), role: z.string() });

export function createPeople(ask: Ask): People {
  return {
    async permission({ owner, name }, login) {
      if (!isLogin(owner) || !isRepositoryName(name) || !isLogin(login)) return NOBODY;
      const answer = await ask({
        route: "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
        parameters: { owner, repo: name, username: login },
        schema: PERMISSION,
        alsoAnswers: [404],
      });
      if (!answer.ok) return NOBODY;
      const { permission, role_name, user } = answer.data;
      return { permission, roleName: role_name ?? permission, userId: user?.id };
    },

    async organizationRole(organization, login) {
      if (!isLogin(organization) || !isLogin(login)) return "none";
      const answer = await ask({
        route: "GET /orgs/{org}/memberships/{username}",
        parameters: { org: organization, username: login },
        schema: MEMBERSHIP,
        alsoAnswers: [403, 404],
      });
      if (!answer.ok || answer.data.state !== "active") return "none";
      const { role } = answer.data;
      return role === "admin" || role === "member" ? role : "none";
    },

    async isTeamMember(organization, slug, login) {
      if (!isLogin(organization) || !isTeamSlug(slug) || !isLogin(login)) return false;
      const answer = await ask({
        route: "GET /orgs/{org}/teams/{team_slug}/memberships/{username}",
        parameters: { org: organization, team_slug: slug, username: login },
        schema: MEMBERSHIP,
        alsoAnswers: [403, 404], // 403: the app may not read members (any more)
      });
      return answer.ok && answer.data.state === "active";
    },
  };
}
