/**
 * Quick actions of DESIGN §3.3 that keep records. The language knows them, help names them as not
 * available, and using one says so and does nothing. Each moves to a file of its own when it is built.
 */
import type { QuickActionHelp } from "./quick-action.js";

export const planned: readonly QuickActionHelp[] = [
  {
    name: "create_contact",
    usage: '/create_contact "First Last" ADDRESS organization:"…" phone:… description:…',
    summary: "Creates a contact",
    right: "editRecords",
    examples: ['/create_contact "Jane Doe" jane@acme.com organization:"Acme"'],
  },
  {
    name: "edit_contact",
    usage: "/edit_contact REF field:value …",
    summary: "Changes fields of a contact",
    right: "editRecords",
    examples: ["/edit_contact [contact:42] phone:+1-555"],
  },
  {
    name: "activate_contact",
    usage: "/activate_contact REF …",
    summary: "Makes contacts active again",
    right: "editRecords",
    examples: ["/activate_contact [contact:42]"],
  },
  {
    name: "deactivate_contact",
    usage: "/deactivate_contact REF …",
    summary: "Makes contacts inactive, so that nobody links them by mistake",
    right: "editRecords",
    examples: ["/deactivate_contact [contact:42]"],
  },
  {
    name: "create_organization",
    usage: '/create_organization "Name" default_rate:… domains:… description:…',
    summary: "Creates an organization",
    right: "editRecords",
    examples: ['/create_organization "Acme" default_rate:120 domains:acme.com'],
  },
  {
    name: "edit_organization",
    usage: "/edit_organization [organization:…] field:value …",
    summary: "Changes fields of an organization",
    right: "editRecords",
    examples: ["/edit_organization [organization:Acme] default_rate:150"],
  },
  {
    name: "activate_organization",
    usage: "/activate_organization [organization:…] …",
    summary: "Makes organizations active again",
    right: "editRecords",
    examples: ["/activate_organization [organization:Acme]"],
  },
  {
    name: "deactivate_organization",
    usage: "/deactivate_organization [organization:…] …",
    summary: "Makes organizations inactive",
    right: "editRecords",
    examples: ["/deactivate_organization [organization:Acme]"],
  },
];
