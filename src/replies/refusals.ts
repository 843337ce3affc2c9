/** Who may not gets one sentence that says which role is needed, and learns nothing else (DESIGN §5). */
import type { Role } from "../crm/roles.js";
import { listing } from "./contact-label.js";
import type { RefusedSection } from "./section.js";

/** What the roles are called on GitHub, for people who never saw ours. */
const onGitHub: Partial<Readonly<Record<Role, string>>> = {
  planner: "Triage",
  developer: "Write",
  maintainer: "Maintain",
  owner: "Admin",
};

/**
 * One sentence or two for each missing role, however many quick actions lacked it.
 * @param alone nothing else is told: then nothing was changed at all
 */
export function refusalSentences(
  sections: readonly RefusedSection[],
  { alone }: { readonly alone: boolean },
): readonly string[] {
  const groups = new Map<string, RefusedSection[]>();
  for (const section of sections) {
    const key = `${section.missing.needed} ${section.missing.where}`;
    groups.set(key, [...(groups.get(key) ?? []), section]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const names = [...new Set(group.map(({ action }) => `\`/${action}\``))];
    return first === undefined ? [] : [sentence(names, first.missing, alone)];
  });
}

function sentence(
  names: readonly string[],
  { needed, where }: RefusedSection["missing"],
  alone: boolean,
): string {
  const [needs, notDone] =
    names.length === 1 ? ["needs", "It was not carried out."] : ["need", "They were not carried out."];
  const github = onGitHub[needed];
  const there =
    where === "repository"
      ? `on this repository${github === undefined ? "" : ` (${github} on GitHub)`}`
      : "in the contact source";
  return `${listing(names)} ${needs} the ${needed} role ${there}. ${alone ? "Nothing was changed." : notDone}`;
}
