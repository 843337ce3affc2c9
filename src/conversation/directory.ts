/** The contacts a reply names, looked up in one go, only as far as it may show them. */
import { contactsOf, organizationsOf } from "../commands/outcome.js";
import type { ContactDocument, OrganizationDocument, Source } from "../store/documents.js";
import type { ContactView, Labels } from "../replies/contact-label.js";
import type { Section } from "../replies/section.js";
import type { Ground } from "./ground.js";

export interface Lookups {
  contactsByNumbers(
    source: Source,
    numbers: readonly number[],
  ): Promise<ReadonlyMap<number, ContactDocument>>;
  organizationsByNumbers(
    source: Source,
    numbers: readonly number[],
  ): Promise<ReadonlyMap<number, OrganizationDocument>>;
}

export async function labelsFor(
  sections: readonly Section[],
  { source, reveal }: Pick<Ground, "source" | "reveal">,
  lookups: Lookups,
): Promise<Labels> {
  const outcomes = sections.flatMap((section) => (section.kind === "outcomes" ? section.outcomes : []));
  const numbers = [...new Set(outcomes.flatMap(contactsOf))];
  if (source === undefined || reveal === "handles") {
    return { reveal, directory: new Map(), organizations: new Map() };
  }
  const contacts =
    numbers.length === 0
      ? new Map<number, ContactDocument>()
      : await lookups.contactsByNumbers(source, numbers);
  const employers = [...contacts.values()].flatMap(({ organization }) => organization ?? []);
  const named = [...new Set([...employers, ...outcomes.flatMap(organizationsOf)])];
  const found =
    named.length === 0
      ? new Map<number, OrganizationDocument>()
      : await lookups.organizationsByNumbers(source, named);
  return {
    reveal,
    directory: new Map([...contacts].map(([number, contact]) => [number, viewOf(contact, found)])),
    organizations: new Map([...found].map(([number, { name }]) => [number, name])),
  };
}

function viewOf(
  { number, firstName, lastName, email, organization, state }: ContactDocument,
  organizations: ReadonlyMap<number, OrganizationDocument>,
): ContactView {
  const employer = organization === undefined ? undefined : organizations.get(organization)?.name;
  return {
    number,
    firstName,
    lastName,
    state,
    ...(email !== undefined && { email }),
    ...(employer !== undefined && { organization: employer }),
  };
}
