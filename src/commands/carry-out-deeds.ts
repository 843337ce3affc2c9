/**
 * Carries out the deeds behind ticked boxes. What several ticks change on the issue's links is one
 * atomic write; all deeds can be repeated after a crash.
 */
import { issueId, type IssueFacts } from "../crm/links.js";
import type { Said } from "../crm/records.js";
import type { ContactDocument, Source } from "../store/documents.js";
import type { Deed, DeedResult, Receipted } from "./deed.js";
import { depart } from "./depart.js";
import { createOrganizationFor, setOrganization } from "./employ.js";
import type { Tools } from "./quick-action.js";

/** A deed by the number of its box, from 0. */
export interface NumberedDeed {
  readonly number: number;
  readonly deed: Deed;
}

export interface DeedCall {
  readonly issue: IssueFacts;
  readonly source: Source;
  /** GitHub user id of who ticked. */
  readonly actor: number;
  readonly delivery: string;
}

/** @returns what became of each, by box number */
export async function carryOutDeeds(
  wanted: readonly NumberedDeed[],
  call: DeedCall,
  tools: Tools,
): Promise<ReadonlyMap<number, DeedResult | Receipted>> {
  const results = new Map<number, DeedResult | Receipted>(await changeLinks(wanted, call, tools));
  for (const { number, deed } of wanted) {
    if (!results.has(number)) results.set(number, await carryOut(deed, number, call, tools));
  }
  return results;
}

/** Deeds that change records rather than links. */
function carryOut(deed: Deed, number: number, call: DeedCall, tools: Tools): Promise<DeedResult | Receipted> {
  const said = saidBy(deed, number, call);
  switch (deed.do) {
    case "set_organization":
      return setOrganization(deed, said, tools);
    case "create_organization":
      return createOrganizationFor(deed, said, tools);
    case "merge_contacts":
    case "erase_contact":
    case "merge_organizations":
    case "erase_organization":
      return depart(deed, said, tools);
    case "link":
    case "unlink":
      throw new Error(`nothing carries out ${deed.do} here`);
  }
}

/** The step of one box: named by its deed, so that no two of one delivery are taken for each other. */
const saidBy = (deed: Deed, number: number, { issue, source, actor, delivery }: DeedCall): Said => ({
  source: { account: source.account, group: source.group },
  step: { actor, delivery, action: number, name: deed.do },
  issue: issueId(issue),
});

async function changeLinks(
  wanted: readonly NumberedDeed[],
  { issue, source: { account, group }, actor, delivery }: DeedCall,
  tools: Tools,
): Promise<readonly (readonly [number, DeedResult])[]> {
  const source = { account, group };
  const linking = wanted.flatMap(({ number, deed }) =>
    deed.do === "link" || deed.do === "unlink" ? [{ number, ...deed }] : [],
  );
  if (linking.length === 0) return [];
  const contacts = await tools.contacts.byNumbers(
    source,
    linking.map(({ contact }) => contact),
  );
  const add = linking.filter((deed) => deed.do === "link" && contacts.get(deed.contact)?.state === "active");
  const remove = linking.filter((deed) => deed.do === "unlink");
  const step = { actor, delivery, action: 0, name: "tick" };
  const { added, removed } =
    add.length + remove.length === 0
      ? { added: [], removed: [] }
      : await tools.links.change(issue, { source, add: numbers(add), remove: numbers(remove) }, step);
  return linking.map(({ number, contact, do: what }) => [
    number,
    what === "link"
      ? linkResult(contacts.get(contact), added)
      : removed.includes(contact)
        ? "removed"
        : "not_linked",
  ]);
}

const numbers = (deeds: readonly { readonly contact: number }[]) => deeds.map(({ contact }) => contact);

function linkResult(contact: ContactDocument | undefined, added: readonly number[]): DeedResult {
  if (contact === undefined) return "gone";
  if (contact.state === "inactive") return "inactive";
  return added.includes(contact.number) ? "added" : "already_linked";
}
