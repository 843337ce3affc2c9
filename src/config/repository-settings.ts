/**
 * Settings of a repository and how they come together: the repository's own file over the account's
 * `defaults`, key by key, over the built-in ones (DESIGN §6).
 */
import type { RepositoryConfig } from "./config.js";
import type { GroupPath } from "../store/documents.js";

/** What one file says; undefined where it is silent. The group is resolved already. */
export interface RepositorySettings {
  readonly group?: GroupPath | undefined;
  readonly enabled?: boolean | undefined;
  readonly pullRequests?: boolean | undefined;
  readonly suggestions?: number | undefined;
  readonly replies?: {
    readonly onSuccess?: RepositoryConfig["replies"]["onSuccess"] | undefined;
    readonly show?: RepositoryConfig["replies"]["show"] | undefined;
  };
  readonly commandComments?: RepositoryConfig["commandComments"] | undefined;
  readonly labels?: {
    /** "" switches off what `defaults` has switched on. */
    readonly organization?: string | undefined;
    readonly public?: boolean | undefined;
  };
}

/** What holds where no file says anything. */
export const builtIn: RepositoryConfig = {
  group: "",
  enabled: true,
  pullRequests: false,
  suggestions: 5,
  replies: { onSuccess: "comment", show: "auto" },
  commandComments: "auto",
  labels: { organization: undefined, public: false },
};

/** The settings in force: `own` over `defaults` over the built-in ones. */
export function repositoryConfig(own: RepositorySettings, defaults: RepositorySettings): RepositoryConfig {
  const pick = <T>(read: (settings: RepositorySettings) => T | undefined, otherwise: T): T =>
    read(own) ?? read(defaults) ?? otherwise;
  return {
    group: pick((settings) => settings.group, builtIn.group),
    enabled: pick((settings) => settings.enabled, builtIn.enabled),
    pullRequests: pick((settings) => settings.pullRequests, builtIn.pullRequests),
    suggestions: pick((settings) => settings.suggestions, builtIn.suggestions),
    replies: {
      onSuccess: pick((settings) => settings.replies?.onSuccess, builtIn.replies.onSuccess),
      show: pick((settings) => settings.replies?.show, builtIn.replies.show),
    },
    commandComments: pick((settings) => settings.commandComments, builtIn.commandComments),
    labels: {
      organization: pick((settings) => settings.labels?.organization, "") || builtIn.labels.organization,
      public: pick((settings) => settings.labels?.public, builtIn.labels.public),
    },
  };
}
