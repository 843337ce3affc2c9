/**
 * `members:` of a group: role -> users ("@alice") and teams ("@acme/support"). `reporter` is GitLab's
 * word for planner. Teams must be of the account itself: nobody else's can be asked.
 */
import type { Membership } from "../crm/groups.js";
import type { Role } from "../crm/roles.js";
import { quote, type Finding, type Path } from "./findings.js";
import type { MembersEntry } from "./schema.js";
import type { Reading } from "./yaml-value.js";

export interface ReadMembers {
  readonly memberships: readonly Membership[];
  readonly findings: readonly Finding[];
}

/** A role as files write it, in our words. */
export const roleOf = (word: Role | "reporter"): Role => (word === "reporter" ? "planner" : word);

/** Reads the members declared at `path`. `entry` fits the schema already. */
export function readMembers(
  entry: MembersEntry | undefined,
  login: string,
  path: Path,
  reading: Reading,
): ReadMembers {
  const memberships: Membership[] = [];
  const findings: Finding[] = [];
  for (const role of words)
    (entry?.[role] ?? []).forEach((person, index) => {
      const here = [...path, role, index];
      const membership = membershipOf(person, roleOf(role));
      memberships.push(membership);
      if (membership.kind === "team" && membership.organization !== login.toLowerCase())
        findings.push({
          path: here,
          at: reading.placeOf(here, "value"),
          say: () => foreignTeam(person, login),
        });
    });
  // An empty `members` would silently mean "nobody is declared" and let repository roles decide.
  if (entry && Object.keys(reading.at(path) ?? {}).length === 0)
    findings.push({ path, at: reading.placeOf(path, "value"), say: noMembers });
  return { memberships, findings };
}

const words = ["guest", "planner", "reporter", "developer", "maintainer", "owner"] as const;

function membershipOf(person: string, role: Role): Membership {
  const [name = "", slug] = person.slice(1).toLowerCase().split("/");
  return slug === undefined
    ? { kind: "user", login: name, role }
    : { kind: "team", organization: name, slug, role };
}

const foreignTeam = (person: string, login: string): string =>
  `${quote(person)} is a team of another organization: name a team of ${quote(`@${login}`)}, or users.`;

const noMembers = (): string => 'No one is named under "members": name somebody, or remove the key.';
