/** Reading the arguments of quick actions that take contacts: `/add_contacts REF …`. */
import type { Argument, ReferenceArgument } from "../quick-actions/index.js";
import { readReference } from "../crm/references.js";
import type { Outcome } from "./outcome.js";

export interface GivenReference {
  /** Position among the arguments of the line, from 1. */
  readonly argument: number;
  readonly value: string;
}

export interface GivenReferences {
  /** Closed references to contacts, repetitions left out. */
  readonly contacts: readonly GivenReference[];
  /** The open one at the end of the line, with what was typed of it. */
  readonly open: string | undefined;
  /** What was given that names no contact. */
  readonly misfits: readonly Outcome[];
}

/** Sorts the arguments of a line into references, an open one, and what does not belong. */
export function readReferences(given: readonly Argument[]): GivenReferences {
  const contacts = new Map<string, GivenReference>();
  const misfits: Outcome[] = [];
  let open: string | undefined;
  given.forEach((argument, index) => {
    if (!namesContact(argument)) misfits.push({ type: "not_a_contact", argument: index + 1 });
    else if (argument.open) open = argument.value;
    else remember(contacts, { argument: index + 1, value: argument.value });
  });
  return { contacts: [...contacts.values()], open, misfits };
}

const namesContact = (argument: Argument): argument is ReferenceArgument =>
  argument.type === "reference" && argument.kind === "contact";

function remember(contacts: Map<string, GivenReference>, given: GivenReference): void {
  const key = JSON.stringify(readReference(given.value));
  if (!contacts.has(key)) contacts.set(key, given);
}
