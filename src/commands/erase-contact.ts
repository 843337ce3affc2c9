/**
 * /erase_contact REF : removes a person for good: the contact, the links on all issues, what it is
 * found by. The audit trail keeps numbers and counts. The line only says what would happen; its box does it.
 */
import { offerErasure, type DepartureTools } from "./departures.js";
import type { QuickAction } from "./quick-action.js";
import type { RecordCall } from "./record-call.js";

export const eraseContact = {
  name: "erase_contact",
  usage: "/erase_contact REF",
  summary: "Removes a contact and all of its links for good, once you tick its box",
  right: "eraseRecords",
  examples: ["/erase_contact [contact:42]"],

  run: (call: RecordCall, tools: DepartureTools) => offerErasure("contact", call, tools),
} satisfies QuickAction;
