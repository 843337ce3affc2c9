/** Boxes that give a contact its organization: one that is there, or a new one. Both can be repeated. */
import type { RecordEdited, Said } from "../crm/records.js";
import type { Deed, DeedResult } from "./deed.js";
import type { Tools } from "./quick-action.js";

type Of<D extends Deed["do"]> = Extract<Deed, { readonly do: D }>;
interface Needed extends Pick<Tools, "records" | "wishes"> {
  readonly contacts: Pick<Tools["contacts"], "byNumbers">;
}

export async function setOrganization(
  { contact, organization }: Of<"set_organization">,
  said: Said,
  { records }: Needed,
): Promise<DeedResult> {
  return resultOf(await records.contacts.edit(contact, { organization }, said));
}

/** Somebody may have created it since the box was offered: then the contact gets theirs. */
export async function createOrganizationFor(
  { contact, wish: id }: Of<"create_organization">,
  said: Said,
  { contacts, records, wishes }: Needed,
): Promise<DeedResult> {
  if (!(await contacts.byNumbers(said.source, [contact])).has(contact)) return "gone";
  const wish = (await wishes.byIds(said.source, [id])).get(id);
  const organization = wish?.organization ?? (await createWished(wish?.name, said, records));
  if (typeof organization !== "number") return organization;
  await wishes.fulfil(id, organization);
  const setting = { ...said, step: { ...said.step, name: "set_organization" } };
  return resultOf(await records.contacts.edit(contact, { organization }, setting));
}

async function createWished(
  name: string | undefined,
  said: Said,
  { organizations }: Tools["records"],
): Promise<number | "gone" | "refused"> {
  if (name === undefined) return "gone";
  const created = await organizations.create({ name }, said);
  if (created.type === "unfit") return "refused";
  return created.type === "created" ? created.number : created.by;
}

function resultOf(edited: RecordEdited): DeedResult {
  switch (edited.type) {
    case "edited":
      return "done";
    case "unchanged":
      return "already_done";
    case "unknown":
    case "unfit": // the organization is gone
      return "gone";
    case "taken":
      return "refused";
  }
}
