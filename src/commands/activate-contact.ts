/** /activate_contact REF … : makes contacts active again, so that they can be linked. */
import type { QuickAction } from "./quick-action.js";
import type { RecordCall, RecordTools } from "./record-call.js";
import { setStates } from "./record-state.js";

export const activateContact = {
  name: "activate_contact",
  usage: "/activate_contact REF …",
  summary: "Makes contacts active again",
  right: "editRecords",
  examples: ["/activate_contact [contact:42]", "/activate_contact jane@acme.com [contact:Bob Stone]"],

  run: (call: RecordCall, tools: RecordTools) => setStates("contact", "active", call, tools),
} satisfies QuickAction;
