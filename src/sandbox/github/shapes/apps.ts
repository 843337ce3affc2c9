/** The app and its installations as GitHub's API and webhooks write them. */
import { timestamp } from "../clock.js";
import { appEvents, appPermissions } from "../records.js";
import type { App, Installation, JsonObject } from "../records.js";
import { userShape } from "./accounts.js";
import { api, nodeId, web } from "./urls.js";

/** `integration`. */
export function appShape(app: App): JsonObject {
  return {
    id: app.id,
    slug: app.slug,
    client_id: `Iv23local${app.id}`,
    node_id: nodeId("A", app.id),
    owner: userShape(app.owner),
    name: app.name,
    description: "",
    external_url: `${web}/apps/${app.slug}`,
    html_url: `${web}/apps/${app.slug}`,
    created_at: timestamp(app.createdAt),
    updated_at: timestamp(app.createdAt),
    permissions: appPermissions,
    events: appEvents,
  };
}

/** `installation`. */
export function installationShape(installation: Installation, app: App): JsonObject {
  const { account } = installation;
  const settings = account.type === "Organization" ? `organizations/${account.login}/settings` : "settings";
  return {
    id: installation.id,
    client_id: `Iv23local${app.id}`,
    account: userShape(account),
    repository_selection: installation.repositories === "all" ? "all" : "selected",
    access_tokens_url: `${api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${api}/installation/repositories`,
    html_url: `${web}/${settings}/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: appPermissions,
    events: appEvents,
    created_at: timestamp(installation.createdAt),
    updated_at: timestamp(installation.suspendedAt ?? installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt ? userShape(account) : null,
    suspended_at: installation.suspendedAt ? timestamp(installation.suspendedAt) : null,
  };
}
