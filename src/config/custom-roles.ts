/**
 * `roles:` of the account config: custom repository role -> our role. Names are compared in lower
 * case; GitHub's built-in roles keep their meaning (DESIGN §5).
 */
import { builtInRepositoryRoles } from "../crm/access.js";
import type { Role } from "../crm/roles.js";
import { quote, type Finding } from "./findings.js";
import { roleOf } from "./members.js";
import type { AccountFile } from "./schema.js";
import type { Reading } from "./yaml-value.js";

export interface ReadRoles {
  readonly roles: ReadonlyMap<string, Role>;
  readonly findings: readonly Finding[];
}

/** Reads the mapping. `entries` fits the schema already. */
export function readRoles(entries: AccountFile["roles"], reading: Reading): ReadRoles {
  const roles = new Map<string, Role>();
  const findings: Finding[] = [];
  for (const [name, word] of Object.entries(entries ?? {})) {
    const key = name.toLowerCase();
    const mistake = builtInRepositoryRoles.has(key) ? builtIn : roles.has(key) ? twice : undefined;
    const path = ["roles", name];
    if (mistake) findings.push({ path, at: reading.placeOf(path, "key"), say: () => mistake(name) });
    else roles.set(key, roleOf(word));
  }
  return { roles, findings };
}

/** Its mapping would never be looked at. */
const builtIn = (name: string): string =>
  `${quote(name)} is a built-in role of GitHub and cannot be changed: name custom roles only.`;

const twice = (name: string): string =>
  `The role ${quote(name)} stands here twice, upper and lower case being alike: keep one of them.`;
