/**
 * Tick boxes of a reply. What a box stands for is kept with the reply's sections; from the edited
 * text only the positions of the ticks are taken, and only if nothing but ticks was changed.
 */
import { createHash } from "node:crypto";
import { tickSuffixes } from "./offers.js";
import type { DeedResult, Offer, Receipted } from "../commands/deed.js";
import { offersOf, withOfferResults, type Outcome } from "../commands/outcome.js";
import type { Section } from "./section.js";

const boxLine = /^- \[([ xX])\] /gm;

/** The boxes of a reply in the order in which they are shown. */
export const boxesOf = (sections: readonly Section[]): readonly Offer[] =>
  sections.flatMap((section) => (section.kind === "outcomes" ? section.outcomes.flatMap(offersOf) : []));

/** The numbers (from 0) of the boxes that are ticked in a text. */
export const tickedIn = (text: string): readonly number[] =>
  [...normalise(text).matchAll(boxLine)].flatMap((match, number) => (match[1] === " " ? [] : [number]));

/**
 * A digest of a reply's text that ticks and their results do not change, and anything else does. A
 * page that was opened before a tick was carried out still sends the text without its result.
 */
export const digestWithoutTicks = (text: string): string =>
  createHash("sha256").update(normalise(text).replace(wholeBoxLine, withoutResult)).digest("hex");

const wholeBoxLine = /^- \[[ xX]\] .*$/gm;

const withoutResult = (line: string): string => {
  const suffix = tickSuffixes.find((words) => line.endsWith(words));
  return `- [ ] ${line.slice("- [ ] ".length, suffix === undefined ? undefined : -suffix.length)}`;
};

/**
 * GitHub's editor sends CRLF and may drop white space at the end. Blocks of code quote what was typed;
 * a tick comes without that text, so they are gone from the reply after it.
 */
const normalise = (text: string): string => withoutBlocks(text.replaceAll("\r\n", "\n")).trimEnd();

/** Without our fenced blocks and the empty lines before them. Line by line: anybody may have edited the text. */
function withoutBlocks(text: string): string {
  const kept: string[] = [];
  let block: { readonly fence: string; readonly at: number } | undefined;
  for (const line of text.split("\n")) {
    const fence = block === undefined ? /^(`{3,})text$/.exec(line)?.[1] : undefined;
    if (fence !== undefined) block = { fence, at: kept.length };
    kept.push(line);
    if (line !== block?.fence) continue;
    kept.length = block.at;
    while (kept.at(-1) === "") kept.pop();
    block = undefined;
  }
  return kept.join("\n");
}

/** The sections with the results of ticked boxes filled in, by box number. */
export function withResults(
  sections: readonly Section[],
  results: ReadonlyMap<number, DeedResult | Receipted>,
): readonly Section[] {
  let before = 0;
  const fill = (outcome: Outcome): Outcome => {
    const own = offersOf(outcome).map((_, index) => results.get(before + index));
    before += own.length;
    return withOfferResults(outcome, own);
  };
  return sections.map((section) =>
    section.kind === "outcomes" ? { ...section, outcomes: section.outcomes.map(fill) } : section,
  );
}
