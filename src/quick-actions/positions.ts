/**
 * Columns as people see them: grapheme clusters of one line. Intl.Segmenter is exact but slow, and
 * quadratic on long strings, so runs of characters that never combine are counted directly and the rest
 * is segmented in small windows.
 */

/** One code point each, joining with nothing before it; what follows may still join the last of a run. */
const PLAIN_RUN =
  /[\t\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u3000-\u3029\u3030-\u3096\u309b-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9d\u{1f300}-\u{1f3fa}\u{1f400}-\u{1faff}\u{20000}-\u{2fa1f}]+/uy;
const ASCII_ONLY = /^[\t\x20-\x7e]*$/u;
const WINDOW = 64;
const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

export interface Ruler {
  /** How many grapheme clusters the line has. */
  readonly length: number;
  /** The grapheme cluster, counted from 0, that an offset in the line falls into. */
  indexAt(offset: number): number;
  /** The grapheme clusters from one index to another, which is left out. */
  slice(from: number, to: number): string[];
}

function endOfPlainRun(text: string, from: number): number {
  PLAIN_RUN.lastIndex = from;
  const run = PLAIN_RUN.exec(text);
  return run === null ? from : from + run[0].length;
}

function addCodePoints(starts: number[], text: string, from: number, to: number): void {
  for (let at = from; at < to; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) starts.push(at);
}

/** Adds the clusters of a window that certainly end in it; returns where to go on. */
function addSegments(starts: number[], text: string, from: number): number {
  for (let size = WINDOW; ; size *= 2) {
    // Half a surrogate pair would look like a cluster of its own, and what is before it like a whole one.
    const end = from + size + ((text.codePointAt(from + size - 1) ?? 0) > 0xffff ? 1 : 0);
    const isLast = end >= text.length;
    const segments = [...segmenter.segment(text.slice(from, end))];
    const certain = isLast ? segments : segments.slice(0, -1);
    const last = certain.at(-1);
    if (last === undefined) continue;
    starts.push(...certain.map(({ index }) => from + index));
    return from + last.index + last.segment.length;
  }
}

/** Where each grapheme cluster starts. */
function clusterStarts(text: string): number[] {
  const starts: number[] = [];
  let at = 0;
  while (at < text.length) {
    const end = endOfPlainRun(text, at);
    const last = (text.codePointAt(end - 2) ?? 0) > 0xffff ? end - 2 : end - 1;
    const certain = end === text.length ? end : last;
    if (certain > at) {
      addCodePoints(starts, text, at, certain);
      at = certain;
    } else {
      at = addSegments(starts, text, at);
    }
  }
  return starts;
}

/** The last index whose start is not after the offset. */
function search(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return offset >= 0 && starts.length > 0 ? low : 0;
}

function asciiRuler(text: string): Ruler {
  return {
    length: text.length,
    indexAt: (offset) => offset,
    slice: (from, to) => Array.from(text.slice(from, to)),
  };
}

/** @param text one line, without its end. */
export function createRuler(text: string): Ruler {
  if (ASCII_ONLY.test(text)) return asciiRuler(text);
  const starts = clusterStarts(text);
  return {
    length: starts.length,
    indexAt: (offset) => (offset >= text.length ? starts.length : search(starts, offset)),
    slice: (from, to) =>
      starts.slice(from, to).map((start, i) => text.slice(start, starts[from + i + 1] ?? text.length)),
  };
}
