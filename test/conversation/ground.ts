/** Grounds and events for tests: a private repository of acme, nobody declared, everything allowed. */
import type { RepositoryConfig } from "../../src/config/config.js";
import type { CommentEvent, Repository } from "../../src/conversation/event.js";
import type { Ground } from "../../src/conversation/ground.js";
import type { Membership } from "../../src/crm/groups.js";
import type { Role } from "../../src/crm/roles.js";
import type { Installation } from "../../src/github/github.js";
import { fakeInstallation } from "./github.js";

export const acme = { id: 1, login: "acme", type: "Organization" } as const;

export const comment = (text: string, visibility: Repository["visibility"] = "private"): CommentEvent => ({
  type: "comment",
  delivery: "d-1",
  place: {
    installation: 11,
    account: acme,
    repository: { id: 2, owner: "acme", name: "helpdesk", visibility },
    issue: {
      number: 3,
      id: 6,
      nodeId: "I_3",
      title: "Help",
      state: "open",
      isPullRequest: false,
      changedAt: new Date(0),
    },
  },
  actor: { id: 50, login: "pia" },
  source: { kind: "comment", id: 4 },
  text,
  writtenAt: "2026-01-01T12:00:00Z",
});

/** The role on the repository; the one in the source, where `declared` says who is who. */
export interface Stands {
  readonly repository: Role;
  readonly source: Role | undefined;
  readonly declared?: readonly Membership[];
}

export function groundOf(
  { repository, source, declared = [] }: Stands,
  settings: Partial<RepositoryConfig> = {},
  installation: Installation = fakeInstallation(),
): Ground {
  const groups = new Map([["", { enabled: true, members: declared }]]);
  const config: RepositoryConfig = {
    group: "",
    enabled: true,
    pullRequests: false,
    suggestions: 5,
    replies: { onSuccess: "comment", show: "auto" },
    commandComments: "auto",
    labels: { organization: "", public: false },
    ...settings,
  };
  return {
    installation,
    place: comment("").place,
    config: {
      account: { groups, roles: new Map(), shareContactsWith: [] },
      repository: config,
      problems: [],
      unusable: false,
    },
    trouble: {
      problems: [],
      unusable: false,
      sourceNotShared: source === undefined,
      isPublic: false,
      account: acme.login,
    },
    source: source && { account: acme.id, group: "", owner: acme, installation, groups },
    standing: { repository, ...(source && { source }) },
    reveal: "names",
  };
}
