/**
 * /add_contacts REF … : links active contacts of the contact source to the issue, at most 6
 * distinct ones a line (DESIGN §3.3). One unknown reference never hides the others; under it the
 * near matches are offered. An open reference (`[contact:ja`) changes nothing and asks for the list.
 * `note:"…"` and `important:yes` are for all contacts of the line, those that are linked already too.
 */
import type { Resolution } from "../crm/references.js";
import type { RemarkChange } from "../crm/remarks.js";
import type { ContactDocument } from "../store/documents.js";
import { asCandidates, offer } from "./candidates.js";
import { offersOf, oncePerContact, type Outcome } from "./outcome.js";
import type { Call, QuickAction, Tools } from "./quick-action.js";
import { readReferences, type GivenReference } from "./references.js";
import { readRemark, type RemarkProblem } from "./remark-fields.js";

/** GitLab's limit, counted here on distinct references. */
export const maxAdditions = 6;

type AddCall = Pick<Call, "arguments" | "issue" | "source" | "step" | "suggestions">;

interface AddTools extends Pick<Tools, "suggest"> {
  readonly contacts: Pick<Tools["contacts"], "resolve" | "list">;
  readonly links: Pick<Tools["links"], "linked" | "change">;
}

export const addContacts = {
  name: "add_contacts",
  usage: '/add_contacts REF … note:"…" important:yes',
  summary: `Links contacts to this issue, at most ${maxAdditions} a line, with a note if you like`,
  right: "linkContacts",
  examples: [
    "/add_contacts [contact:jane@acme.com]",
    "/add_contacts jane@acme.com [contact:42] [contact:Jane Doe]",
    '/add_contacts [contact:42] note:"renewal at risk" important:yes',
  ],

  async run(call: AddCall, tools: AddTools): Promise<readonly Outcome[]> {
    const { contacts, open, misfits } = readReferences(call.arguments);
    const { remark, problems } = readRemark(call.arguments);
    const refused = refusals(contacts, problems, call);
    if (refused.length > 0) return refused;

    const resolved = await tools.contacts.resolve(call.source, contacts);
    const issue = await link(resolved, remark, call, tools);
    const outcomes = await Promise.all(
      resolved.map((resolution, index) => outcomeOf(resolution, contacts[index], issue, call, tools)),
    );
    const asked = open === undefined ? [] : [await choose(open, call, tools)];
    const told = [...oncePerContact(outcomes), ...withoutFields(misfits, call), ...asked];
    const isLost = remark !== undefined && told.some((outcome) => offersOf(outcome).length > 0);
    return isLost ? [...told, { type: "remark_not_ticked" }] : told;
  },
} satisfies QuickAction;

/** Why nothing of the line may be done, all of it together. */
function refusals(
  contacts: readonly GivenReference[],
  problems: readonly RemarkProblem[],
  call: AddCall,
): readonly Outcome[] {
  const tooMany = contacts.length > maxAdditions;
  const onlyFields = call.arguments.every(({ type }) => type === "field");
  return [
    ...(tooMany ? [{ type: "too_many", given: contacts.length, limit: maxAdditions } as const] : []),
    ...(problems.length > 0 ? [{ type: "unfit_remark", problems } as const] : []),
    ...(onlyFields ? [{ type: "no_reference" } as const] : []),
  ];
}

/** Fields are no misfits here. */
const withoutFields = (misfits: readonly Outcome[], call: AddCall): readonly Outcome[] =>
  misfits.filter(
    (misfit) => !("argument" in misfit) || call.arguments[misfit.argument - 1]?.type !== "field",
  );

/** What became of the issue: contact numbers. */
interface Linked {
  /** They were not linked before. */
  readonly added: readonly number[];
  /** They were, and their remarks are others now. */
  readonly noted: readonly number[];
  /** Inactive ones that were linked while they were active. */
  readonly inactive: readonly number[];
}

/** Links what can be linked, in one write. */
async function link(
  resolved: readonly Resolution[],
  remark: RemarkChange | undefined,
  call: AddCall,
  tools: AddTools,
): Promise<Linked> {
  const numbersOf = (state: ContactDocument["state"]) =>
    resolved.flatMap((resolution) =>
      resolution.type === "found" && resolution.contact.state === state ? [resolution.contact.number] : [],
    );
  const [add, inactive] = [numbersOf("active"), numbersOf("inactive")];
  const contacts = [...add, ...inactive];
  const change = { source: call.source, add, ...(remark && { remark: { ...remark, contacts } }) };
  const isNothing = remark === undefined ? add.length === 0 : contacts.length === 0;
  const { added, noted = [] } = isNothing
    ? { added: [] }
    : await tools.links.change(call.issue, change, call.step);
  const linked = inactive.length === 0 ? [] : await tools.links.linked(call.issue, call.source);
  return { added, noted, inactive: inactive.filter((number) => linked.includes(number)) };
}

async function outcomeOf(
  resolution: Resolution,
  given: GivenReference | undefined,
  issue: Linked,
  call: AddCall,
  tools: AddTools,
): Promise<Outcome> {
  const { argument, value } = given ?? { argument: 0, value: "" };
  switch (resolution.type) {
    case "found":
      return { type: linkState(resolution.contact, issue), contact: resolution.contact.number };
    case "ambiguous":
      return { type: "ambiguous", argument, box: "add", ...offer(activeOnly(resolution.candidates), call) };
    case "unknown":
      return { type: "unknown", argument, box: "add", candidates: await nearMatches(value, call, tools) };
  }
}

function linkState({ number, state }: ContactDocument, { added, noted, inactive }: Linked) {
  if (noted.includes(number)) return "noted";
  if (state === "inactive") return inactive.includes(number) ? "already_linked" : "inactive";
  return added.includes(number) ? "added" : "already_linked";
}

const activeOnly = (contacts: readonly ContactDocument[]) =>
  contacts.filter((contact) => contact.state === "active");

async function nearMatches(value: string, call: AddCall, tools: AddTools) {
  if (call.suggestions === 0) return [];
  const found = await tools.suggest(call.source, value, { limit: call.suggestions, state: "active" });
  return asCandidates(found);
}

/** Active contacts that are not on the issue yet: those like `text`, or the first ones by name. */
async function choose(text: string, call: AddCall, tools: AddTools): Promise<Outcome> {
  const linked = new Set(await tools.links.linked(call.issue, call.source));
  const limit = Math.max(call.suggestions, 1) + linked.size + 1;
  const found =
    text === ""
      ? await tools.contacts.list(call.source, { state: "active", limit })
      : await tools.suggest(call.source, text, { limit, state: "active" });
  const free = found.filter((contact) => !linked.has(contact.number));
  return { type: "choose", box: "add", ...offer(free, call) };
}
