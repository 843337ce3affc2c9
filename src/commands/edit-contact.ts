/**
 * /edit_contact REF field:value … : changes fields of one contact; `email:""` clears. The reply
 * names the fields that changed, never what they held: the contact's label shows as much of the new
 * values as may be shown.
 */
import { readContactEdit } from "./contact-input.js";
import { findEmployer, missingEmployer } from "./employer.js";
import { findEdited, editedOutcome } from "./record-edit.js";
import type { Outcome } from "./outcome.js";
import { saidIn, type QuickAction } from "./quick-action.js";
import type { RecordCall, RecordTools } from "./record-call.js";

export const editContact = {
  name: "edit_contact",
  usage: "/edit_contact REF field:value …",
  summary: 'Changes fields of a contact; `field:""` clears one',
  right: "editRecords",
  examples: [
    "/edit_contact [contact:42] phone:+1-555",
    '/edit_contact jane@acme.com email:jane.doe@acme.com organization:"Acme" description:""',
  ],

  async run(call: RecordCall, tools: RecordTools): Promise<readonly Outcome[]> {
    const { reference, input, organization, problems } = readContactEdit(call.arguments);
    const target = await findEdited("contact", reference, problems, call, tools);
    if (typeof target !== "number") return target;
    const employer = await findEmployer(organization, call, tools);
    const changes = { ...input, ...employer.input };
    const edited = await tools.records.contacts.edit(target, changes, saidIn(call));
    const offers = await missingEmployer(target, employer, call, tools);
    return [editedOutcome("contact", target, edited), ...offers];
  },
} satisfies QuickAction;
