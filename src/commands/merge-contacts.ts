/**
 * /merge_contacts KEEP DUPLICATE … : contacts that are the same person become one. Links of all issues,
 * fields that KEEP has nothing in, and history move to KEEP; the duplicates are deleted. The line only
 * says what would happen; its box does it.
 */
import { offerMerge, type DepartureTools } from "./departures.js";
import type { QuickAction } from "./quick-action.js";
import type { RecordCall } from "./record-call.js";

export const mergeContacts = {
  name: "merge_contacts",
  usage: "/merge_contacts KEEP DUPLICATE …",
  summary: "Makes one contact of several, once you tick its box",
  right: "editRecords",
  examples: [
    "/merge_contacts [contact:42] [contact:57]",
    "/merge_contacts jane@acme.com [contact:57] [contact:58]",
  ],

  run: (call: RecordCall, tools: DepartureTools) => offerMerge("contact", call, tools),
} satisfies QuickAction;
