/**
 * What a line says about a contact: its fields, from `field:value` pairs and from what needs no key.
 * The organization stays as typed; who it is is looked up later (employer.ts).
 */
import { checkContact, type ContactInput } from "../crm/fields.js";
import { splitName } from "../crm/person-name.js";
import type { Argument, ReferenceArgument } from "../quick-actions/index.js";
import { RecordArguments, type Numbered } from "./record-arguments.js";
import type { RecordProblem } from "./record-outcome.js";

export const contactKeys = [
  "first_name",
  "last_name",
  "email",
  "phone",
  "description",
  "organization",
] as const;

type Key = (typeof contactKeys)[number];

export interface ContactLine {
  readonly input: Omit<ContactInput, "organization">;
  /** As typed; "" clears. */
  readonly organization: string | undefined;
  readonly problems: readonly RecordProblem[];
}

/** `"Jane Doe" jane@acme.com phone:…` : a name and an address need no key; a key's value wins over the name. */
export function readNewContact(given: readonly Argument[]): ContactLine {
  const line = new RecordArguments<Key>(given, contactKeys);
  for (const reference of line.references) takeReference(line, reference);
  const addresses = line.texts.filter(({ type, value }) => type === "word" && hasAt(value));
  for (const { value, argument } of addresses) line.set("email", value, argument);
  line.texts.splice(0, line.texts.length, ...line.texts.filter((text) => !addresses.includes(text)));
  const name = line.takeName();
  return lineOf(line, name === undefined ? {} : nameFields(name, line), undefined);
}

const hasAt = (text: string): boolean => text.normalize("NFKC").includes("@");

function takeReference(
  line: RecordArguments<Key>,
  { kind, value, open, argument }: Numbered<ReferenceArgument>,
) {
  if (open || (kind === "contact" && !hasAt(value))) line.misplaced({ argument });
  else line.set(kind === "contact" ? "email" : "organization", value, argument);
}

function nameFields(name: string, { values }: RecordArguments<Key>): ContactInput {
  const { firstName, lastName } = splitName(name);
  // One word beside `first_name:` is the last name.
  return lastName === "" && values.has("first_name") ? { lastName: firstName } : { firstName, lastName };
}

export interface ContactEdit extends ContactLine {
  /** The one reference; undefined when there is none. */
  readonly reference: Numbered<ReferenceArgument> | undefined;
}

/** `REF field:value …` */
export function readContactEdit(given: readonly Argument[]): ContactEdit {
  const line = new RecordArguments<Key>(given, contactKeys);
  const [reference, ...others] = line.references.filter(({ kind }) => kind === "contact");
  line.misplaced(...others, ...line.texts);
  for (const { kind, value, open, argument } of line.references) {
    if (kind === "contact") continue;
    if (open) line.misplaced({ argument });
    else line.set("organization", value, argument);
  }
  return { ...lineOf(line, {}, { firstName: "-", lastName: "-", state: "active" }), reference };
}

/** @param before undefined for a new contact; else any fields that fit, so that only what is typed is judged */
function lineOf(
  { values, problems }: RecordArguments<Key>,
  name: ContactInput,
  before: Parameters<typeof checkContact>[1],
): ContactLine {
  const typed = { ...name, ...fieldsOf(values) };
  const checked = checkContact(typed, before);
  return {
    input: typed,
    organization: values.get("organization"),
    problems: [...problems, ...(checked.type === "unfit" ? checked.problems : [])],
  };
}

function fieldsOf(values: ReadonlyMap<Key, string>): Omit<ContactInput, "organization"> {
  const [firstName, lastName] = [values.get("first_name"), values.get("last_name")];
  const [email, phone, description] = [values.get("email"), values.get("phone"), values.get("description")];
  return {
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(description !== undefined && { description }),
  };
}
