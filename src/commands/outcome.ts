/**
 * Outcomes: what became of each argument of a quick action, as data (DESIGN §3.3, §7). They name
 * contacts by number only, never by name or address, and refer to what was typed by its position,
 * so that they can be stored and logged; replies/ turns them into words for whoever may read them.
 */
import { contactsOfDeed, organizationsOfDeed, type DeedResult, type Offer, type Receipted } from "./deed.js";
import type { DepartureOutcome } from "./departure-outcome.js";
import type { RemarkProblem } from "./remark-fields.js";
import { changedRecord, isRecordOutcome, recordsOf, type RecordOutcome } from "./record-outcome.js";

/** A contact offered with a tick box. `result` is there once somebody ticked it. */
export interface Candidate {
  readonly contact: number;
  readonly result?: DeedResult;
}

/** What ticking a candidate's box does. */
export type BoxAction = "add" | "remove";

/** An issue of this account, by repository id and number. */
export interface IssueHandle {
  readonly repository: number;
  readonly number: number;
}

export interface IssuesOutcome {
  readonly type: "issues";
  readonly about: { readonly kind: "contact" | "organization"; readonly number: number };
  /** Open ones first, newest first. */
  readonly issues: readonly IssueHandle[];
  /** How many more the asker may see. */
  readonly more: number;
  /** How many are in repositories that the asker may not triage, or that may not be named here. */
  readonly hidden: number;
  /** Issues of other repositories may not be named here, whoever asks. */
  readonly hereOnly: boolean;
  /** There may be more than were counted. */
  readonly partial: boolean;
}

/** One event of a contact's history. */
export interface HistoryEntry {
  /** GitHub user id. */
  readonly actor: number;
  /** UTC: `2026-12-31` */
  readonly day: string;
  /** Name of the quick action or deed. */
  readonly action: string;
  /** What it meant for the contact. */
  readonly change: "linked" | "unlinked" | "record";
  /** The other contacts it was about. */
  readonly others: readonly number[];
  readonly fields: readonly string[];
  /** Where it was said; `elsewhere`: on an issue that may not be named here. */
  readonly issue?: IssueHandle | "elsewhere";
}

/** `argument` counts the arguments of a line from 1, as a person would. */
export type Outcome =
  | {
      /** `noted`: linked before, with another remark now. */
      readonly type: "added" | "already_linked" | "noted" | "removed" | "not_linked" | "inactive";
      readonly contact: number;
    }
  | {
      /** No such contact; near matches, best first. */
      readonly type: "unknown";
      readonly argument: number;
      readonly box: BoxAction;
      readonly candidates: readonly Candidate[];
    }
  | {
      /** Several contacts have this name. */
      readonly type: "ambiguous";
      readonly argument: number;
      readonly box: BoxAction;
      readonly candidates: readonly Candidate[];
      /** More than the candidates listed. */
      readonly more: boolean;
    }
  | {
      /** An open reference: the list it asks for. */
      readonly type: "choose";
      readonly box: BoxAction;
      readonly candidates: readonly Candidate[];
      readonly more: boolean;
    }
  | {
      /** Something that wants a second look before it is done, or a choice: boxes and nothing else. */
      readonly type: "offer";
      readonly about: "organization";
      readonly offers: readonly Offer[];
    }
  | { readonly type: "not_a_contact"; readonly argument: number }
  | { readonly type: "unexpected_arguments" }
  | { readonly type: "no_reference" }
  | { readonly type: "no_text" }
  | { readonly type: "too_many"; readonly given: number; readonly limit: number }
  /** Fields that do not fit: nothing was linked. */
  | { readonly type: "unfit_remark"; readonly problems: readonly RemarkProblem[] }
  /** The line had a remark that a tick in one of its boxes will not set. */
  | { readonly type: "remark_not_ticked" }
  | { readonly type: "linked"; readonly contacts: readonly number[] }
  | { readonly type: "matches"; readonly contacts: readonly number[]; readonly more: boolean }
  | IssuesOutcome
  | {
      readonly type: "history";
      /** The contact's number. */
      readonly of: number;
      /** Newest first. */
      readonly entries: readonly HistoryEntry[];
      readonly more: boolean;
    }
  | {
      /** The one contact that is needed is not clear; those who are near, best first. */
      readonly type: "which_contact";
      readonly why: "unknown" | "ambiguous" | "open";
      readonly contacts: readonly number[];
    }
  | { readonly type: "which_organization" }
  /** Exactly one reference is needed. */
  | { readonly type: "one_reference"; readonly kind: "contact" | "organization" }
  | RecordOutcome
  | DepartureOutcome
  | { readonly type: "help"; readonly names: readonly string[] };

/** Outcomes after which nothing is left to put right. */
const plain: ReadonlySet<Outcome["type"]> = new Set([
  "added",
  "already_linked",
  "noted",
  "removed",
  "not_linked",
  "record_edited",
  "record_unchanged",
  "record_states",
]);

/** Outcomes that answer a question. */
const answers: ReadonlySet<Outcome["type"]> = new Set([
  "linked",
  "matches",
  "issues",
  "history",
  "help",
  "choose",
  "remark_not_ticked",
  "offer",
  "departure",
  "record_created", // its number is news
]);

/** Did what was asked happen (or was it so already)? */
export const isPlainSuccess = (outcome: Outcome): boolean => plain.has(outcome.type);

/** Is it an answer to be read, neither success nor failure? */
export const isAnswer = (outcome: Outcome): boolean => answers.has(outcome.type);

/** Outcomes that changed something. */
const effects: ReadonlySet<Outcome["type"]> = new Set(["added", "noted", "removed"]);

/** Did it change anything, by itself or by a box that was ticked? */
export const hasEffect = (outcome: Outcome): boolean =>
  effects.has(outcome.type) ||
  (isRecordOutcome(outcome) && changedRecord(outcome)) ||
  offersOf(outcome).some(({ result }) => result && changing.has(result));

const changing: ReadonlySet<DeedResult> = new Set(["added", "removed", "done"]);

/** What the boxes of an outcome do, in the order in which they are shown. */
export function offersOf(outcome: Outcome): readonly Offer[] {
  if ("offers" in outcome) return outcome.offers;
  if (!("candidates" in outcome)) return [];
  const deed = outcome.box === "add" ? "link" : "unlink";
  return outcome.candidates.map(({ contact, result }) => ({
    deed: { do: deed, contact },
    ...(result !== undefined && { result }),
  }));
}

/** The outcome with the results of its ticked boxes filled in, in the same order. */
export function withOfferResults(
  outcome: Outcome,
  results: readonly (DeedResult | Receipted | undefined)[],
): Outcome {
  const fill = <T extends { readonly result?: DeedResult }>(offered: T, index: number): T => {
    const result = results[index];
    if (result === undefined) return offered;
    return typeof result === "string" ? { ...offered, result } : { ...offered, ...result };
  };
  if ("offers" in outcome) return { ...outcome, offers: outcome.offers.map(fill) };
  if ("candidates" in outcome) return { ...outcome, candidates: outcome.candidates.map(fill) };
  return outcome;
}

/** Every contact an outcome names, for looking them up in one go. */
export function contactsOf(outcome: Outcome): readonly number[] {
  if ("contact" in outcome) return [outcome.contact];
  if ("contacts" in outcome) return outcome.contacts;
  if (outcome.type === "issues") return outcome.about.kind === "contact" ? [outcome.about.number] : [];
  if (outcome.type === "history") return [outcome.of];
  const own = isRecordOutcome(outcome) ? recordsOf(outcome, "contact") : [];
  return [...own, ...offersOf(outcome).flatMap(({ deed }) => contactsOfDeed(deed))];
}

/** Every organization an outcome names. */
export function organizationsOf(outcome: Outcome): readonly number[] {
  if (outcome.type === "issues" && outcome.about.kind === "organization") return [outcome.about.number];
  const own = isRecordOutcome(outcome) ? recordsOf(outcome, "organization") : [];
  return [...own, ...offersOf(outcome).flatMap(({ deed }) => organizationsOfDeed(deed))];
}

/** Every wish an outcome names. */
export const wishesOf = (outcome: Outcome): readonly string[] =>
  offersOf(outcome).flatMap(({ deed }) => (deed.do === "create_organization" ? [deed.wish] : []));

/** Two references may name one contact (by number and by address): it is told once. */
export function oncePerContact(outcomes: readonly Outcome[]): readonly Outcome[] {
  const told = new Set<number>();
  return outcomes.filter((outcome) => {
    if (!("contact" in outcome)) return true;
    const isNew = !told.has(outcome.contact);
    told.add(outcome.contact);
    return isNew;
  });
}

/** Every issue an outcome names. */
export function issuesOf(outcome: Outcome): readonly IssueHandle[] {
  if (outcome.type === "issues") return outcome.issues;
  if (outcome.type !== "history") return [];
  return outcome.entries.flatMap(({ issue }) => (typeof issue === "object" ? [issue] : []));
}
