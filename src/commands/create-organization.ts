/**
 * /create_organization "Acme" default_rate:120 domains:acme.com description:… : creates an
 * organization in the contact source. `domains:` are mail domains, parted by commas: new contacts
 * with an address there are offered the organization.
 */
import { readNewOrganization } from "./organization-input.js";
import type { Outcome } from "./outcome.js";
import { saidIn, type QuickAction } from "./quick-action.js";
import type { RecordCall, RecordTools } from "./record-call.js";
import { refusalOf } from "./record-refusal.js";

export const createOrganization = {
  name: "create_organization",
  usage: '/create_organization "Name" default_rate:… domains:… description:…',
  summary: "Creates an organization",
  right: "editRecords",
  examples: [
    '/create_organization "Acme" default_rate:120 domains:acme.com',
    '/create_organization "Globex Corporation" domains:globex.com,globex.de description:"Since 2019"',
  ],

  async run(call: RecordCall, tools: RecordTools): Promise<readonly Outcome[]> {
    const { input, problems } = readNewOrganization(call.arguments);
    if (problems.length > 0) return [{ type: "record_unfit", kind: "organization", problems }];
    const created = await tools.records.organizations.create(input, saidIn(call));
    if (created.type !== "created") return [refusalOf("organization", created)];
    return [{ type: "record_created", record: { kind: "organization", number: created.number } }];
  },
} satisfies QuickAction;
