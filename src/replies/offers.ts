/**
 * Outcomes that offer contacts to pick from, each with a tick box, and what stands behind a box
 * once it was ticked. Every sentence says how else to name the one who is meant.
 */
import type { BoxAction, Candidate, Outcome, TickResult } from "../commands/outcome.js";
import { contactLabel, type Labels } from "./contact-label.js";

type Of<T extends Outcome["type"]> = Extract<Outcome, { readonly type: T }>;

const verbs: Readonly<Record<BoxAction, string>> = { add: "link", remove: "unlink" };

/** A reference that names nobody, with near matches if there are any to show. */
export function unknownLines(
  { argument, box, candidates }: Of<"unknown">,
  labels: Labels,
): readonly string[] {
  const missed =
    box === "add"
      ? `Argument ${argument} matches no contact.`
      : `Argument ${argument} matches no contact, neither on this issue nor elsewhere.`;
  if (candidates.length > 0)
    return [`${missed} Did you mean one of these? Tick to ${verbs[box]}:`, ...boxLines(candidates, labels)];
  if (labels.reveal === "handles") return [`${missed} Check its spelling; near matches are not shown here.`];
  const look = box === "add" ? "look with `/find_contacts`" : "see who is linked with `/contacts`";
  return [`${missed} Check its spelling, or ${look}.`];
}

/** A name that several contacts have. */
export function ambiguousLines(outcome: Of<"ambiguous">, labels: Labels): readonly string[] {
  const { argument, box, candidates, more } = outcome;
  const several = `Argument ${argument} fits several contacts`;
  if (candidates.length > 0) {
    const others = more ? " There are more: name another by number or address." : "";
    return [
      `${several}. Tick the one you mean, or name it by number or address.${others}`,
      ...boxLines(candidates, labels),
    ];
  }
  if (more) return [`${several}. Name the one you mean by number or address, as in \`[contact:42]\`.`];
  return box === "add"
    ? [`${several}, but none of them is active, and only active contacts can be linked.`]
    : [`${several}, but none of them is linked to this issue, so there was nothing to remove.`];
}

/** An open reference: the list it asks for. */
export function chooseLines({ box, candidates, more }: Of<"choose">, labels: Labels): readonly string[] {
  if (candidates.length > 0) {
    const others = more ? " There are more: type a part of the name." : "";
    return [`Tick a contact to ${verbs[box]}.${others}`, ...boxLines(candidates, labels)];
  }
  if (more)
    return [
      "There are contacts to choose from, but they are not listed here. Name one by number or address.",
    ];
  return box === "add"
    ? ["There is no active contact to choose here that is not linked already."]
    : ["There is no linked contact to choose here."];
}

const results: Readonly<Record<TickResult, string>> = {
  added: "linked",
  already_linked: "was linked already",
  removed: "unlinked",
  not_linked: "was not linked",
  inactive: "inactive contacts cannot be linked",
  gone: "is no longer among the contacts used here",
};

/** What may stand behind a box that was carried out. */
export const tickSuffixes: readonly string[] = Object.values(results).map((words) => `: ${words}`);

const boxLines = (candidates: readonly Candidate[], labels: Labels): readonly string[] =>
  candidates.map(({ contact, result }) =>
    result === undefined
      ? `- [ ] ${contactLabel(contact, labels)}`
      : `- [x] ${contactLabel(contact, labels)}: ${results[result]}`,
  );
