/**
 * Organizations (DESIGN §1): companies that contacts belong to, within one contact source. Names
 * are unique there, case and accents ignored; the unique index decides who was first.
 */
import type { OrganizationDocument, RecordState, Source } from "../store/documents.js";
import { DuplicateKeyError, type Collection, type Store } from "../store/store.js";
import type { AnnounceEdit, AnnounceNew } from "./contact-writes.js";
import { takeNumbers } from "./counters.js";
import type { FieldProblem } from "./fields.js";
import { organizationKey } from "./fold.js";
import {
  changedOrganizationFields,
  newOrganization,
  organizationFieldsOf,
  organizationUpdate,
} from "./organization-document.js";
import { checkOrganization, type OrganizationInput } from "./organization-fields.js";
import { successorsOf } from "./successors.js";
import { forgetName } from "./wishes.js";

/** Why an organization was not written. */
export type OrganizationRefusal =
  | { readonly type: "unfit"; readonly problems: readonly FieldProblem[] }
  /** Another organization of the source has this name. */
  | { readonly type: "name_taken"; readonly by: OrganizationDocument };

export type OrganizationCreated =
  { readonly type: "created"; readonly organization: OrganizationDocument } | OrganizationRefusal;

export type OrganizationEdited =
  | { readonly type: "updated"; readonly organization: OrganizationDocument }
  | { readonly type: "unchanged"; readonly organization: OrganizationDocument }
  | { readonly type: "unknown" }
  | OrganizationRefusal;

export interface Organizations {
  /** Those that exist, by number. */
  byNumbers(source: Source, numbers: readonly number[]): Promise<ReadonlyMap<number, OrganizationDocument>>;
  /** Those that exist, by folded name (`organizationKey`). Names come as typed. */
  byNames(source: Source, names: readonly string[]): Promise<ReadonlyMap<string, OrganizationDocument>>;
  /** By number ("7", "#7") or name. The number of one that was merged names its successor. */
  resolve(source: Source, reference: string): Promise<OrganizationDocument | undefined>;
  /** Active ones that have this mail domain, folded, or one above it ("acme.com" for "eu.acme.com"). */
  byDomain(source: Source, domain: string, limit: number): Promise<readonly OrganizationDocument[]>;
  /** The first `limit` organizations by name. */
  list(
    source: Source,
    options: { readonly state?: RecordState; readonly limit: number },
  ): Promise<readonly OrganizationDocument[]>;
  create(source: Source, input: OrganizationInput, announce?: AnnounceNew): Promise<OrganizationCreated>;
  update(
    source: Source,
    number: number,
    changes: OrganizationInput,
    announce?: AnnounceEdit,
  ): Promise<OrganizationEdited>;
}

const maxRaces = 20;

export function createOrganizations(store: Store, now: () => Date = () => new Date()): Organizations {
  const organizations = store.collection<OrganizationDocument>("organizations");
  const byNumbers: Organizations["byNumbers"] = async ({ account, group }, numbers) => {
    if (numbers.length === 0) return new Map();
    const asked = [...new Set(numbers)];
    const found = await organizations.find(
      { account, group, number: { $in: asked } },
      { limit: asked.length },
    );
    return new Map(found.map((organization) => [organization.number, organization]));
  };
  const byNames: Organizations["byNames"] = async ({ account, group }, names) => {
    const keys = [...new Set(names.map(organizationKey))].filter((key) => key !== "");
    if (keys.length === 0) return new Map();
    const found = await organizations.find(
      { account, group, nameKey: { $in: keys } },
      { limit: keys.length },
    );
    return new Map(found.map((organization) => [organization.nameKey, organization]));
  };

  return {
    byNumbers,
    byNames,

    async resolve(source, reference) {
      const [, digits] = /^\s*#?(\d{1,15})\s*$/.exec(reference) ?? [];
      if (digits === undefined) return (await byNames(source, [reference])).get(organizationKey(reference));
      const number = Number(digits);
      const found = (await byNumbers(source, [number])).get(number);
      if (found) return found;
      return (await successorsOf<OrganizationDocument>(store, "organizations", source, [number])).get(number);
    },

    byDomain: ({ account, group }, domain, limit) =>
      organizations.find(
        { account, group, domains: { $in: domainsAbove(domain) }, state: "active" },
        { limit },
      ),

    list: ({ account, group }, { state, limit }) =>
      organizations.find(
        { account, group, ...(state && { state }) },
        { sort: { account: 1, group: 1, nameKey: 1 }, limit },
      ),

    async create(source, input, announce) {
      const checked = checkOrganization(input);
      if (checked.type === "unfit") return checked;
      const taken = (await byNames(source, [checked.fields.name])).values().next().value;
      if (taken) return { type: "name_taken", by: taken };
      const fresh = await takeNumbers(store, source.account, "organizations");
      const number = announce ? await announce(fresh) : fresh;
      const organization = newOrganization(source, number, checked.fields, now());
      const write = () => organizations.insertOne(organization);
      const refusal = await writeUnlessTaken(byNames, source, organization.name, write);
      return refusal ?? { type: "created", organization };
    },

    async update(source, number, changes, announce) {
      for (let race = 0; race < maxRaces; race++) {
        const before = (await byNumbers(source, [number])).get(number);
        if (!before || before.leaving) return { type: "unknown" };
        const announced: AnnounceEdit = async (fields) => {
          await announce?.(fields);
          if (fields.includes("name")) await forgetName(store, source, before, number);
        };
        const edited = await editOnce(organizations, byNames, source, before, changes, now(), announced);
        if (edited !== "lost") return edited;
      }
      throw new Error(`organization ${source.account}:${number} kept changing under a conditional write`);
    },
  };
}

/** The domain itself first; a top-level domain is nobody's. */
function domainsAbove(domain: string): string[] {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
}

async function editOnce(
  organizations: Collection<OrganizationDocument>,
  byNames: Organizations["byNames"],
  source: Source,
  before: OrganizationDocument,
  changes: OrganizationInput,
  now: Date,
  announce: AnnounceEdit,
): Promise<OrganizationEdited | "lost"> {
  const checked = checkOrganization(changes, organizationFieldsOf(before));
  if (checked.type === "unfit") return checked;
  const update = organizationUpdate(before, checked.fields, now);
  if (!update) return { type: "unchanged", organization: before };
  await announce(changedOrganizationFields(organizationFieldsOf(before), checked.fields));
  let after: OrganizationDocument | undefined;
  const write = async () => {
    const unchanged = { _id: before._id, updatedAt: before.updatedAt, leaving: { $exists: false } };
    after = await organizations.findOneAndUpdate(unchanged, update, { returns: "after" });
  };
  const refusal = await writeUnlessTaken(byNames, source, checked.fields.name, write);
  return refusal ?? (after ? { type: "updated", organization: after } : "lost");
}

/** @returns who has the name, when the unique index says that it is taken */
async function writeUnlessTaken(
  byNames: Organizations["byNames"],
  source: Source,
  name: string,
  write: () => Promise<void>,
): Promise<OrganizationRefusal | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    if (!(error instanceof DuplicateKeyError) || !error.fields.includes("nameKey")) throw error;
    const by = (await byNames(source, [name])).get(organizationKey(name));
    if (!by) throw error;
    return { type: "name_taken", by };
  }
}
