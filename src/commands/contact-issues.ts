/**
 * /contact_issues REF : the issues that a contact is linked to, open ones first, newest first. Issues
 * in repositories that the asker may not triage are only counted (issue-list.ts).
 */
import { onlyContact, type ContactTools, type OneRecordCall } from "./one-record.js";
import type { NamingCall } from "./named-repositories.js";
import { tellIssues } from "./issue-list.js";
import type { QuickAction, Tools } from "./quick-action.js";

export const contactIssues = {
  name: "contact_issues",
  usage: "/contact_issues REF",
  summary: "Lists the issues of a contact, open ones first",
  right: "seeIssueContacts",
  examples: ["/contact_issues [contact:42]", "/contact_issues jane@acme.com"],

  async run(
    call: OneRecordCall & NamingCall,
    tools: ContactTools & { readonly issues: Pick<Tools["issues"], "ofContact"> },
  ) {
    const contact = await onlyContact(call, tools);
    if ("type" in contact) return [contact];
    const list = await tools.issues.ofContact(call.issue.account, call.source, contact.number);
    return [await tellIssues({ kind: "contact", number: contact.number }, list, call)];
  },
} satisfies QuickAction;
