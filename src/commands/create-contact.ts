/**
 * /create_contact "Jane Doe" jane@acme.com organization:"Acme" phone:… description:… : creates a
 * contact in the contact source. The name is quoted or in bare words, or `first_name:` and
 * `last_name:`. With a mistake anywhere in the line nothing is created, and all mistakes are told.
 */
import { employersByDomain, findEmployer, missingEmployer } from "./employer.js";
import { readNewContact } from "./contact-input.js";
import type { Outcome } from "./outcome.js";
import { saidIn, type QuickAction } from "./quick-action.js";
import type { RecordCall, RecordTools } from "./record-call.js";
import { refusalOf } from "./record-refusal.js";

export const createContact = {
  name: "create_contact",
  usage: '/create_contact "First Last" ADDRESS organization:"…" phone:… description:…',
  summary: "Creates a contact",
  right: "editRecords",
  examples: [
    '/create_contact "Jane Doe" jane@acme.com organization:"Acme"',
    '/create_contact first_name:Jane last_name:"van Doe" phone:"+49 30 123456"',
  ],

  async run(call: RecordCall, tools: RecordTools): Promise<readonly Outcome[]> {
    const { input, organization, problems } = readNewContact(call.arguments);
    if (problems.length > 0) return [{ type: "record_unfit", kind: "contact", problems }];
    const employer = await findEmployer(organization, call, tools);
    const created = await tools.records.contacts.create({ ...input, ...employer.input }, saidIn(call));
    if (created.type !== "created") return [refusalOf("contact", created)];
    const { number } = created;
    const offers =
      organization === undefined
        ? await employersByDomain(number, input.email, call, tools)
        : await missingEmployer(number, employer, call, tools);
    return [{ type: "record_created", record: { kind: "contact", number } }, ...offers];
  },
} satisfies QuickAction;
