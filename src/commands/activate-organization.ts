/** /activate_organization [organization:…] … : makes organizations active again. */
import type { QuickAction } from "./quick-action.js";
import type { RecordCall, RecordTools } from "./record-call.js";
import { setStates } from "./record-state.js";

export const activateOrganization = {
  name: "activate_organization",
  usage: "/activate_organization [organization:…] …",
  summary: "Makes organizations active again",
  right: "editRecords",
  examples: [
    "/activate_organization [organization:Acme]",
    "/activate_organization [organization:7] [organization:Globex]",
  ],

  run: (call: RecordCall, tools: RecordTools) => setStates("organization", "active", call, tools),
} satisfies QuickAction;
