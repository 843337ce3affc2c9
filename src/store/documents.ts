/**
 * What is kept, collection by collection, and its indexes (DESIGN §8).
 *
 * Keys begin with the account's numeric id, and so do indexes, so that it can be the shard key; the
 * two exceptions (`lanes` and `deliveries` by time, `accounts` by login) serve the process
 * itself, not one account. GitHub's things are named by their ids, never by their names.
 */
import type { StoredDocument, StoreSchema } from "./store.js";

/** A group path below its account: "" is the top-level group, "support/emea" a subgroup. */
export type GroupPath = string;

/** A group whose contacts and organizations are meant: an account and a path below it. */
export interface Source {
  readonly account: number;
  readonly group: GroupPath;
}

export type RecordState = "active" | "inactive";

/** What merging and erasing write on a record (crm/departures.ts). */
export interface Departing {
  /** Numbers of the records that were merged into this one: they name it from then on. */
  readonly mergedFrom?: readonly number[];
  /** It is about to be deleted; `into` is the record that its links go to, absent when it is erased. */
  readonly leaving?: { readonly since: Date; readonly into?: number };
}

/** A contact or an organization by what both have. */
export interface RecordDocument extends StoredDocument, Source, Departing {
  readonly number: number;
  readonly updatedAt: Date;
}

/**
 * Labels of organizations have to follow a change (crm/labels-due.ts), and a contact's organization is looked
 * at once more; written in one write with the change.
 */
export interface LabelsDue {
  /** Sorts by time; another one for every change. */
  readonly labelsDue?: string;
}

export interface ContactDocument extends StoredDocument, Source, Departing, LabelsDue {
  /** `<account>:<number>` */
  readonly _id: string;
  /** Unique in the account, from 1; `[contact:42]`. */
  readonly number: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  /** Folded address: carries uniqueness within the group. Absent exactly when `email` is, and when it is `leaving`. */
  readonly emailKey?: string;
  readonly phone?: string;
  readonly description?: string;
  /** Number of the organization, of the same account and group. */
  readonly organization?: number;
  readonly state: RecordState;
  /**
   * Folded full name in both orders, "jane doe" and "doe jane": exact and prefix look-ups. Two fields,
   * not an array: MongoDB bounds a range over an array on one side only, so a prefix would match too much.
   */
  readonly nameKey: string;
  readonly reversedNameKey: string;
  /** Search keys (crm/search-keys.ts), derived from name and address and always written with them. */
  readonly keys: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface OrganizationDocument extends StoredDocument, Source, Departing, LabelsDue {
  /** `<account>:<number>` */
  readonly _id: string;
  readonly number: number;
  readonly name: string;
  /** Folded name: carries uniqueness within the group. */
  readonly nameKey: string;
  readonly defaultRate?: number;
  readonly description?: string;
  readonly domains?: readonly string[];
  readonly state: RecordState;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** An organization that was named for a contact and was not there (crm/wishes.ts): a box offers to create it. */
export interface WishDocument extends StoredDocument, Source {
  /** `<account>:<delivery>:<action>:<contact>` */
  readonly _id: string;
  readonly contact: number;
  /** There until an organization has this name, or until who or what it names is erased. */
  readonly name?: string;
  /** Folded as an organization's. */
  readonly nameKey?: string;
  /** What came of it. */
  readonly organization?: number;
}

/** A contact linked to an issue. `group` is the contact's group when it was linked (dormancy, DESIGN §4). */
export interface Link {
  readonly contact: number;
  /** Account of the contact; differs from the issue's when the source is shared from elsewhere. */
  readonly account: number;
  readonly group: GroupPath;
  /** GitHub user id of who linked it. */
  readonly by: number;
  readonly at: Date;
  /** What somebody wrote about this contact on this issue: at most 255 characters, cleaned. */
  readonly note?: string;
  readonly important?: true;
}

/** A label of an organization that Liaison put on an issue. */
export interface IssueLabel {
  readonly name: string;
  /**
   * `putting` and `taking` are written before GitHub is asked, so that a crash in between is noticed.
   * `found`: it was on the issue already, so it is not ours to take.
   */
  readonly state: "putting" | "put" | "taking" | "found";
}

export interface IssueDocument extends StoredDocument, LabelsDue {
  /** `<account>:<repository id>:<issue number>` */
  readonly _id: string;
  readonly account: number;
  readonly repository: number;
  /** `owner/name`, as it was called when we last heard of the issue. */
  readonly repositoryName: string;
  readonly number: number;
  readonly issueId: number;
  readonly nodeId: string;
  readonly isPullRequest: boolean;
  readonly title: string;
  /** `gone`: deleted, or transferred to another repository; for good. */
  readonly state: "open" | "closed" | "gone";
  /** GitHub's `updated_at` of the issue when it was as described here: older facts never overwrite newer ones. */
  readonly changedAt: Date;
  readonly links: readonly Link[];
  /** Counts changes; every write of `links` is conditional on it. */
  readonly version: number;
  /** What the last delivery that changed this issue has done so far, so that its retry repeats nothing. */
  readonly applied?: { readonly delivery: string; readonly changes: readonly AppliedChange[] };
  /** Labels of organizations; not part of what `version` counts. Absent where none were ever asked for. */
  readonly labels?: readonly IssueLabel[];
  readonly updatedAt: Date;
}

export interface AppliedChange {
  /** Which quick action of the delivery, from 0; ticks use their box number. */
  readonly action: number;
  readonly added: readonly number[];
  readonly removed: readonly number[];
  /** Contacts that were linked before and whose remarks were changed. */
  readonly noted?: readonly number[];
}

/**
 * The audit trail: who changed which links and records, when, and where it was said (crm/audit.ts).
 * Ids, numbers and names of fields only; never a value, a name or an address. `account` and `group`
 * are those of the records, whoever's issue it was said on.
 */
export interface EventDocument extends StoredDocument, Source {
  /** `<account>:<delivery>:<action>:<name>` : written at most once whatever is retried. */
  readonly _id: string;
  /** `_id` of the issue's document; absent for what was not said on an issue. */
  readonly issue?: string;
  /** GitHub user id. */
  readonly actor: number;
  /** What was done, as its quick action or deed is called: `add_contacts`, `edit_contact`, `tick`. */
  readonly action: string;
  /** Numbers of the contacts that were linked to the issue. */
  readonly added?: readonly number[];
  readonly removed?: readonly number[];
  /** Every contact this is about, those of `added` and `removed` included: its history finds it here. */
  readonly contacts?: readonly number[];
  readonly organizations?: readonly number[];
  /** Names of the fields that were set, changed or cleared: `phone`. */
  readonly fields?: readonly string[];
  /** How many issues, or contacts of an organization, a merge or an erasure concerned. */
  readonly issues?: number;
  readonly employed?: number;
  readonly at: Date;
}

/** Records of an account that are being merged or erased: what is listed here is carried through, whoever finds it. */
export interface DeparturesDocument extends StoredDocument {
  /** `<account>:contacts` or `<account>:organizations` */
  readonly _id: string;
  readonly account: number;
  /** Counts changes of `open`; every addition is conditional on it. */
  readonly version: number;
  readonly open: readonly Departure[];
}

export interface Departure {
  /** `<number>><into>`, or `<number>>` */
  readonly what: string;
  readonly group: GroupPath;
  readonly number: number;
  /** The record it is merged into; absent when it is erased. */
  readonly into?: number;
}

export interface CounterDocument extends StoredDocument {
  /** `<account>:contacts` or `<account>:organizations` */
  readonly _id: string;
  readonly account: number;
  /** The last number given out. */
  readonly last: number;
}

/** An account that has (had) the app installed. */
export interface AccountDocument extends StoredDocument {
  /** The numeric id as a string. */
  readonly _id: string;
  readonly account: number;
  readonly login: string;
  /** Lower case: look-ups by login. */
  readonly loginKey: string;
  readonly type: "Organization" | "User";
  readonly installation?: number;
  readonly updatedAt: Date;
}

/** The last good version of a config file, kept so that a broken one never means a laxer one. */
export interface ConfigDocument extends StoredDocument {
  /** `<account>:<repository id>`, or `<account>:account` for the account config. */
  readonly _id: string;
  readonly account: number;
  readonly text: string;
  readonly updatedAt: Date;
}

/** How often a config file may have changed: processes compare it with what they remember. */
export interface ConfigStampDocument extends StoredDocument {
  /** As in `ConfigDocument`. */
  readonly _id: string;
  readonly account: number;
  /** Pushes to the default branch. */
  readonly pushes: number;
}

export const schema: StoreSchema = {
  contacts: [
    { fields: ["account", "group", "number"], unique: true },
    { fields: ["account", "group", "emailKey"], unique: true, whenExists: "emailKey" },
    // With the address, because an import asks for those of a name who have none.
    { fields: ["account", "group", "nameKey", "emailKey"] },
    { fields: ["account", "group", "reversedNameKey"] },
    { fields: ["account", "group", "keys"], many: "keys", inverted: true },
    { fields: ["account", "group", "organization"], whenExists: "organization" },
    { fields: ["labelsDue"], whenExists: "labelsDue" },
    { fields: ["account", "group", "mergedFrom"], many: "mergedFrom", whenExists: "mergedFrom" },
  ],
  organizations: [
    { fields: ["account", "group", "number"], unique: true },
    { fields: ["account", "group", "nameKey"], unique: true },
    { fields: ["account", "group", "domains"], many: "domains", whenExists: "domains" },
    { fields: ["labelsDue"], whenExists: "labelsDue" },
    { fields: ["account", "group", "mergedFrom"], many: "mergedFrom", whenExists: "mergedFrom" },
  ],
  wishes: [
    { fields: ["account", "group", "nameKey"], whenExists: "nameKey" },
    { fields: ["account", "contact"] },
  ],
  departures: [],
  // Descending, this is open first, newest first.
  issues: [
    { fields: ["account", "links.contact", "state", "issueId"], many: "links.contact" },
    { fields: ["account", "repository", "number"] },
    { fields: ["labelsDue"], whenExists: "labelsDue" },
  ],
  events: [
    { fields: ["account", "issue", "at"] },
    { fields: ["account", "contacts", "at"], many: "contacts" },
    { fields: ["account", "organizations", "at"], many: "organizations" },
  ],
  counters: [],
  accounts: [{ fields: ["loginKey"] }, { fields: ["installation"], whenExists: "installation" }],
  rounds: [],
  budgets: [],
  missed: [{ fields: ["dueAt"], whenExists: "dueAt" }, { fields: ["failedAt"] }],
  configs: [],
  configStamps: [],
  replies: [{ fields: ["account", "comment"], unique: true, whenExists: "comment" }],
  lanes: [{ fields: ["dueAt"] }],
  deliveries: [
    { fields: ["account", "said"], unique: true, whenExists: "said" },
    { fields: ["lane", "arrival"], whenExists: "lane" },
    { fields: ["arrival"], whenExists: "lane" },
    { fields: ["state", "finishedAt"], whenExists: "finishedAt" },
  ],
};
