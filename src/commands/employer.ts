/**
 * The organization of a contact as a line names it: by number or name. One that is not there is
 * never made up: near ones and a new one are offered by boxes. Where none is named, those are
 * offered that have the address's mail domain.
 */
import { splitAddress } from "../crm/search-keys.js";
import { foldEmail } from "../crm/fold.js";
import { checkOrganization } from "../crm/organization-fields.js";
import type { Offer } from "./deed.js";
import type { Outcome } from "./outcome.js";
import { saidIn } from "./quick-action.js";
import type { RecordCall, RecordTools } from "./record-call.js";

export interface Employer {
  /** For the contact's fields; absent when none was named, or none of that name is there. */
  readonly input: { readonly organization?: number | "none" };
  /** The name that no organization has. */
  readonly missing?: string;
}

/** @param typed "" clears; undefined leaves it as it is */
export async function findEmployer(
  typed: string | undefined,
  call: RecordCall,
  tools: RecordTools,
): Promise<Employer> {
  if (typed === undefined) return { input: {} };
  if (typed.trim() === "") return { input: { organization: "none" } };
  const found = await tools.organizations.resolve(call.source, typed);
  return found ? { input: { organization: found.number } } : { input: {}, missing: typed };
}

/** What is said of a contact whose organization was not found: boxes, where names may be shown. */
export async function missingEmployer(
  contact: number,
  { missing }: Employer,
  call: RecordCall,
  tools: RecordTools,
): Promise<readonly Outcome[]> {
  if (missing === undefined) return [];
  const offers = call.suggestions === 0 ? [] : await offersFor(contact, missing, call, tools);
  return [{ type: "organization_unknown", record: { kind: "contact", number: contact }, offers }];
}

async function offersFor(
  contact: number,
  name: string,
  call: RecordCall,
  tools: RecordTools,
): Promise<readonly Offer[]> {
  const near = await tools.suggestOrganizations(call.source, name, call.suggestions);
  const existing = near.map(({ number }): Offer => setOrganization(contact, number));
  const isNumber = /^\s*#?\d+\s*$/u.test(name);
  const checked = checkOrganization({ name });
  if (isNumber || checked.type === "unfit") return existing;
  const wish = await tools.wishes.make(contact, checked.fields.name, saidIn(call));
  return [...existing, { deed: { do: "create_organization", contact, wish } }];
}

/** Organizations that have the mail domain of a new contact's address (never set silently). */
export async function employersByDomain(
  contact: number,
  email: string | undefined,
  call: RecordCall,
  tools: RecordTools,
): Promise<readonly Outcome[]> {
  if (email === undefined || call.suggestions === 0) return [];
  const { domain } = splitAddress(foldEmail(email));
  if (domain === "") return [];
  const found = await tools.organizations.byDomain(call.source, domain, call.suggestions);
  if (found.length === 0) return [];
  const offers = found.map(({ number }) => setOrganization(contact, number));
  return [{ type: "offer", about: "organization", offers }];
}

const setOrganization = (contact: number, organization: number): Offer => ({
  deed: { do: "set_organization", contact, organization },
});
