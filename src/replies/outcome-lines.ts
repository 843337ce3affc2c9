/**
 * Outcomes -> lines of Markdown. Each sentence says what happened and, when something did not,
 * what to do about it. What was typed is named by its position, never quoted.
 */
import type { Outcome } from "../commands/outcome.js";
import { contactLabel, listing, mostNamed, type Labels } from "./contact-label.js";
import { departureLines, mergeUnfitLines } from "./departure-lines.js";
import { helpTable } from "./help.js";
import { historyLines, issueListLines } from "./issue-lines.js";
import { oneReference, whichContactLines, whichOrganization } from "./one-record.js";
import { remarkNotTicked, remarkProblemLines, remarkText } from "./remark-lines.js";
import {
  ambiguousLines,
  boxLines,
  chooseLines,
  offerLines,
  unknownLines,
  unknownOrganizationLines,
} from "./offers.js";
import { recordLines } from "./record-lines.js";

type ByContact = Extract<Outcome, { readonly contact: number }>;
type Other = Exclude<Outcome, ByContact>;

/** How the outcomes of a line are told: those of one kind together, then the others one by one. */
export function outcomeLines(
  action: string,
  outcomes: readonly Outcome[],
  labels: Labels,
): readonly string[] {
  const byContact = outcomes.filter((outcome): outcome is ByContact => "contact" in outcome);
  const others = outcomes.filter((outcome): outcome is Other => !("contact" in outcome));
  return [
    ...contactLines(byContact, labels),
    ...others.flatMap((outcome) => linesOf(action, outcome, labels)),
    ...misfitLines(outcomes),
  ];
}

const contactSentences: Readonly<Record<ByContact["type"], (contacts: string) => string>> = {
  added: (contacts) => `Linked ${contacts}.`,
  noted: (contacts) => `Linked already, and noted: ${contacts}.`,
  already_linked: (contacts) => `Already linked: ${contacts}.`,
  removed: (contacts) => `Unlinked ${contacts}.`,
  not_linked: (contacts) => `Not linked to this issue, so there was nothing to remove: ${contacts}.`,
  inactive: (contacts) => `Not linked, because only active contacts can be: ${contacts}.`,
};

function contactLines(outcomes: readonly ByContact[], labels: Labels): readonly string[] {
  const types = [...new Set(outcomes.map(({ type }) => type))];
  return types.map((type) => {
    const contacts = outcomes.filter((outcome) => outcome.type === type).map(({ contact }) => contact);
    return contactSentences[type](listing(labelled(contacts, labels)));
  });
}

/** What was given that is no reference to a contact, in one sentence however much it is. */
function misfitLines(outcomes: readonly Outcome[]): readonly string[] {
  const misfits = outcomes.flatMap((outcome) =>
    outcome.type === "not_a_contact" ? [String(outcome.argument)] : [],
  );
  if (misfits.length === 0) return [];
  const which =
    misfits.length === 1
      ? `Argument ${listing(misfits)} names`
      : `Arguments ${listing(firstFew(misfits))} name`;
  return [`${which} no contact. Write an e-mail address, \`[contact:42]\` or \`[contact:First Last]\`.`];
}

const firstFew = (numbers: readonly string[]): readonly string[] =>
  numbers.length > 10 ? [...numbers.slice(0, 10), "others"] : numbers;

function linesOf(action: string, outcome: Other, labels: Labels): readonly string[] {
  switch (outcome.type) {
    case "unknown":
      return unknownLines(outcome, labels);
    case "ambiguous":
      return ambiguousLines(outcome, labels);
    case "choose":
      return chooseLines(outcome, labels);
    case "offer":
      return offerLines(outcome, labels);
    case "departure":
      return [...departureLines(outcome, labels), ...boxLines(outcome, labels)];
    case "merge_unfit":
      return mergeUnfitLines(outcome);
    case "not_a_contact":
      return []; // told together, by misfitLines
    case "unexpected_arguments":
      return [`\`/${action}\` takes nothing after its name. Type it alone on its line.`];
    case "no_reference":
      return [
        `Say who is meant: an e-mail address, \`[contact:42]\` or \`[contact:First Last]\` after \`/${action}\`.`,
      ];
    case "no_text":
      return [
        `Say what to look for after \`/${action}\`: a name, an address or an organization, or a part of one.`,
      ];
    case "too_many":
      return [
        `Nothing was linked: this line names ${outcome.given} contacts, and one line can add at most ${outcome.limit}. Spread them over several lines.`,
      ];
    case "unfit_remark":
      return remarkProblemLines(outcome.problems);
    case "remark_not_ticked":
      return [remarkNotTicked];
    case "linked":
      return linkedLines(outcome, labels);
    case "matches":
      return matches(outcome, labels);
    case "issues":
      return issueListLines(outcome, labels);
    case "history":
      return historyLines(outcome, labels);
    case "which_contact":
      return whichContactLines(outcome, labels);
    case "which_organization":
      return [whichOrganization];
    case "one_reference":
      return [oneReference[outcome.kind]];
    case "record_created":
    case "record_unchanged":
    case "record_gone":
    case "record_edited":
    case "record_taken":
    case "record_unfit":
    case "record_states":
    case "record_unclear":
      return recordLines(outcome, labels);
    case "organization_unknown":
      return unknownOrganizationLines(outcome, labels);
    case "help":
      return [helpTable(outcome.names)];
  }
}

function matches(outcome: Extract<Outcome, { type: "matches" }>, labels: Labels): readonly string[] {
  const list = contactList(outcome.contacts, labels, {
    none: "No contact comes near that. Try another part of the name, the address or the organization.",
    some: (count) => `${count} found:`,
  });
  return outcome.more ? [...list, "There are more. Add a word to narrow them down."] : list;
}

function linkedLines({ contacts }: Extract<Outcome, { type: "linked" }>, labels: Labels): readonly string[] {
  const words = {
    none: "No contacts are linked to this issue.",
    some: (count: string) => `${count} linked to this issue:`,
  };
  return contactList(contacts, labels, words, (contact) => remarkText(contact, labels));
}

function contactList(
  contacts: readonly number[],
  labels: Labels,
  words: { readonly none: string; readonly some: (count: string) => string },
  more: (contact: number) => string = () => "",
): readonly string[] {
  if (contacts.length === 0) return [words.none];
  const count = contacts.length === 1 ? "1 contact" : `${contacts.length} contacts`;
  return [words.some(count), ...labelled(contacts, labels, more).map((label) => `- ${label}`)];
}

/** The first ones by their labels, the rest as a count: an issue may have any number of contacts. */
function labelled(
  contacts: readonly number[],
  labels: Labels,
  more: (contact: number) => string = () => "",
): readonly string[] {
  const named = contacts
    .slice(0, mostNamed)
    .map((contact) => `${contactLabel(contact, labels)}${more(contact)}`);
  const rest = contacts.length - mostNamed;
  return rest > 0 ? [...named, `${rest} more`] : named;
}
