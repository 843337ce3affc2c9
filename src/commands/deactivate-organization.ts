/** /deactivate_organization [organization:…] … : makes organizations inactive. Their contacts stay as they are. */
import type { QuickAction } from "./quick-action.js";
import type { RecordCall, RecordTools } from "./record-call.js";
import { setStates } from "./record-state.js";

export const deactivateOrganization = {
  name: "deactivate_organization",
  usage: "/deactivate_organization [organization:…] …",
  summary: "Makes organizations inactive",
  right: "editRecords",
  examples: [
    "/deactivate_organization [organization:Acme]",
    "/deactivate_organization [organization:7] [organization:Globex]",
  ],

  run: (call: RecordCall, tools: RecordTools) => setStates("organization", "inactive", call, tools),
} satisfies QuickAction;
