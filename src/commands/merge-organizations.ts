/**
 * /merge_organizations KEEP DUPLICATE … : organizations that are the same company become one. Contacts,
 * mail domains and fields that KEEP has nothing in move to KEEP; the duplicates are deleted. The line
 * only says what would happen; its box does it.
 */
import { offerMerge, type DepartureTools } from "./departures.js";
import type { QuickAction } from "./quick-action.js";
import type { RecordCall } from "./record-call.js";

export const mergeOrganizations = {
  name: "merge_organizations",
  usage: "/merge_organizations [organization:KEEP] [organization:DUPLICATE] …",
  summary: "Makes one organization of several, once you tick its box",
  right: "editRecords",
  examples: ["/merge_organizations [organization:7] [organization:Acme Ltd]"],

  run: (call: RecordCall, tools: DepartureTools) => offerMerge("organization", call, tools),
} satisfies QuickAction;
