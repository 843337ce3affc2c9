/**
 * /contacts : lists the contacts of this issue, the important ones first, then by last and first name,
 * with what their links say. Dormant links are not shown.
 */
import { linkedContacts, type LinkedTools } from "./linked.js";
import type { Outcome } from "./outcome.js";
import type { Call, QuickAction, Tools } from "./quick-action.js";

type ContactsCall = Pick<Call, "arguments" | "issue" | "source">;

interface ContactsTools extends LinkedTools {
  readonly links: Pick<Tools["links"], "linked" | "remarks">;
}

export const contacts = {
  name: "contacts",
  usage: "/contacts",
  summary: "Lists the contacts of this issue",
  right: "seeIssueContacts",
  examples: ["/contacts"],

  async run(call: ContactsCall, tools: ContactsTools): Promise<readonly Outcome[]> {
    if (call.arguments.length > 0) return [{ type: "unexpected_arguments" }];
    const linked = (await linkedContacts(call, tools)).map(({ number }) => number);
    if (linked.length < 2) return [{ type: "linked", contacts: linked }];
    const remarks = await tools.links.remarks(call.issue, call.source);
    const isImportant = (number: number) => remarks.get(number)?.important === true;
    const rest = linked.filter((number) => !isImportant(number));
    return [{ type: "linked", contacts: [...linked.filter(isImportant), ...rest] }];
  },
} satisfies QuickAction;
