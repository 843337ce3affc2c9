/**
 * /find_contacts TEXT : the best matches for a name, an address, a part of one, or an organization
 * in the contact source. A reference that names somebody exactly comes first, then active contacts.
 */
import type { Argument } from "../quick-actions/index.js";
import type { Resolution } from "../crm/references.js";
import type { ContactDocument } from "../store/documents.js";
import type { Call, QuickAction, Tools } from "./quick-action.js";

/** As many as can be read at a glance. */
const shown = 10;

export const findContacts: QuickAction = {
  name: "find_contacts",
  usage: "/find_contacts TEXT",
  summary: "Finds contacts by name, address or organization, typing mistakes forgiven",
  right: "seeContacts",
  examples: ["/find_contacts jane acme", "/find_contacts jnae@acme.com"],

  async run(call, tools) {
    const text = call.arguments.map(wordsOf).join(" ").trim();
    if (text === "") return [{ type: "no_text" }];
    const found = await find(text, call, tools);
    return [
      {
        type: "matches",
        contacts: found.slice(0, shown).map(({ number }) => number),
        more: found.length > shown,
      },
    ];
  },
};

const wordsOf = (argument: Argument): string =>
  argument.type === "field" ? `${argument.key} ${argument.value}` : argument.value;

async function find(text: string, call: Call, tools: Tools): Promise<readonly ContactDocument[]> {
  const [exact] = await tools.contacts.resolve(call.source, [{ value: text }]);
  const first = exactMatches(exact);
  const near = await tools.suggest(call.source, text, { limit: shown + 1 });
  const known = new Set(first.map(({ number }) => number));
  return [...first, ...activeFirst(near.filter(({ number }) => !known.has(number)))];
}

function exactMatches(resolution: Resolution | undefined): readonly ContactDocument[] {
  if (resolution?.type === "found") return [resolution.contact];
  return resolution?.type === "ambiguous" ? resolution.candidates : [];
}

const activeFirst = (contacts: readonly ContactDocument[]): readonly ContactDocument[] => [
  ...contacts.filter(({ state }) => state === "active"),
  ...contacts.filter(({ state }) => state !== "active"),
];
