/**
 * /contacts : lists the contacts of this issue, the important ones first, then by last and first name,
 * with what their links say. Dormant links are not shown.
 */
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
    const linked = (await linkedContacts(call, tools)).map(({ number }) => number);
    if (linked.length < 2) return [{ type: "linked", contacts: linked }];
    const remarks = await tools.links.remarks(call.issue, call.source);
    const isImportant = (number: number) => remarks.get(number)?.important === true;
    const rest = linked.filter((number) => !isImportant(number));
    return [{ type: "linked", contacts: [...linked.filter(isImportant), ...rest] }];
  },
};
