/**
 * The fragment of a line around a place, and under it a line with a mark, for a fixed-width block.
 * Cuts between grapheme clusters only; aligns by terminal width as far as one can (East Asian wide
 * characters and emoji are two cells). Holds no control characters, no marks of writing direction and no
 * addresses: these are blotted out before the cut, which would leave halves of them that look like none.
 */
import type { Span } from "./addresses.js";
import type { Ruler } from "./positions.js";

const LONGEST = 60;
const BEFORE = 24;
const MARK = "^";
const CUT = "…";
const BLOT = "•";

const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f1e6}-\u{1f1ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]|\ufe0f/u;
const NARROW_NONE = /^\p{M}|^[\u200b-\u200d\u2060]/u;

function printable(cluster: string): string {
  return cluster.replace(UNPRINTABLE, " ").replace(LONE_SURROGATE, "\ufffd");
}

function width(cluster: string): number {
  if (WIDE.test(cluster)) return 2;
  return NARROW_NONE.test(cluster) ? 0 : 1;
}

/**
 * @param ruler the line's grapheme clusters
 * @param place index of the cluster to mark; the line's length marks its end
 * @param addresses where they stand in the line: each of their clusters is blotted, so the mark still points right
 */
export function excerptOf(ruler: Ruler, place: number, addresses: readonly Span[]): string {
  const from = Math.max(0, Math.min(place - BEFORE, ruler.length - LONGEST));
  const to = Math.min(ruler.length, from + LONGEST);
  const hidden = hiddenClusters(ruler, addresses, from, to);
  const clusters = ruler.slice(from, to).map((text, i) => (hidden.has(from + i) ? BLOT : printable(text)));
  const lead = from > 0 ? CUT : "";
  const tail = to < ruler.length ? CUT : "";
  const before = clusters.slice(0, place - from).reduce((sum, cluster) => sum + width(cluster), lead.length);
  return `${lead}${clusters.join("")}${tail}\n${" ".repeat(before)}${MARK}`;
}

/** Which clusters between two indexes belong to an address, wholly or in part. */
function hiddenClusters(ruler: Ruler, addresses: readonly Span[], from: number, to: number): Set<number> {
  const hidden = new Set<number>();
  for (const { start, end } of addresses) {
    const last = Math.min(to - 1, ruler.indexAt(end - 1));
    for (let index = Math.max(from, ruler.indexAt(start)); index <= last; index += 1) hidden.add(index);
  }
  return hidden;
}
