/** What a line says about an organization: its fields, from `field:value` pairs and from a name without a key. */
import { checkOrganization, type OrganizationInput } from "../crm/organization-fields.js";
import type { Argument, ReferenceArgument } from "../quick-actions/index.js";
import { RecordArguments, type Numbered } from "./record-arguments.js";
import type { RecordProblem } from "./record-outcome.js";

export const organizationKeys = ["name", "default_rate", "domains", "description"] as const;

type Key = (typeof organizationKeys)[number];

export interface OrganizationLine {
  readonly input: OrganizationInput;
  readonly problems: readonly RecordProblem[];
}

/** `"Acme" default_rate:120 domains:acme.com` : the name needs no key; `name:` wins. */
export function readNewOrganization(given: readonly Argument[]): OrganizationLine {
  const line = new RecordArguments<Key>(given, organizationKeys);
  line.misplaced(...line.references);
  const name = line.takeName();
  return lineOf(line, name === undefined ? {} : { name }, undefined);
}

export interface OrganizationEdit extends OrganizationLine {
  readonly reference: Numbered<ReferenceArgument> | undefined;
}

/** `[organization:…] field:value …` */
export function readOrganizationEdit(given: readonly Argument[]): OrganizationEdit {
  const line = new RecordArguments<Key>(given, organizationKeys);
  const [reference, ...others] = line.references.filter(({ kind }) => kind === "organization");
  const misfits = line.references.filter(({ kind }) => kind !== "organization");
  line.misplaced(...others, ...misfits, ...line.texts);
  return { ...lineOf(line, {}, { name: "-", state: "active" }), reference };
}

/** @param before undefined for a new one; else any fields that fit, so that only what is typed is judged */
function lineOf(
  { values, problems }: RecordArguments<Key>,
  unkeyed: OrganizationInput,
  before: Parameters<typeof checkOrganization>[1],
): OrganizationLine {
  const input = { ...unkeyed, ...fieldsOf(values) };
  const checked = checkOrganization(input, before);
  return { input, problems: [...problems, ...(checked.type === "unfit" ? checked.problems : [])] };
}

function fieldsOf(values: ReadonlyMap<Key, string>): OrganizationInput {
  const [name, defaultRate] = [values.get("name"), values.get("default_rate")];
  const [domains, description] = [values.get("domains"), values.get("description")];
  return {
    ...(name !== undefined && { name }),
    ...(defaultRate !== undefined && { defaultRate }),
    ...(domains !== undefined && { domains: domains.split(/[\s,;]+/u).filter((domain) => domain !== "") }),
    ...(description !== undefined && { description }),
  };
}
