/** What is said when a quick action about one record names none, or not clearly. */
import type { Outcome } from "../commands/outcome.js";
import { contactLabel, type Labels } from "./contact-label.js";

type Which = Extract<Outcome, { readonly type: "which_contact" }>;

/** The contacts that may be meant, as a plain list. */
export function whichContactLines({ why, contacts }: Which, labels: Labels): readonly string[] {
  const list = contacts.map((contact) => `- ${contactLabel(contact, labels)}`);
  return [`${sentences[why]} ${list.length > 0 ? near[why] : remedies[why]}`, ...list];
}

const sentences: Readonly<Record<Which["why"], string>> = {
  unknown: "The reference matches no contact.",
  ambiguous: "The reference fits several contacts.",
  open: "The reference is not finished.",
};

const near: Readonly<Record<Which["why"], string>> = {
  unknown: "Did you mean one of these? Name it by number, as in `[contact:42]`.",
  ambiguous: "Name the one you mean by number, as in `[contact:42]`:",
  open: "Name one by number, as in `[contact:42]`:",
};

const remedies: Readonly<Record<Which["why"], string>> = {
  unknown: "Check its spelling.",
  ambiguous: "Name the one you mean by number or address, as in `[contact:42]`.",
  open: "Close it with `]`, as in `[contact:42]`.",
};

export const whichOrganization =
  "The reference matches no organization. Name it by its number or whole name, as in `[organization:7]` or `[organization:Acme]`.";

export const oneReference: Readonly<Record<"contact" | "organization", string>> = {
  contact:
    "Name exactly one contact: an e-mail address, `[contact:42]` or `[contact:First Last]`, and nothing else on the line.",
  organization:
    "Name exactly one organization: `[organization:7]` or `[organization:Acme]`, and nothing else on the line.",
};
