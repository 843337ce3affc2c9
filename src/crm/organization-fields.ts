/** What the fields of an organization may hold (DESIGN §1), checked as in fields.ts. */
import type { RecordState } from "../store/documents.js";
import { cleanLine, cleanText } from "./clean.js";
import { cleanDomain, isMailDomain, isPublicMailProvider } from "./email.js";
import { checkText, laid, limits, type Checked, type FieldProblem } from "./fields.js";

/** An organization's own fields, cleaned. Absent means empty. */
export interface OrganizationFields {
  readonly name: string;
  readonly defaultRate?: number;
  readonly description?: string;
  /** Folded, without repetitions, never empty. */
  readonly domains?: readonly string[];
  readonly state: RecordState;
}

/** Fields as typed: "" and `[]` clear, absent stays as it is (when editing) or empty (when creating). */
export interface OrganizationInput {
  readonly name?: string;
  /** A number, or as typed: "120", "120.50". */
  readonly defaultRate?: number | string;
  readonly description?: string;
  readonly domains?: readonly string[];
  readonly state?: RecordState;
}

/** What an organization holds after `input` is laid over `before`. That its name is free is for the store to say. */
export function checkOrganization(
  input: OrganizationInput,
  before?: OrganizationFields,
): Checked<OrganizationFields> {
  const name = laid(input.name, before?.name, cleanLine);
  const description = laid(input.description, before?.description, cleanText);
  const rate = readRate(input.defaultRate ?? before?.defaultRate ?? "");
  const domains = [...new Set((input.domains ?? before?.domains ?? []).map(cleanDomain))];
  const problems = [
    ...checkText("name", name, true),
    ...checkText("description", description),
    ...checkRate(rate),
    ...checkDomains(domains),
  ];
  if (problems.length > 0) return { type: "unfit", problems };
  const fields = {
    name,
    ...(description !== "" && { description }),
    ...(rate !== undefined && { defaultRate: rate }),
    ...(domains.length > 0 && { domains }),
    state: input.state ?? before?.state ?? "active",
  };
  return { type: "fit", fields };
}

/** @returns undefined for no rate, NaN for one that is no plain decimal number */
function readRate(rate: number | string): number | undefined {
  if (typeof rate === "number") return rate;
  const text = rate.trim();
  if (text === "") return undefined;
  return /^-?\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : NaN;
}

function checkRate(rate: number | undefined): FieldProblem[] {
  if (rate === undefined || Number.isFinite(rate)) return [];
  return [
    { field: "defaultRate", code: "malformed", message: "The default rate is a number such as 120.50." },
  ];
}

function checkDomains(domains: readonly string[]): FieldProblem[] {
  const limit = limits.domains;
  if (domains.length > limit) {
    const message = `There are too many domains; an organization may have ${limit}.`;
    return [{ field: "domains", code: "too_many", limit, message }];
  }
  if (!domains.every(isMailDomain)) {
    return [{ field: "domains", code: "malformed", message: "A mail domain looks like example.com." }];
  }
  if (!domains.some(isPublicMailProvider)) return [];
  const message = "A public mail provider is no company's own domain; name the company's domain.";
  return [{ field: "domains", code: "public_provider", message }];
}
