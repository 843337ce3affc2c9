/** /activate_contact REF … : makes contacts active again, so that they can be linked. */
import type { QuickAction } from "./quick-action.js";
import { setStates } from "./record-state.js";

export const activateContact: QuickAction = {
  name: "activate_contact",
  usage: "/activate_contact REF …",
  summary: "Makes contacts active again",
  right: "editRecords",
  examples: ["/activate_contact [contact:42]", "/activate_contact jane@acme.com [contact:Bob Stone]"],

  run: (call, tools) => setStates("contact", "active", call, tools),
};
