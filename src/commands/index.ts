/**
 * The list of quick actions. Adding one touches its own file, its test, and one line here; a test
 * fails when a file of this folder defines one that is not listed.
 */
import { activateContact } from "./activate-contact.js";
import { activateOrganization } from "./activate-organization.js";
import { addContacts } from "./add-contacts.js";
import { contactHistory } from "./contact-history.js";
import { contactIssues } from "./contact-issues.js";
import { contacts } from "./contacts.js";
import { createContact } from "./create-contact.js";
import { createOrganization } from "./create-organization.js";
import { crmHelp } from "./crm-help.js";
import { deactivateContact } from "./deactivate-contact.js";
import { deactivateOrganization } from "./deactivate-organization.js";
import { editContact } from "./edit-contact.js";
import { editOrganization } from "./edit-organization.js";
import { eraseContact } from "./erase-contact.js";
import { eraseOrganization } from "./erase-organization.js";
import { findContacts } from "./find-contacts.js";
import { mergeContacts } from "./merge-contacts.js";
import { mergeOrganizations } from "./merge-organizations.js";
import { organizationIssues } from "./organization-issues.js";
import type { QuickAction } from "./quick-action.js";
import { removeContacts } from "./remove-contacts.js";

/** In the order in which help shows them. */
export const quickActions: readonly QuickAction[] = [
  addContacts,
  removeContacts,
  contacts,
  findContacts,
  contactIssues,
  organizationIssues,
  contactHistory,
  createContact,
  editContact,
  activateContact,
  deactivateContact,
  createOrganization,
  editOrganization,
  activateOrganization,
  deactivateOrganization,
  mergeContacts,
  mergeOrganizations,
  eraseContact,
  eraseOrganization,
  crmHelp,
];

/** Canonical names, for the parser. */
export const quickActionNames: readonly string[] = quickActions.map(({ name }) => name);

const byName = new Map(quickActions.map((action) => [action.name, action]));

/** The quick action of a canonical name, as the parser gives it. @throws Error for any other */
export function quickAction(name: string): QuickAction {
  const action = byName.get(name);
  if (action === undefined) throw new Error(`there is no quick action ${name}`);
  return action;
}
