/**
 * Where e-mail addresses stand in a line, so that none is ever quoted back (DESIGN §7). Rather too much
 * than too little: whatever holds an at sign counts, with a quoted local part directly before it.
 */

/** Offsets in UTF-16 code units; `end` is behind the last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A run without spaces. U+FEFF counts as a space in patterns, but nobody sees it: it parts no address. */
const RUN = /(?:[^\s]|\ufeff)+/gu;
/** The at sign as it is typed on keyboards of the world. */
const AT = /[@＠﹫]/u;
/** What may stand before an address in the same run, and is no part of it. */
const BEFORE = /[:=[(,<：＝［（，、＜]/u;
/** What closes the brackets or quotation marks around an address. */
const CLOSING = /[\])>",］）＞＂”»，、]/u;
const QUOTE = /["“”„‟«»＂]/u;
const QUOTED_LOCAL_PART = /["“”„‟«»＂](?=[@＠﹫])/u;
/** Quotation marks that are not escaped, for escaped ones are taken by the first half. */
const QUOTES = /\\[^]|["“”„‟«»＂]/gu;

/** In order; they may overlap. Linear in the length of the line. */
export function addressesIn(line: string): Span[] {
  if (!AT.test(line)) return [];
  const openingOf = openingQuotes(line);
  const spans: Span[] = [];
  for (const { 0: run, index } of line.matchAll(RUN)) {
    const at = run.search(AT);
    if (at < 0) continue;
    const closing = run.search(QUOTED_LOCAL_PART);
    const opening = closing < 0 ? Infinity : openingOf(index + closing);
    spans.push({ start: Math.min(index + startOf(run, at), opening), end: index + endOf(run, at) });
  }
  return spans;
}

/** Where the quoted text starts that ends at a quotation mark; where nothing does, the first mark of the line. */
function openingQuotes(line: string): (closing: number) => number {
  const openings = new Map<number, number>();
  let before: number | undefined;
  for (const { 0: mark, index } of line.matchAll(QUOTES)) {
    if (mark.startsWith("\\")) continue;
    if (before !== undefined) openings.set(index, before);
    before = index;
  }
  const first = line.search(QUOTE);
  return (closing) => openings.get(closing) ?? first;
}

/** Behind the last character before the at sign that cannot belong to the address. */
function startOf(run: string, at: number): number {
  let start = at;
  while (start > 0 && !BEFORE.test(run.charAt(start - 1))) start -= 1;
  return start;
}

/** Before what closes around the address: the brackets that are missing, or not, are what an excerpt is about. */
function endOf(run: string, at: number): number {
  let end = run.length;
  while (end > at + 1 && CLOSING.test(run.charAt(end - 1))) end -= 1;
  return end;
}
