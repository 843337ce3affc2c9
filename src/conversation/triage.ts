/**
 * Which other repositories of the account somebody may triage, asked of GitHub and remembered for a
 * minute: their issues may be named to that person, those of others are only counted.
 */
import type { NamedRepository } from "../commands/quick-action.js";
import type { AccountConfig } from "../config/config.js";
import { repositoryRole } from "../crm/access.js";
import { atLeast } from "../crm/roles.js";
import { GoneError, RefusedError } from "../github/errors.js";
import type { Installation } from "../github/github.js";
import type { Person } from "./event.js";
import { createMemory } from "./memory.js";

const maxAge = 60_000;
/** More repositories are not asked about for one quick action: their issues are counted. */
const mostAsked = 20;

export interface Triage {
  /** @returns the ids of those that `person` may triage at least, among the first 20 */
  triaged(
    repositories: readonly NamedRepository[],
    asker: {
      readonly person: Person;
      readonly installation: Pick<Installation, "permission">;
      readonly roles: AccountConfig["roles"];
    },
  ): Promise<ReadonlySet<number>>;
}

type Asker = Parameters<Triage["triaged"]>[1];

export function createTriage(now: () => Date): Triage {
  const remembered = createMemory<boolean>(now, maxAge);

  return {
    async triaged(repositories, asker) {
      const asked = repositories.slice(0, mostAsked);
      const may = await Promise.all(
        asked.map((repository) =>
          remembered(`${repository.id} ${repository.name} ${asker.person.id}`, () =>
            mayTriage(repository, asker),
          ),
        ),
      );
      return new Set(asked.filter((_, index) => may[index]).map(({ id }) => id));
    },
  };
}

/** A repository that the app cannot reach is one that nobody may see here. */
async function mayTriage({ id, name: fullName }: NamedRepository, asker: Asker): Promise<boolean> {
  const { person, installation, roles } = asker;
  const [owner = "", name = ""] = fullName.split("/");
  try {
    const answer = await installation.permission({ id, owner, name }, person.login);
    const isSomebodyElse = answer.userId !== undefined && answer.userId !== person.id;
    return !isSomebodyElse && atLeast(repositoryRole(answer, roles), "planner");
  } catch (error) {
    if (error instanceof GoneError || error instanceof RefusedError) return false;
    throw error;
  }
}
