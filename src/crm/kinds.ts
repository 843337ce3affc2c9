/** What leaving means for contacts and for organizations: who names them, and what a successor takes over. */
import type { ContactDocument, OrganizationDocument, RecordDocument, Source } from "../store/documents.js";
import type { Store, Update } from "../store/store.js";
import type { RecordKind } from "./departures.js";
import { contactFieldsFilled, fillContact, fillOrganization, organizationFieldsFilled } from "./fill.js";
import type { FieldName } from "./fields.js";
import { countEmployed, reassignAll, settleEmployer } from "./reassign.js";
import { countIssues, relinkAll } from "./relink.js";
import { forgetName, passOnWishes } from "./wishes.js";

/** How many things name some records: counts for a forecast and a receipt. */
export interface Reach {
  /** Issues to which any of the contacts is linked. */
  readonly issues?: number;
  /** Contacts that belong to any of the organizations. */
  readonly employed?: number;
}

export interface KindRules<T extends RecordDocument> {
  reach(store: Store, source: Source, numbers: readonly number[]): Promise<Reach>;
  /** Everything that names the record names its successor, or nobody. Can be begun again at any point. */
  redirect(
    store: Store,
    source: Source,
    number: number,
    into: number | undefined,
    now: () => Date,
  ): Promise<void>;
  fieldsFilled(keep: T, duplicates: readonly T[]): readonly FieldName[];
  /** @param withUnique false when what must be unique belongs to somebody else by now */
  fill(keep: T, duplicate: T, withUnique: boolean, now: Date): Update;
  /** After `keep` has taken something over. */
  settle(store: Store, keep: T, now: () => Date): Promise<unknown>;
}

const contacts: KindRules<ContactDocument> = {
  reach: async (store, { account }, numbers) => ({ issues: await countIssues(store, account, numbers) }),
  async redirect(store, { account }, contact, into, now) {
    await relinkAll(store, { account, contact }, into, now);
    await passOnWishes(store, account, contact, into);
  },
  fieldsFilled: contactFieldsFilled,
  fill: fillContact,
  settle: settleEmployer,
};

const organizations: KindRules<OrganizationDocument> = {
  reach: async (store, source, numbers) => ({ employed: await countEmployed(store, source, numbers) }),
  async redirect(store, source, organization, into, now) {
    await reassignAll(store, source, organization, into, now);
    const { account, group } = source;
    const leaving = await store
      .collection<OrganizationDocument>("organizations")
      .findOne({ account, group, number: organization });
    if (leaving) await forgetName(store, source, leaving, into);
  },
  fieldsFilled: organizationFieldsFilled,
  fill: (keep, duplicate, _withUnique, now) => fillOrganization(keep, duplicate, now),
  settle: () => Promise.resolve(),
};

export interface Kinds {
  readonly contacts: ContactDocument;
  readonly organizations: OrganizationDocument;
}

export const kinds: { readonly [K in RecordKind]: KindRules<Kinds[K]> } = { contacts, organizations };
