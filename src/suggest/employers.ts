/**
 * People found by their organization: `/find_contacts acme` means the contacts of Acme GmbH too.
 * An organization is meant whose name begins like the query, or nearly.
 */
import Fuse from "fuse.js";
import type { ContactDocument, OrganizationDocument, RecordState, Source } from "../store/documents.js";
import type { Collection } from "../store/store.js";
import { startsWith } from "./candidates.js";
import type { Query } from "./query.js";
import type { Ranked } from "./rank.js";

const mostOrganizations = 3;
const mostContacts = 20;
/** A typo is looked for among so many organizations that share the first three letters. */
const mostCompared = 100;
const worstScore = 0.3;
/** People whose own name or address fits come first, unless they fit badly. */
const bestScore = 0.2;

export interface Employers {
  readonly contacts: Collection<ContactDocument>;
  readonly organizations: Collection<OrganizationDocument>;
}

/** Contacts of the organizations that the query may name. */
export async function findByOrganization(
  { contacts, organizations }: Employers,
  { account, group, ...state }: Source & { readonly state?: RecordState },
  { organizationKey }: Query,
): Promise<Ranked<ContactDocument>[]> {
  if (organizationKey.length < 2) return [];
  const prefixes = [
    { prefix: organizationKey, limit: mostOrganizations },
    { prefix: organizationKey.slice(0, 3), limit: mostCompared },
  ];
  const near = await Promise.all(
    prefixes.map(({ prefix, limit }) =>
      organizations.find(
        { account, group, ...startsWith("nameKey", prefix) },
        { sort: { account: 1, group: 1, nameKey: 1 }, limit, projection: ["number", "nameKey"] },
      ),
    ),
  );
  const scores = scoresOf(organizationKey, near.flat());
  if (scores.size === 0) return [];
  const found = await contacts.find(
    { account, group, ...state, organization: { $in: [...scores.keys()] } },
    { limit: mostContacts },
  );
  return found.map((contact) => ({ contact, score: scores.get(contact.organization ?? 0) ?? 1 }));
}

/** Number of the organization -> score of its contacts. */
function scoresOf(key: string, near: readonly OrganizationDocument[]): ReadonlyMap<number, number> {
  const distinct = [...new Map(near.map((organization) => [organization.number, organization])).values()];
  const fuse = new Fuse(distinct, {
    keys: ["nameKey"],
    threshold: worstScore,
    ignoreFieldNorm: true,
    includeScore: true,
  });
  const best = fuse.search(key, { limit: mostOrganizations });
  return new Map(best.map(({ item, score = 1 }) => [item.number, bestScore + score / 2]));
}
