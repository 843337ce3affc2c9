/** /deactivate_contact REF … : makes contacts inactive. Their links stay. */
import type { QuickAction } from "./quick-action.js";
import type { RecordCall, RecordTools } from "./record-call.js";
import { setStates } from "./record-state.js";

export const deactivateContact = {
  name: "deactivate_contact",
  usage: "/deactivate_contact REF …",
  summary: "Makes contacts inactive, so that nobody links them by mistake",
  right: "editRecords",
  examples: ["/deactivate_contact [contact:42]", "/deactivate_contact jane@acme.com [contact:Bob Stone]"],

  run: (call: RecordCall, tools: RecordTools) => setStates("contact", "inactive", call, tools),
} satisfies QuickAction;
