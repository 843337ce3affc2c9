/**
 * /remove_contacts REF … : unlinks contacts from the issue, any number of them. Looks among the
 * issue's own contacts first, so that a name that is ambiguous in the address book is clear here;
 * what is not linked is no error. An open reference lists the issue's own contacts.
 */
import type { Resolution } from "../crm/references.js";
import type { ContactDocument } from "../store/documents.js";
import { asCandidates, offer } from "./candidates.js";
import { linkedContacts, matching } from "./linked.js";
import { oncePerContact, type Outcome } from "./outcome.js";
import type { Call, QuickAction, Tools } from "./quick-action.js";
import { readReferences, type GivenReference } from "./references.js";

export const removeContacts: QuickAction = {
  name: "remove_contacts",
  usage: "/remove_contacts REF …",
  summary: "Unlinks contacts from this issue",
  right: "linkContacts",
  examples: ["/remove_contacts [contact:jane@acme.com]", "/remove_contacts [contact:42] bob@acme.com"],

  async run(call, tools) {
    const { contacts: references, open, misfits } = readReferences(call.arguments);
    if (call.arguments.length === 0) return [{ type: "no_reference" }];

    const own = await linkedContacts(call, tools);
    const resolved = await resolve(
      references,
      [...own, ...(await unlinkedBefore(own, call, tools))],
      call,
      tools,
    );
    const removed = await unlink(resolved, call, tools);
    const near = nearMatches(references, resolved, own, call, tools);
    const outcomes = references.map((given, index) =>
      outcomeOf(resolved[index] ?? { type: "unknown" }, given, { own, removed, near }, call),
    );
    return [...oncePerContact(outcomes), ...misfits, ...choose(open, own, call, tools)];
  },
};

/** What an earlier try of this step has unlinked already: its references mean the same as they did then. */
async function unlinkedBefore(
  own: readonly ContactDocument[],
  call: Call,
  tools: Tools,
): Promise<readonly ContactDocument[]> {
  const { removed } = await tools.links.change(call.issue, { source: call.source }, call.step);
  const gone = removed.filter((number) => own.every((contact) => contact.number !== number));
  if (gone.length === 0) return [];
  return [...(await tools.contacts.byNumbers(call.source, gone)).values()];
}

/** The issue's own contacts first; the contact source only for what is not among them. */
async function resolve(
  references: readonly GivenReference[],
  own: readonly ContactDocument[],
  call: Call,
  tools: Tools,
): Promise<readonly Resolution[]> {
  const amongOwn = references.map(({ value }) => resolutionOf(matching(own, value)));
  const elsewhere = references.filter((_, index) => amongOwn[index]?.type === "unknown");
  if (elsewhere.length === 0) return amongOwn;
  const rest = [...(await tools.contacts.resolve(call.source, elsewhere))];
  return amongOwn.map((found) => (found.type === "unknown" ? (rest.shift() ?? found) : found));
}

function resolutionOf(candidates: readonly ContactDocument[]): Resolution {
  const [contact, ...others] = candidates;
  if (contact === undefined) return { type: "unknown" };
  return others.length === 0 ? { type: "found", contact } : { type: "ambiguous", candidates };
}

async function unlink(resolved: readonly Resolution[], call: Call, tools: Tools): Promise<readonly number[]> {
  const remove = resolved.flatMap((resolution) =>
    resolution.type === "found" ? [resolution.contact.number] : [],
  );
  if (remove.length === 0) return [];
  return (await tools.links.change(call.issue, { source: call.source, remove }, call.step)).removed;
}

interface Found {
  readonly own: readonly ContactDocument[];
  readonly removed: readonly number[];
  /** Contacts of the issue like an unknown reference, by its argument. */
  readonly near: ReadonlyMap<number, readonly ContactDocument[]>;
}

/** So many unknown references get near matches: each costs a look at all contacts of the issue. */
const mostNearMatches = 6;

function nearMatches(
  references: readonly GivenReference[],
  resolved: readonly Resolution[],
  own: readonly ContactDocument[],
  call: Call,
  tools: Tools,
): Found["near"] {
  if (call.suggestions === 0) return new Map();
  const unknown = references
    .filter((_, index) => resolved[index]?.type === "unknown")
    .slice(0, mostNearMatches);
  return new Map(unknown.map(({ argument, value }) => [argument, tools.rank(value, own, call.suggestions)]));
}

function outcomeOf(
  resolution: Resolution,
  { argument }: GivenReference,
  { own, removed, near }: Found,
  call: Call,
): Outcome {
  switch (resolution.type) {
    case "found": {
      const { number } = resolution.contact;
      return { type: removed.includes(number) ? "removed" : "not_linked", contact: number };
    }
    case "ambiguous":
      return ambiguous(argument, resolution.candidates, own, call);
    case "unknown":
      return { type: "unknown", argument, box: "remove", candidates: asCandidates(near.get(argument) ?? []) };
  }
}

/** Several contacts of that name: those on the issue can be picked. */
function ambiguous(
  argument: number,
  candidates: readonly ContactDocument[],
  own: readonly ContactDocument[],
  call: Call,
): Outcome {
  const here = candidates.filter(({ number }) => own.some((contact) => contact.number === number));
  return { type: "ambiguous", argument, box: "remove", ...offer(here, call) };
}

function choose(
  open: string | undefined,
  own: readonly ContactDocument[],
  call: Call,
  tools: Tools,
): readonly Outcome[] {
  if (open === undefined) return [];
  const like = open === "" ? own : tools.rank(open, own, own.length);
  return [{ type: "choose", box: "remove", ...offer(like, call) }];
}
