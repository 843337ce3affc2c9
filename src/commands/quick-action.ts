/**
 * What a quick action is: help as data beside the handler. A handler asks for little (`Tools`),
 * changes links or reads contacts, and returns outcomes; it never speaks Markdown or GitHub.
 */
import type { Right } from "../crm/access.js";
import type { Audit } from "../crm/audit.js";
import type { Erasures } from "../crm/erase.js";
import type { Issues } from "../crm/issues.js";
import { issueId, type IssueFacts, type IssueKey, type Links, type Step } from "../crm/links.js";
import type { Merges } from "../crm/merge.js";
import type { Records, Said } from "../crm/records.js";
import type { Wishes } from "../crm/wishes.js";
import type { Resolution } from "../crm/references.js";
import type { Argument } from "../quick-actions/index.js";
import type { ContactDocument, OrganizationDocument, Source } from "../store/documents.js";
import type { SuggestOrganizations } from "../suggest/organizations.js";
import type { Outcome } from "./outcome.js";

/** What handlers may ask for. */
export interface Tools {
  readonly contacts: {
    resolve(
      source: Source,
      references: readonly { readonly value: string }[],
    ): Promise<readonly Resolution[]>;
    byNumbers(source: Source, numbers: readonly number[]): Promise<ReadonlyMap<number, ContactDocument>>;
    list(
      source: Source,
      options: { readonly state?: "active"; readonly limit: number },
    ): Promise<readonly ContactDocument[]>;
  };
  readonly organizations: {
    /** By number or name. */
    resolve(source: Source, reference: string): Promise<OrganizationDocument | undefined>;
    /** Active ones that have this mail domain, folded, or one above it. */
    byDomain(source: Source, domain: string, limit: number): Promise<readonly OrganizationDocument[]>;
  };
  readonly links: Links;
  readonly issues: Pick<Issues, "ofContact" | "ofOrganization" | "byIds">;
  readonly audit: Audit;
  /** Writes contacts and organizations, journalled. */
  readonly records: Records;
  readonly merges: Merges;
  readonly erasures: Erasures;
  readonly wishes: Wishes;
  suggest(
    source: Source,
    query: string,
    options: { readonly limit: number; readonly state?: "active" },
  ): Promise<readonly ContactDocument[]>;
  readonly suggestOrganizations: SuggestOrganizations;
  /** Those of the given contacts that are like the query, best first. */
  rank(query: string, contacts: readonly ContactDocument[], limit: number): readonly ContactDocument[];
}

/** A repository of the account, by id, with the name under which to ask for it. */
export interface NamedRepository {
  readonly id: number;
  /** `owner/name` */
  readonly name: string;
}

/** One quick action of one comment, cleared to run. */
export interface Call {
  readonly arguments: readonly Argument[];
  readonly issue: IssueFacts;
  /** The contact source of the issue's group. */
  readonly source: Source;
  readonly step: Step;
  /** How many near matches to offer under a miss: 0 where names may not be shown. */
  readonly suggestions: number;
  /** The reply names no issue of another repository: everybody may read it. */
  readonly hereOnly: boolean;
  /** Which of these repositories the author may triage at least, by id. Asks about few, and not again within a minute. */
  triages(repositories: readonly NamedRepository[]): Promise<ReadonlySet<number>>;
  /** Names of the quick actions the author may use, for help. */
  readonly permitted: readonly string[];
}

/** What changes of records go by: who says what where. */
export type SayingCall = Pick<Call, "source" | "step"> & { readonly issue: IssueKey };

/** What the journal keeps of a call. */
export const saidIn = ({ source: { account, group }, step, issue }: SayingCall): Said => ({
  source: { account, group },
  step,
  issue: issueId(issue),
});

export interface QuickActionHelp {
  /** Canonical: `add_contacts`. */
  readonly name: string;
  /** `/add_contacts REF …` */
  readonly usage: string;
  /** One sentence without a full stop. */
  readonly summary: string;
  /** The row of the table of roles (DESIGN §5) that must hold. */
  readonly right: Right;
  /** Complete lines; a test parses each. */
  readonly examples: readonly string[];
}

export interface QuickAction extends QuickActionHelp {
  run(call: Call, tools: Tools): Promise<readonly Outcome[]>;
}
