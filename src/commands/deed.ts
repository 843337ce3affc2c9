/**
 * Deeds: what ticking a box does. They are stored with the reply that offers them and name records by
 * number, and those that do not exist yet by a wish (crm/wishes.ts): no name stands in them.
 */
import type { Right } from "../crm/access.js";
import type { Receipt } from "../crm/receipt.js";

export type Deed =
  | { readonly do: "link" | "unlink"; readonly contact: number }
  | { readonly do: "set_organization"; readonly contact: number; readonly organization: number }
  /** Creates the organization and puts the contact into it. */
  | { readonly do: "create_organization"; readonly contact: number; readonly wish: string }
  | { readonly do: "merge_contacts"; readonly keep: number; readonly duplicates: readonly number[] }
  | { readonly do: "erase_contact"; readonly contact: number }
  | { readonly do: "merge_organizations"; readonly keep: number; readonly duplicates: readonly number[] }
  | { readonly do: "erase_organization"; readonly organization: number };

export type DeedKind = Deed["do"];

/** What became of a ticked box. `gone`: what it named is no longer in the contact source. */
export type DeedResult =
  | "added"
  | "already_linked"
  | "removed"
  | "not_linked"
  | "inactive"
  | "gone"
  | "done"
  | "already_done"
  | "refused";

/** The result of a deed that says more than a word. */
export interface Receipted {
  readonly result: DeedResult;
  readonly receipt: Receipt;
}

/** A deed behind a box. `result` is there once somebody ticked it. */
export interface Offer {
  readonly deed: Deed;
  readonly result?: DeedResult;
  readonly receipt?: Receipt;
}

/** The row of the table of roles (DESIGN §5) that must hold for whoever ticks. */
export const rightToTick: Readonly<Record<DeedKind, Right>> = {
  link: "linkContacts",
  unlink: "linkContacts",
  set_organization: "editRecords",
  create_organization: "editRecords",
  merge_contacts: "editRecords",
  erase_contact: "eraseRecords",
  merge_organizations: "editRecords",
  erase_organization: "eraseRecords",
};

/** Every contact a deed names. */
export function contactsOfDeed(deed: Deed): readonly number[] {
  switch (deed.do) {
    case "link":
    case "unlink":
    case "set_organization":
    case "create_organization":
    case "erase_contact":
      return [deed.contact];
    case "merge_contacts":
      return [deed.keep, ...deed.duplicates];
    case "merge_organizations":
    case "erase_organization":
      return [];
  }
}

/** Every organization a deed names. */
export function organizationsOfDeed(deed: Deed): readonly number[] {
  switch (deed.do) {
    case "set_organization":
    case "erase_organization":
      return [deed.organization];
    case "merge_organizations":
      return [deed.keep, ...deed.duplicates];
    case "link":
    case "unlink":
    case "create_organization":
    case "merge_contacts":
    case "erase_contact":
      return [];
  }
}
