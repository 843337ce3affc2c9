/** Boxes that confirm a merge or an erasure. Each can be repeated: the receipt stays what it was first. */
import type { Departed } from "../crm/receipt.js";
import type { Said } from "../crm/records.js";
import type { Deed, DeedResult, Receipted } from "./deed.js";
import type { Tools } from "./quick-action.js";

type Departure = Extract<Deed, { readonly do: `merge_${string}` | `erase_${string}` }>;

export async function depart(
  deed: Departure,
  said: Said,
  tools: Pick<Tools, "merges" | "erasures">,
): Promise<DeedResult | Receipted> {
  const departed = await carryOut(deed, said, tools);
  return departed.type === "done" ? { result: "done", receipt: departed.receipt } : departed.type;
}

function carryOut(
  deed: Departure,
  said: Said,
  { merges, erasures }: Pick<Tools, "merges" | "erasures">,
): Promise<Departed> {
  switch (deed.do) {
    case "merge_contacts":
      return merges.merge("contacts", deed, said);
    case "merge_organizations":
      return merges.merge("organizations", deed, said);
    case "erase_contact":
      return erasures.erase("contacts", deed.contact, said);
    case "erase_organization":
      return erasures.erase("organizations", deed.organization, said);
  }
}
