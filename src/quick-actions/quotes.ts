/**
 * Two block rules of ours about quotes: GitLab's `>>>` fences, and a limit on the work that quotes make.
 * markdown-it reads on to the next blank line for each quote, in case lines without `>` belong to it;
 * thousands of quotes in one go would take quadratic time.
 */
import type { Env, StateBlock } from "markdown-it";

export interface QuoteEnv extends Env {
  /** Lines that quotes may still look at; set by the first quote of a text. */
  quotable?: number;
}

const FENCE = /^ {0,3}>>>[ \t]*$/u;

function isFence(state: StateBlock, line: number): boolean {
  const start = state.bMarks[line] ?? 0;
  return state.src.startsWith(">>>", start + (state.tShift[line] ?? 0)) && FENCE.test(textOf(state, line));
}

function textOf(state: StateBlock, line: number): string {
  return state.src.slice(state.bMarks[line], state.eMarks[line]);
}

/** `>>>` … `>>>`, each alone on its line, quotes all between them. Without the second one it is no fence. */
export function quoteFence(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (state.level > 0 || !isFence(state, start)) return false;
  let close = start + 1;
  while (close < end && !isFence(state, close)) close += 1;
  if (close >= end) return false;
  if (silent) return true;
  state.line = close + 1;
  state.push("quote_fence", "", 0).map = [start, state.line];
  return true;
}

/** As deep as Markdown is read, every line is looked at once for each quote around it. */
const LOOKS_PER_LINE = 20;
/** Short texts may quote as oddly as they like. */
const LOOKS_FOR_ALL = 50_000;

/** Leaves quotes to the next rule until their work is spent: then the text is `isFlooded`, and a quote just skipped. */
export function quoteFlood(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (silent || state.src.charAt((state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0)) !== ">")
    return false;
  const env: QuoteEnv = state.env;
  let blank = start;
  while (blank < end && !state.isEmpty(blank)) blank += 1;
  env.quotable = (env.quotable ?? LOOKS_PER_LINE * state.lineMax + LOOKS_FOR_ALL) - (blank - start);
  if (!isFlooded(env)) return false;
  state.line = blank;
  return true;
}

export const isFlooded = ({ quotable = 0 }: QuoteEnv): boolean => quotable < 0;
