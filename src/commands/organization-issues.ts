/**
 * /organization_issues [organization:…] : the issues that any contact of an organization is linked
 * to, each once, open ones first, newest first. What may be named is decided in issue-list.ts.
 */
import type { NamingCall } from "./named-repositories.js";
import { tellIssues } from "./issue-list.js";
import { onlyOrganization, type OneRecordCall, type OrganizationTools } from "./one-record.js";
import type { QuickAction, Tools } from "./quick-action.js";

export const organizationIssues = {
  name: "organization_issues",
  usage: "/organization_issues [organization:…]",
  summary: "Lists the issues of an organization, open ones first",
  right: "seeIssueContacts",
  examples: ["/organization_issues [organization:Acme]", "/organization_issues [organization:7]"],

  async run(
    call: OneRecordCall & NamingCall,
    tools: OrganizationTools & { readonly issues: Pick<Tools["issues"], "ofOrganization"> },
  ) {
    const organization = await onlyOrganization(call, tools);
    if ("type" in organization) return [organization];
    const { number } = organization;
    const list = await tools.issues.ofOrganization(call.issue.account, call.source, number);
    return [await tellIssues({ kind: "organization", number }, list, call)];
  },
} satisfies QuickAction;
