/** The steps of the property test, carried out on a store as quick actions and ticks carry them out. */
import { createAudit } from "../../src/crm/audit.js";
import { createContacts } from "../../src/crm/contacts.js";
import { createErasures } from "../../src/crm/erase.js";
import { createLinks, type IssueFacts } from "../../src/crm/links.js";
import { createMerges } from "../../src/crm/merge.js";
import { createOrganizations } from "../../src/crm/organizations.js";
import type { Departed } from "../../src/crm/receipt.js";
import { contactShelf, organizationShelf } from "../../src/crm/record-shelves.js";
import { createRecords, type Said } from "../../src/crm/records.js";
import type { Source } from "../../src/store/documents.js";
import type { Store } from "../../src/store/store.js";
import { issue, now } from "./address-book.js";
import { nameOf, type Step } from "./record-model.js";

export interface StepResult {
  readonly number?: number;
  readonly departed?: Departed;
}

/** @param created how many contacts were created before, for the name of the next one */
export async function carryOut(
  store: Store,
  source: Source,
  step: Step,
  delivery: string,
  created: number,
): Promise<StepResult> {
  const contacts = createContacts(store, now);
  const organizations = createOrganizations(store, now);
  const shelves = { contacts: contactShelf(contacts), organizations: organizationShelf(organizations) };
  const records = createRecords(shelves, createAudit(store, now));
  const said: Said = {
    source,
    step: { actor: 9, delivery, action: 0, name: step.do },
    issue: `${source.account}:7:1`,
  };
  const numbered = (made: { readonly type: string; readonly number?: number }): StepResult =>
    made.type === "created" && made.number !== undefined ? { number: made.number } : {};

  switch (step.do) {
    case "create": {
      const [firstName = "", lastName = ""] = nameOf(created).split(" ");
      const { email, organization } = step;
      const input = {
        firstName,
        lastName,
        ...(email !== undefined && { email }),
        ...(organization !== undefined && { organization }),
      };
      return numbered(await records.contacts.create(input, said));
    }
    case "edit": {
      const { contact, email, organization } = step;
      const changes = {
        ...(email !== undefined && { email }),
        ...(organization !== undefined && { organization }),
      };
      await records.contacts.edit(contact, changes, said);
      return {};
    }
    case "activate":
      await records.contacts.setState([step.contact], "active", said);
      return {};
    case "deactivate":
      await records.contacts.setState([step.contact], "inactive", said);
      return {};
    case "add":
    case "remove":
      await link(store, contacts, step, said);
      return {};
    case "merge":
      return { departed: await createMerges(store, now).merge("contacts", step, said) };
    case "erase":
      return { departed: await createErasures(store, now).erase("contacts", step.contact, said) };
    case "create_organization":
      return numbered(await records.organizations.create({ name: step.name }, said));
    case "merge_organizations":
      return { departed: await createMerges(store, now).merge("organizations", step, said) };
    case "erase_organization":
      return {
        departed: await createErasures(store, now).erase("organizations", step.organization, said),
      };
  }
}

/** As /add_contacts and /remove_contacts do: by reference, and only active ones are added. */
async function link(
  store: Store,
  contacts: ReturnType<typeof createContacts>,
  { do: what, issue: number, contacts: typed }: Extract<Step, { do: "add" | "remove" }>,
  { source, step }: Said,
): Promise<void> {
  const references = typed.map((one) => ({ value: `#${one}` }));
  const resolved = (await contacts.resolve(source, references)).flatMap((one) =>
    one.type === "found" ? [one.contact] : [],
  );
  const meant = resolved
    .filter(({ state }) => what === "remove" || state === "active")
    .map((contact) => contact.number);
  const facts: IssueFacts = issue(number, source.account);
  await createLinks(store, now).change(facts, { source, [what]: meant }, step);
}
