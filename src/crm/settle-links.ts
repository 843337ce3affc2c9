/**
 * The other half of relink.ts: whoever links a contact looks afterwards whether it is leaving. So a
 * link is either there before the contact was marked, and found by the sweep, or it is put right here.
 */
import type { ContactDocument, IssueDocument, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import { contactId } from "./contact-document.js";
import { dueFrom } from "./due.js";
import { relinked } from "./relink.js";
import { successorOf } from "./successors.js";

const maxRaces = 100;

/**
 * Moves the links of contacts that are leaving or gone to their successors, or drops them.
 * @param issue `_id` of the issue's document
 * @param contacts numbers of the source that were just linked there
 */
export async function settleLinks(
  store: Store,
  issue: string,
  source: Source,
  contacts: readonly number[],
  now: () => Date,
): Promise<void> {
  if (contacts.length === 0) return;
  const found = await store
    .collection<ContactDocument>("contacts")
    .find(
      { _id: { $in: contacts.map((number) => contactId(source.account, number)) } },
      { limit: contacts.length, projection: ["number", "leaving"] },
    );
  const staying = new Set(found.flatMap(({ number, leaving }) => (leaving ? [] : [number])));
  for (const contact of contacts) {
    if (staying.has(contact)) continue;
    const into = await successorOf(store, "contacts", source, contact);
    await relinkOne(store, issue, { account: source.account, contact }, into, now);
  }
}

async function relinkOne(
  store: Store,
  _id: string,
  from: { readonly account: number; readonly contact: number },
  into: number | undefined,
  now: () => Date,
): Promise<void> {
  const issues = store.collection<IssueDocument>("issues");
  for (let race = 0; race < maxRaces; race++) {
    const before = await issues.findOne({ _id });
    if (before === undefined) return;
    const links = relinked(before.links, from, into);
    if (links === before.links) return;
    const { matched } = await issues.updateOne(
      { _id, version: before.version },
      {
        $set: { links, updatedAt: now(), ...(before.labels && { labelsDue: dueFrom(now()) }) },
        $inc: { version: 1 },
      },
    );
    if (matched === 1) return;
  }
  throw new Error(`issue ${_id} kept changing under a conditional write`);
}
