/** What the app asks of GitHub when it is registered: the same as app.yml, which says why. */
import type { Permissions } from "../github/inspection.js";

export const wantedPermissions: Permissions = {
  metadata: "read",
  contents: "read",
  issues: "write",
  pull_requests: "write",
  members: "read",
};

export const wantedEvents: readonly string[] = ["issue_comment", "issues", "push"];

const LEVELS = ["none", "read", "write", "admin"];
const levelOf = (permissions: Permissions, name: string): number =>
  LEVELS.indexOf(permissions[name] ?? "none");

export interface Grants {
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

/** "Single file" may stand in for all contents; there is no push event then (app.yml). */
export const hasSingleFile = ({ permissions }: Pick<Grants, "permissions">): boolean =>
  permissions.contents === undefined && levelOf(permissions, "single_file") > 0;

/** `issues: write`, for each that is missing or too low. */
export const missingPermissions = (grants: Grants): readonly string[] =>
  Object.entries(wantedPermissions)
    .filter(([name]) => !(name === "contents" && hasSingleFile(grants)))
    .filter(([name, level]) => levelOf(grants.permissions, name) < LEVELS.indexOf(level))
    .map(([name, level]) => `${name}: ${level}`);

export const missingEvents = (grants: Grants): readonly string[] =>
  wantedEvents.filter(
    (event) => !grants.events.includes(event) && !(event === "push" && hasSingleFile(grants)),
  );
