/**
 * Which organization could be meant by a name that none has: its beginning, another spelling, or a
 * part of it. Only active ones; Fuse.js ranks the folded names.
 */
import Fuse from "fuse.js";
import { organizationKey } from "../crm/fold.js";
import type { OrganizationDocument, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import { startsWith } from "./candidates.js";

/** @returns at most `limit` active organizations of the source that are like `name`, best first; all by name for "" */
export type SuggestOrganizations = (
  source: Source,
  name: string,
  limit: number,
) => Promise<readonly Pick<OrganizationDocument, "number" | "nameKey">[]>;

/** A source of no more organizations is ranked as a whole, else those that begin alike. */
const mostCompared = 1_000;
const sameBeginning = 2;
const worstScore = 0.4;

export function createOrganizationSuggester(store: Store): SuggestOrganizations {
  const organizations = store.collection<OrganizationDocument>("organizations");
  const read = ({ account, group }: Source, prefix: string, limit: number) =>
    organizations.find(
      { account, group, state: "active", ...(prefix !== "" && startsWith("nameKey", prefix)) },
      {
        sort: { account: 1, group: 1, nameKey: 1 },
        limit,
        projection: ["number", "nameKey"],
      },
    );

  return async (source, name, limit) => {
    if (limit < 1) return [];
    const key = organizationKey(name);
    if (key === "") return read(source, "", limit);
    const all = await read(source, "", mostCompared + 1);
    const near = all.length <= mostCompared ? all : await read(source, beginningOf(key), mostCompared);
    return rank(key, near, limit);
  };
}

const beginningOf = (key: string): string => Array.from(key).slice(0, sameBeginning).join("");

function rank<T extends Pick<OrganizationDocument, "nameKey">>(
  key: string,
  organizations: readonly T[],
  limit: number,
): readonly T[] {
  const fuse = new Fuse(organizations, {
    keys: ["nameKey"],
    threshold: worstScore,
    ignoreLocation: true,
    ignoreFieldNorm: true,
  });
  const found = fuse.search(key, { limit });
  if (found.length > 0) return found.map(({ item }) => item);
  // "Globex Incorporated" for "Globex Corporation": the first word alone.
  const [first = ""] = key.split(" ");
  return first === key || first.length < 3 ? [] : fuse.search(first, { limit }).map(({ item }) => item);
}
