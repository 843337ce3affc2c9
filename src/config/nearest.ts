/** Did you mean …? The known word that is nearest to a mistyped one, if it is near enough. */
import { distance } from "fastest-levenshtein";

/**
 * The nearest of `known`, case ignored; undefined when more than a third of the letters differ (two
 * are allowed from four letters on: swapping neighbours counts as two).
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const typed = word.toLowerCase();
  let best: string | undefined;
  let allowed = (typed.length < 4 ? Math.min(1, typed.length - 1) : Math.max(2, typed.length / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - typed.length) >= allowed) continue;
    const away = distance(typed, candidate.toLowerCase());
    if (away >= allowed) continue;
    best = candidate;
    allowed = away;
  }
  return best;
}
