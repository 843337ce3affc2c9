/**
 * /merge_organizations KEEP DUPLICATE … : organizations that are the same company become one. Contacts,
 * mail domains and fields that KEEP has nothing in move to KEEP; the duplicates are deleted. The line
 * only says what would happen; its box does it.
 */
import { offerMerge } from "./departures.js";
import type { QuickAction } from "./quick-action.js";

export const mergeOrganizations: QuickAction = {
  name: "merge_organizations",
  usage: "/merge_organizations [organization:KEEP] [organization:DUPLICATE] …",
  summary: "Makes one organization of several, once you tick its box",
  right: "editRecords",
  examples: ["/merge_organizations [organization:7] [organization:Acme Ltd]"],

  run: (call, tools) => offerMerge("organization", call, tools),
};
