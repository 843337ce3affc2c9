/**
 * Outcomes that offer contacts to pick from, each with a tick box, and what stands behind a box
 * once it was ticked. Every sentence says how else to name the one who is meant.
 */
import type { Deed, DeedResult } from "../commands/deed.js";
import { offersOf, type BoxAction, type Outcome } from "../commands/outcome.js";
import { escapeText } from "./escape.js";
import { contactLabel, listing, organizationLabel, type Labels } from "./contact-label.js";

type Of<T extends Outcome["type"]> = Extract<Outcome, { readonly type: T }>;

const verbs: Readonly<Record<BoxAction, string>> = { add: "link", remove: "unlink" };

/** A reference that names nobody, with near matches if there are any to show. */
export function unknownLines(outcome: Of<"unknown">, labels: Labels): readonly string[] {
  const { argument, box, candidates } = outcome;
  const missed =
    box === "add"
      ? `Argument ${argument} matches no contact.`
      : `Argument ${argument} matches no contact, neither on this issue nor elsewhere.`;
  if (candidates.length > 0)
    return [`${missed} Did you mean one of these? Tick to ${verbs[box]}:`, ...boxLines(outcome, labels)];
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
      ...boxLines(outcome, labels),
    ];
  }
  if (more) return [`${several}. Name the one you mean by number or address, as in \`[contact:42]\`.`];
  return box === "add"
    ? [`${several}, but none of them is active, and only active contacts can be linked.`]
    : [`${several}, but none of them is linked to this issue, so there was nothing to remove.`];
}

/** An open reference: the list it asks for. */
export function chooseLines(outcome: Of<"choose">, labels: Labels): readonly string[] {
  const { box, candidates, more } = outcome;
  if (candidates.length > 0) {
    const others = more ? " There are more: type a part of the name." : "";
    return [`Tick a contact to ${verbs[box]}.${others}`, ...boxLines(outcome, labels)];
  }
  if (more)
    return [
      "There are contacts to choose from, but they are not listed here. Name one by number or address.",
    ];
  return box === "add"
    ? ["There is no active contact to choose here that is not linked already."]
    : ["There is no linked contact to choose here."];
}

const before: Readonly<Record<Of<"offer">["about"], string>> = {
  organization: "The mail domain of the address belongs to an organization. Tick to put the contact there:",
};

/** Something that is only done once a box is ticked. */
export const offerLines = (outcome: Of<"offer">, labels: Labels): readonly string[] => [
  before[outcome.about],
  ...boxLines(outcome, labels),
];

/** An organization that was named but is not there. */
export function unknownOrganizationLines(
  outcome: Of<"organization_unknown">,
  labels: Labels,
): readonly string[] {
  const missed = "No organization has this name or number, so the contact's organization was not set.";
  const { number } = outcome.record;
  return outcome.offers.length > 0
    ? [`${missed} Tick the one that is meant:`, ...boxLines(outcome, labels)]
    : [
        `${missed} Create it with \`/create_organization\`, then name it in ` +
          `\`/edit_contact [contact:${number}] organization:"…"\`.`,
      ];
}

const results: Readonly<Record<DeedResult, string>> = {
  added: "linked",
  already_linked: "was linked already",
  removed: "unlinked",
  not_linked: "was not linked",
  inactive: "inactive contacts cannot be linked",
  gone: "is no longer among the records used here",
  done: "done",
  already_done: "was done already",
  refused: "could not be done",
};

/** What may stand behind a box that was carried out. */
export const tickSuffixes: readonly string[] = Object.values(results).map((words) => `: ${words}`);

export const boxLines = (outcome: Outcome, labels: Labels): readonly string[] =>
  offersOf(outcome).map(({ deed, result }) =>
    result === undefined
      ? `- [ ] ${deedLabel(deed, labels)}`
      : `- [x] ${deedLabel(deed, labels)}: ${results[result]}`,
  );

/** What stands beside a box. The list it stands in says what ticking does. */
function deedLabel(deed: Deed, labels: Labels): string {
  const contacts = (numbers: readonly number[]) =>
    listing(numbers.map((number) => contactLabel(number, labels)));
  const organizations = (numbers: readonly number[]) =>
    listing(numbers.map((number) => organizationLabel(number, labels)));
  switch (deed.do) {
    case "link":
    case "unlink":
      return contactLabel(deed.contact, labels);
    case "set_organization":
      return organizationLabel(deed.organization, labels);
    case "create_organization":
      return newOrganizationLabel(deed.wish, labels);
    case "merge_contacts":
      return `merge ${contacts(deed.duplicates)} into ${contactLabel(deed.keep, labels)}`;
    case "erase_contact":
      return `erase ${contactLabel(deed.contact, labels)}`;
    case "merge_organizations":
      return `merge ${organizations(deed.duplicates)} into ${organizationLabel(deed.keep, labels)}`;
    case "erase_organization":
      return `erase ${organizationLabel(deed.organization, labels)}`;
  }
}

/** Without its name once that was erased. */
function newOrganizationLabel(wish: string, { reveal, wishes }: Labels): string {
  const name = wishes?.get(wish);
  const isShown = reveal !== "handles" && name !== undefined;
  return isShown ? `a new organization, ${escapeText(name)}` : "a new organization";
}
