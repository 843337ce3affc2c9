/**
 * Outcomes -> lines of Markdown. Each sentence says what happened and, when something did not,
 * what to do about it. What was typed is named by its position, never quoted.
 */
import type { Candidate, Outcome, TickResult } from "../commands/outcome.js";
import { contactLabel, listing, type Labels } from "./contact-label.js";
import { helpTable } from "./help.js";

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
  ];
}

const contactSentences: Readonly<Record<ByContact["type"], (contacts: string) => string>> = {
  added: (contacts) => `Linked ${contacts}.`,
  already_linked: (contacts) => `Already linked: ${contacts}.`,
  removed: (contacts) => `Unlinked ${contacts}.`,
  not_linked: (contacts) => `Not linked to this issue, so there was nothing to remove: ${contacts}.`,
  inactive: (contacts) => `Not linked, because only active contacts can be: ${contacts}.`,
};

function contactLines(outcomes: readonly ByContact[], labels: Labels): readonly string[] {
  const types = [...new Set(outcomes.map(({ type }) => type))];
  return types.map((type) => {
    const named = outcomes.filter((outcome) => outcome.type === type);
    return contactSentences[type](listing(named.map(({ contact }) => contactLabel(contact, labels))));
  });
}

function linesOf(action: string, outcome: Other, labels: Labels): readonly string[] {
  switch (outcome.type) {
    case "unknown":
      return unknown(outcome, labels);
    case "ambiguous":
      return ambiguous(outcome, labels);
    case "choose":
      return choose(outcome, labels);
    case "not_a_contact":
      return [
        `Argument ${outcome.argument} names no contact. Write an e-mail address, \`[contact:42]\` or \`[contact:First Last]\`.`,
      ];
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
    case "linked":
      return contactList(outcome.contacts, labels, {
        none: "No contacts are linked to this issue.",
        some: (count) => `${count} linked to this issue:`,
      });
    case "matches":
      return matches(outcome, labels);
    case "help":
      return [helpTable(outcome.names)];
    case "not_available":
      return [`\`/${action}\` is not available in this version of Liaison. Nothing was changed.`];
  }
}

function unknown(outcome: Extract<Outcome, { type: "unknown" }>, labels: Labels): readonly string[] {
  const missed =
    outcome.box === "add"
      ? `Reference ${outcome.argument} matches no contact.`
      : `Reference ${outcome.argument} matches no contact, neither on this issue nor elsewhere.`;
  if (outcome.candidates.length > 0) {
    const verb = outcome.box === "add" ? "link" : "unlink";
    return [`${missed} Did you mean one of these? Tick to ${verb}:`, ...boxes(outcome.candidates, labels)];
  }
  if (labels.reveal === "handles")
    return [`${missed} Check its spelling; near matches are not shown in public.`];
  return [`${missed} Check its spelling, or look with \`/find_contacts\`.`];
}

function ambiguous(outcome: Extract<Outcome, { type: "ambiguous" }>, labels: Labels): readonly string[] {
  const several = `Reference ${outcome.argument} fits several contacts.`;
  if (outcome.candidates.length === 0) {
    return [`${several} Name the one you mean by number or address, as in \`[contact:42]\`.`];
  }
  const others = outcome.more ? " There are more: name another by number or address." : "";
  return [
    `${several} Tick the one you mean, or name it by number or address.${others}`,
    ...boxes(outcome.candidates, labels),
  ];
}

function choose(outcome: Extract<Outcome, { type: "choose" }>, labels: Labels): readonly string[] {
  const verb = outcome.box === "add" ? "link" : "unlink";
  if (outcome.candidates.length > 0) {
    const others = outcome.more ? " There are more: type a part of the name." : "";
    return [`Tick a contact to ${verb}.${others}`, ...boxes(outcome.candidates, labels)];
  }
  if (outcome.more)
    return [
      "There are contacts to choose from, but they are not listed here. Name one by number or address.",
    ];
  return [`There is no contact here to ${verb}.`];
}

function matches(outcome: Extract<Outcome, { type: "matches" }>, labels: Labels): readonly string[] {
  const list = contactList(outcome.contacts, labels, {
    none: "No contact comes near that. Try another part of the name, the address or the organization.",
    some: (count) => `${count} found, best match first:`,
  });
  return outcome.more ? [...list, "There are more. Add a word to narrow them down."] : list;
}

function contactList(
  contacts: readonly number[],
  labels: Labels,
  words: { readonly none: string; readonly some: (count: string) => string },
): readonly string[] {
  if (contacts.length === 0) return [words.none];
  const count = contacts.length === 1 ? "1 contact" : `${contacts.length} contacts`;
  return [words.some(count), ...contacts.map((contact) => `- ${contactLabel(contact, labels)}`)];
}

const results: Readonly<Record<TickResult, string>> = {
  added: "linked",
  already_linked: "was linked already",
  removed: "unlinked",
  not_linked: "was not linked",
  inactive: "not linked, because the contact is inactive",
  gone: "no longer in the contact source",
};

/** What may stand behind a box that was carried out. */
export const tickSuffixes: readonly string[] = Object.values(results).map((words) => `: ${words}`);

const boxes = (candidates: readonly Candidate[], labels: Labels): readonly string[] =>
  candidates.map(({ contact, result }) =>
    result === undefined
      ? `- [ ] ${contactLabel(contact, labels)}`
      : `- [x] ${contactLabel(contact, labels)}: ${results[result]}`,
  );
