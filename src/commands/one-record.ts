/**
 * Quick actions about one record: exactly one reference, to a contact or to an organization. A miss
 * names whoever is near, in a plain list: nothing is changed, so there is nothing to tick.
 */
import type { ReferenceArgument } from "../quick-actions/index.js";
import type { ContactDocument, OrganizationDocument } from "../store/documents.js";
import type { Outcome } from "./outcome.js";
import type { Call, Tools } from "./quick-action.js";

export type OneRecordCall = Pick<Call, "arguments" | "source" | "suggestions">;
export type ContactTools = {
  readonly contacts: Pick<Tools["contacts"], "resolve" | "list">;
} & Pick<Tools, "suggest">;
export interface OrganizationTools {
  readonly organizations: Pick<Tools["organizations"], "resolve">;
}

/** @returns the contact that the line names, or the outcome that says why there is none */
export async function onlyContact(
  call: OneRecordCall,
  tools: ContactTools,
): Promise<ContactDocument | Outcome> {
  const reference = onlyReference(call, "contact");
  if (reference.type !== "reference") return reference;
  const { value, open } = reference;
  if (open) return which("open", await near(value, call, tools));
  const [resolution] = await tools.contacts.resolve(call.source, [{ value }]);
  switch (resolution?.type) {
    case "found":
      return resolution.contact;
    case "ambiguous":
      return which("ambiguous", resolution.candidates.slice(0, call.suggestions));
    case "unknown":
    case undefined:
      return which("unknown", await near(value, call, tools));
  }
}

/** @returns the organization that the line names, or the outcome that says why there is none */
export async function onlyOrganization(
  call: OneRecordCall,
  tools: OrganizationTools,
): Promise<OrganizationDocument | Outcome> {
  const reference = onlyReference(call, "organization");
  if (reference.type !== "reference") return reference;
  const found = reference.open ? undefined : await tools.organizations.resolve(call.source, reference.value);
  return found ?? { type: "which_organization" };
}

function onlyReference(call: OneRecordCall, kind: "contact" | "organization"): ReferenceArgument | Outcome {
  const [argument, ...others] = call.arguments;
  const fits = argument?.type === "reference" && argument.kind === kind && others.length === 0;
  return fits ? argument : { type: "one_reference", kind };
}

const which = (why: "unknown" | "ambiguous" | "open", contacts: readonly ContactDocument[]): Outcome => ({
  type: "which_contact",
  why,
  contacts: contacts.map(({ number }) => number),
});

async function near(
  text: string,
  call: OneRecordCall,
  tools: ContactTools,
): Promise<readonly ContactDocument[]> {
  const limit = call.suggestions;
  if (limit === 0) return [];
  return text === ""
    ? tools.contacts.list(call.source, { limit })
    : tools.suggest(call.source, text, { limit });
}
