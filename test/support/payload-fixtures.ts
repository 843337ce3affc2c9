/** Real webhook payloads of GitHub's, by event and action, as they are in fixtures/payloads. */
import { readFileSync } from "node:fs";
import type { components } from "@octokit/openapi-webhooks-types";

type Schemas = components["schemas"];

/** What the fixtures are called, and GitHub's types of them. */
export interface Payloads {
  "issue_comment.created": Schemas["webhook-issue-comment-created"];
  "issue_comment.edited": Schemas["webhook-issue-comment-edited"];
  "issue_comment.deleted": Schemas["webhook-issue-comment-deleted"];
  "issues.opened": Schemas["webhook-issues-opened"];
  "issues.opened.by-transfer": Schemas["webhook-issues-opened"];
  "issues.edited": Schemas["webhook-issues-edited"];
  "issues.reopened": Schemas["webhook-issues-reopened"];
  "issues.deleted": Schemas["webhook-issues-deleted"];
  "issues.transferred": Schemas["webhook-issues-transferred"];
  push: Schemas["webhook-push"];
  "installation.created": Schemas["webhook-installation-created"];
  "installation.deleted": Schemas["webhook-installation-deleted"];
  "installation.suspend": Schemas["webhook-installation-suspend"];
  "installation.unsuspend": Schemas["webhook-installation-unsuspend"];
  "installation_repositories.added": Schemas["webhook-installation-repositories-added"];
  "installation_repositories.removed": Schemas["webhook-installation-repositories-removed"];
  "repository.renamed": Schemas["webhook-repository-renamed"];
  "repository.transferred": Schemas["webhook-repository-transferred"];
  "repository.privatized": Schemas["webhook-repository-privatized"];
  "repository.publicized": Schemas["webhook-repository-publicized"];
  "organization.renamed": Schemas["webhook-organization-renamed"];
}

export type PayloadName = keyof Payloads;

const folder = new URL("../../fixtures/payloads/", import.meta.url);

/** As it is in the fixture. */
export function payload<Name extends PayloadName>(name: Name): Payloads[Name] {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Payloads[Name];
}
