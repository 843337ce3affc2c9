/**
 * Remarks on a link: a note and whether the contact is important for this issue. They belong to the
 * link, not to the contact: the same person may matter on one issue and be a bystander on another.
 */
import type { Link, Source } from "../store/documents.js";
import { cleanText, lengthOf } from "./clean.js";

/** What a link says beside who is linked. */
export interface Remark {
  readonly note?: string;
  readonly important?: true;
}

/** What becomes of the remarks of links; absent stays as it is. */
export interface RemarkChange {
  /** Cleaned (`checkNote`); "" clears. */
  readonly note?: string;
  readonly important?: boolean;
}

/** The names of what is changed, for the audit trail. */
export const fieldsOf = ({ note, important }: RemarkChange): readonly ("note" | "important")[] => [
  ...(note === undefined ? [] : (["note"] as const)),
  ...(important === undefined ? [] : (["important"] as const)),
];

/** The longest note, in characters. */
export const maxNote = 255;

/** @returns the note cleaned as descriptions are; "too_long" with more than `maxNote` characters then */
export function checkNote(typed: string): { readonly note: string } | "too_long" {
  const note = cleanText(typed);
  return lengthOf(note) > maxNote ? "too_long" : { note };
}

/** What `link` says. */
export const remarkOf = ({ note, important }: Link): Remark => ({
  ...(note !== undefined && { note }),
  ...(important !== undefined && { important }),
});

/**
 * Changes the remarks of those of the contacts that are linked; the others are passed over.
 * @returns all links, and the numbers of the contacts whose remarks are others now
 */
export function applyRemark(
  links: readonly Link[],
  source: Source,
  contacts: readonly number[],
  change: RemarkChange,
): { readonly links: readonly Link[]; readonly noted: readonly number[] } {
  const noted: number[] = [];
  const remarked = links.map((link) => {
    const isMeant = link.account === source.account && link.group === source.group;
    if (!isMeant || !contacts.includes(link.contact)) return link;
    const after = laidOver(link, change);
    if (after.note === link.note && after.important === link.important) return link;
    noted.push(link.contact);
    return after;
  });
  return { links: remarked, noted };
}

function laidOver({ note: before, important: was, ...link }: Link, change: RemarkChange): Link {
  const note = change.note ?? before ?? "";
  const important = change.important ?? was ?? false;
  return { ...link, ...(note !== "" && { note }), ...(important && { important }) };
}
