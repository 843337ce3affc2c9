/** Organizations by name, created where there are none yet: what an import needs, in few round trips. */
import type { OrganizationDocument, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import { takeNumbers } from "./counters.js";
import { organizationKey } from "./fold.js";
import { newOrganization } from "./organization-document.js";
import { createOrganizations } from "./organizations.js";

export interface Ensured {
  /** By folded name (`organizationKey`). */
  readonly byName: ReadonlyMap<string, OrganizationDocument>;
  readonly created: number;
}

/** Names are cleaned and checked already (organization-fields.ts); at most 10,000 of them. */
export async function ensureOrganizations(
  store: Store,
  source: Source,
  names: readonly string[],
  now: Date,
): Promise<Ensured> {
  const organizations = createOrganizations(store, () => now);
  const known = await organizations.byNames(source, names);
  const missing = new Map<string, string>();
  for (const name of names) {
    const key = organizationKey(name);
    if (!known.has(key) && !missing.has(key)) missing.set(key, name);
  }
  if (missing.size === 0) return { byName: known, created: 0 };

  const first = await takeNumbers(store, source.account, "organizations", missing.size);
  const steps = [...missing.values()].map((name, index) => ({
    insertOne: newOrganization(source, first + index, { name, state: "active" }, now),
  }));
  const { duplicates } = await store.collection<OrganizationDocument>("organizations").bulk(steps);
  // Read again: where somebody was faster, theirs is the organization.
  const added = await organizations.byNames(source, [...missing.values()]);
  return { byName: new Map([...known, ...added]), created: missing.size - duplicates.size };
}
