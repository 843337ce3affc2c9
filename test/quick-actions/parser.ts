/** The parser under test, with the quick actions of the design. */
import { createParser } from "../../src/quick-actions/index.js";

export const NAMES = [
  "add_contacts",
  "remove_contacts",
  "contacts",
  "find_contacts",
  "create_contact",
  "edit_contact",
  "activate_contact",
  "deactivate_contact",
  "create_organization",
  "edit_organization",
  "activate_organization",
  "deactivate_organization",
  "contact_issues",
  "organization_issues",
  "crm_help",
] as const;

export const parser = createParser(NAMES);
