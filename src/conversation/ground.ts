/**
 * The ground a conversation stands on: what is configured at its place, what its actor may do, and
 * how much may be shown there.
 */
import type { AccountConfig, EffectiveConfig } from "../config/config.js";
import type { ReadFile } from "../config/file-cache.js";
import type { ConfigLoader } from "../config/loader.js";
import { repositoryRole, type Standing } from "../crm/access.js";
import { isEnabled } from "../crm/groups.js";
import { atLeast, type Role } from "../crm/roles.js";
import type { Fence, Installation } from "../github/github.js";
import type { ConfigTrouble } from "../replies/config-problems.js";
import { revealFor, type Reveal } from "../replies/privacy.js";
import type { CommentEvent, TickEvent, Person, Place } from "./event.js";
import { findSource, roleInSource, type OpenSource, type SourceDependencies } from "./sources.js";

export interface Ground {
  readonly place: Place;
  readonly installation: Installation;
  readonly config: EffectiveConfig;
  /** What has to be said about the config in every reply. */
  readonly trouble: ConfigTrouble;
  /** undefined when the config is unusable or the source is not shared: then nothing may run. */
  readonly source: OpenSource | undefined;
  readonly standing: Standing;
  readonly reveal: Reveal;
}

export interface GroundDependencies extends Pick<SourceDependencies, "accounts" | "memberships"> {
  readonly loader: Pick<ConfigLoader, "load" | "loadAccount">;
  installation(id: number, fence?: Fence): Installation;
}

/** @returns "off" where Liaison was switched off, "silent" where the actor may not make it talk */
export async function findGround(
  event: CommentEvent | TickEvent,
  dependencies: GroundDependencies,
): Promise<Ground | "off" | "silent"> {
  const { place, actor } = event;
  const settings = await findConfig(place, dependencies);
  if (settings === "off") return "off";
  const { installation, config } = settings;
  const onRepository = await roleOnRepository(installation, place, actor, config.account);
  if (place.repository.visibility === "public" && !atLeast(onRepository, "planner")) return "silent";

  const source = await sourceIn(place, config, dependencies);
  return {
    place,
    installation,
    config,
    source,
    trouble: atLeast(onRepository, "planner") ? troubleOf(place, config, source) : noTrouble(place),
    standing: await standingIn(source, actor, onRepository, dependencies),
    reveal: revealFor(place.repository.visibility, config.repository.replies.show),
  };
}

/** What is configured at a place, whoever acts there. */
export async function findSettings(
  place: Place,
  dependencies: GroundDependencies,
): Promise<Pick<Ground, "installation" | "config" | "source"> | "off"> {
  const settings = await findConfig(place, dependencies);
  if (settings === "off") return "off";
  return { ...settings, source: await sourceIn(place, settings.config, dependencies) };
}

async function findConfig(place: Place, dependencies: GroundDependencies) {
  const installation = dependencies.installation(place.installation);
  const config = await dependencies.loader.load(place.account, place.repository, readThrough(installation));
  return isOff(place, config) ? "off" : { installation, config };
}

async function sourceIn(
  place: Place,
  { unusable, repository, account }: EffectiveConfig,
  dependencies: GroundDependencies,
) {
  if (unusable) return undefined;
  return findSource(place, repository.group, account.groups, withAccountConfig(dependencies));
}

const readThrough =
  (installation: Installation): ReadFile =>
  (repository, path, options) =>
    installation.readFile(repository, path, options);

function isOff(place: Place, { repository, account, unusable }: EffectiveConfig): boolean {
  if (place.issue.isPullRequest && !repository.pullRequests) return true;
  return !unusable && (!repository.enabled || !isEnabled(account.groups, repository.group));
}

/** An answer about somebody else (a login that changed hands) counts for nothing. */
async function roleOnRepository(
  installation: Installation,
  place: Place,
  actor: Person,
  account: AccountConfig,
): Promise<Role> {
  const answer = await installation.permission(place.repository, actor.login);
  if (answer.userId !== undefined && answer.userId !== actor.id) return "none";
  return repositoryRole(answer, account.roles);
}

async function standingIn(
  source: OpenSource | undefined,
  actor: Person,
  repository: Role,
  { memberships }: GroundDependencies,
): Promise<Standing> {
  if (source === undefined) return { repository };
  return { repository, source: await roleInSource(source, actor, repository, memberships) };
}

function troubleOf(place: Place, config: EffectiveConfig, source: OpenSource | undefined): ConfigTrouble {
  return {
    problems: config.problems,
    unusable: config.unusable,
    sourceNotShared: !config.unusable && source === undefined,
    isPublic: place.repository.visibility === "public",
    account: place.account.login,
  };
}

/** Who may not see contacts is told which role is needed, and nothing about the config. */
const noTrouble = ({ account }: Place): ConfigTrouble => ({
  problems: [],
  unusable: false,
  sourceNotShared: false,
  isPublic: true,
  account: account.login,
});

function withAccountConfig(dependencies: GroundDependencies): SourceDependencies {
  return {
    ...dependencies,
    installation: (id) => dependencies.installation(id),
    async accountConfig(account, installation) {
      const { config, unusable } = await dependencies.loader.loadAccount(account, readThrough(installation));
      return unusable ? undefined : config;
    },
  };
}
