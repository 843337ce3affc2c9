/** /organization_issues: one organization, its issues by the same rules as those of a contact. */
import { expect, test } from "@jest/globals";
import { organizationIssues } from "../../src/commands/organization-issues.js";
import type { OrganizationDocument } from "../../src/store/documents.js";
import { callOf, here, issuesIn, organization } from "./listing.js";

const tools = (found: OrganizationDocument | undefined) => ({
  organizations: { resolve: () => Promise.resolve(found) },
  issues: {
    ofOrganization: (account: number, _source: unknown, number: number) =>
      account === 1001 && number === 7
        ? Promise.resolve({ issues: [...issuesIn(2002, [4]), ...issuesIn(here, [2])], partial: false })
        : Promise.reject(new Error("another organization")),
  },
});

test("names what the asker may see, and counts the rest", async () => {
  const { call } = callOf("/organization_issues [organization:Acme]");
  expect(await organizationIssues.run(call, tools(organization(7)))).toEqual([
    {
      type: "issues",
      about: { kind: "organization", number: 7 },
      issues: [{ repository: here, number: 2 }],
      more: 0,
      hidden: 1,
      hereOnly: false,
      partial: false,
    },
  ]);
});

test.each([
  ["an unknown organization", "/organization_issues [organization:Nobody]", { type: "which_organization" }],
  ["an open reference", "/organization_issues [organization:Ac", { type: "which_organization" }],
  ["nothing", "/organization_issues", { type: "one_reference", kind: "organization" }],
  ["a contact", "/organization_issues jane@acme.com", { type: "one_reference", kind: "organization" }],
  [
    "two organizations",
    "/organization_issues [organization:7] [organization:8]",
    { type: "one_reference", kind: "organization" },
  ],
])("%s lists nothing", async (_, line, outcome) => {
  expect(await organizationIssues.run(callOf(line).call, tools(undefined))).toEqual([outcome]);
});
