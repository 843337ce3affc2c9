/**
 * /edit_organization [organization:…] field:value … : changes fields of one organization; `field:""`
 * clears. `domains:` replaces the whole list.
 */
import { readOrganizationEdit } from "./organization-input.js";
import { findEdited, editedOutcome } from "./record-edit.js";
import type { Outcome } from "./outcome.js";
import { saidIn, type QuickAction } from "./quick-action.js";
import type { RecordCall, RecordTools } from "./record-call.js";

export const editOrganization = {
  name: "edit_organization",
  usage: "/edit_organization [organization:…] field:value …",
  summary: 'Changes fields of an organization; `field:""` clears one',
  right: "editRecords",
  examples: [
    "/edit_organization [organization:Acme] default_rate:150",
    '/edit_organization [organization:7] name:"Acme GmbH" domains:acme.com,acme.de description:""',
  ],

  async run(call: RecordCall, tools: RecordTools): Promise<readonly Outcome[]> {
    const { reference, input, problems } = readOrganizationEdit(call.arguments);
    const target = await findEdited("organization", reference, problems, call, tools);
    if (typeof target !== "number") return target;
    const edited = await tools.records.organizations.edit(target, input, saidIn(call));
    return [editedOutcome("organization", target, edited)];
  },
} satisfies QuickAction;
