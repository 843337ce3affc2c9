/**
 * The list of quick actions. Adding one touches its own file, its test, and one line here; a test
 * fails when a file of this folder defines one that is not listed.
 */
import { addContacts } from "./add-contacts.js";
import { contactHistory } from "./contact-history.js";
import { contactIssues } from "./contact-issues.js";
import { contacts } from "./contacts.js";
import { crmHelp } from "./crm-help.js";
import { findContacts } from "./find-contacts.js";
import { organizationIssues } from "./organization-issues.js";
import { planned } from "./planned.js";
import type { QuickAction, QuickActionHelp } from "./quick-action.js";
import { removeContacts } from "./remove-contacts.js";

export const quickActions: readonly QuickAction[] = [
  addContacts,
  removeContacts,
  contacts,
  findContacts,
  contactIssues,
  organizationIssues,
  contactHistory,
  crmHelp,
];

/** Help for everything the language knows, in the order it is shown. */
export const quickActionHelp: readonly QuickActionHelp[] = [...quickActions, ...planned];

/** Canonical names, for the parser. */
export const quickActionNames: readonly string[] = quickActionHelp.map(({ name }) => name);

const byName = new Map(quickActions.map((action) => [action.name, action]));

/** The quick action of a canonical name; undefined for a planned one. */
export const quickAction = (name: string): QuickAction | undefined => byName.get(name);
