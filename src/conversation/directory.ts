/** The contacts a reply names, looked up in one go, only as far as it may show them. */
import { contactsOf } from "../commands/outcome.js";
import type { ContactDocument, OrganizationDocument, Source } from "../store/documents.js";
import type { ContactView, Directory, Labels } from "../replies/contact-label.js";
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

/**
 * @param ofSource false for sections whose numbers mean people of another source than the one in force:
 *   those are named by number only, never by whoever has the number here
 */
export async function labelsFor(
  sections: readonly Section[],
  { source, reveal }: Pick<Ground, "source" | "reveal">,
  lookups: Lookups,
  ofSource = true,
): Promise<Labels> {
  if (!ofSource) return { reveal: "handles", directory: new Map() };
  const numbers = new Set(
    sections.flatMap((section) => (section.kind === "outcomes" ? section.outcomes.flatMap(contactsOf) : [])),
  );
  if (source === undefined || reveal === "handles" || numbers.size === 0) {
    return { reveal, directory: new Map() };
  }
  return { reveal, directory: await directoryOf([...numbers], source, lookups) };
}

async function directoryOf(numbers: readonly number[], source: Source, lookups: Lookups): Promise<Directory> {
  const contacts = await lookups.contactsByNumbers(source, numbers);
  const employers = [...contacts.values()].flatMap(({ organization }) => organization ?? []);
  const organizations =
    employers.length === 0
      ? new Map<number, OrganizationDocument>()
      : await lookups.organizationsByNumbers(source, [...new Set(employers)]);
  return new Map([...contacts].map(([number, contact]) => [number, viewOf(contact, organizations)]));
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
