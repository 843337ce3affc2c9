/** /contacts : lists the contacts of this issue, by last and first name. Dormant links are not shown. */
import { linkedContacts } from "./linked.js";
import type { QuickAction } from "./quick-action.js";

export const contacts: QuickAction = {
  name: "contacts",
  usage: "/contacts",
  summary: "Lists the contacts of this issue",
  right: "seeIssueContacts",
  examples: ["/contacts"],

  async run(call, tools) {
    if (call.arguments.length > 0) return [{ type: "unexpected_arguments" }];
    const linked = await linkedContacts(call, tools);
    return [{ type: "linked", contacts: linked.map(({ number }) => number) }];
  },
};
