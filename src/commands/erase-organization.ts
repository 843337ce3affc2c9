/**
 * /erase_organization [organization:…] : removes an organization for good. Its contacts stay, without
 * an organization. The line only says what would happen; its box does it.
 */
import { offerErasure, type DepartureTools } from "./departures.js";
import type { QuickAction } from "./quick-action.js";
import type { RecordCall } from "./record-call.js";

export const eraseOrganization = {
  name: "erase_organization",
  usage: "/erase_organization [organization:…]",
  summary: "Removes an organization for good and keeps its contacts, once you tick its box",
  right: "eraseRecords",
  examples: ["/erase_organization [organization:Acme]"],

  run: (call: RecordCall, tools: DepartureTools) => offerErasure("organization", call, tools),
} satisfies QuickAction;
