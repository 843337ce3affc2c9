/**
 * What a reply says after an edit (DESIGN §7): what was answered before and still stands in the
 * text, what has had an effect even if its line is gone, and what the edit brought.
 */
import { hasEffect } from "../commands/outcome.js";
import { meaningOf, type ParseResult } from "../quick-actions/index.js";
import type { Section } from "../replies/section.js";
import { sectionKey } from "./reply-store.js";

/**
 * @param earlier sections of the stored reply, those of an earlier try of this delivery included
 * @param fresh sections of this delivery
 * @param whole everything that stands in the text now
 */
export function mergeSections(
  earlier: readonly Section[],
  fresh: readonly Section[],
  whole: ParseResult,
  delivery: string,
): readonly Section[] {
  const lines = remainingLines(whole, fresh);
  const kept = earlier
    .filter((section) => section.delivery !== delivery && section.kind !== "failed")
    .flatMap((section) => {
      const line = lines.get(section.key)?.shift();
      return line !== undefined || changedLinks(section) ? [{ ...section, line: line ?? 0 }] : [];
    });
  return [...kept, ...fresh].sort((a, b) => a.line - b.line);
}

/** Key -> lines of the text that mean it and are not answered afresh. */
function remainingLines(
  { commands, problems }: ParseResult,
  fresh: readonly Section[],
): Map<string, number[]> {
  const answered = new Set(fresh.map(({ line }) => line));
  const lines = new Map<string, number[]>();
  for (const part of [...commands, ...problems]) {
    const key = sectionKey(meaningOf(part));
    if (!answered.has(part.line)) lines.set(key, [...(lines.get(key) ?? []), part.line]);
  }
  return lines;
}

const changedLinks = (section: Section): boolean =>
  section.kind === "outcomes" && section.outcomes.some(hasEffect);
