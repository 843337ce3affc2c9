/**
 * Which lines count (DESIGN §3.1): candidate lines that are ordinary text of a top-level paragraph.
 * Not in code, quotes, lists, tables, headings, HTML, links or their definitions, nor footnotes.
 * Markdown is parsed only if there is a candidate at all, and the text more than plain paragraphs; its
 * inline part only where a candidate stands.
 */
import type { Token } from "markdown-it";
import { asCandidate, splitLines, type CandidateLine } from "./lines.js";
import { isPlain } from "./plain.js";
import { isFlooded } from "./quotes.js";
import { createMarkdown, LINE_START, type MarkdownEnv } from "./markdown.js";

export interface Scan {
  /** The candidate lines that count, in order. */
  readonly counted: readonly CandidateLine[];
  /** The text holds nothing else but blank lines. */
  readonly nothingElse: boolean;
  /** More quotes than can be read in time: every candidate is listed, whether it counts or not. */
  readonly flooded: boolean;
}

const markdown = createMarkdown();

/** Elements that mark their content as code, quoted or withdrawn when a paragraph holds them. */
const QUOTING_TAG = /^<(\/?)(?:code|pre|kbd|samp|tt|q|del|s|strike|blockquote)[\s/>]/iu;
const FOOTNOTE = /^\[\^[^\]\s]+\]:/u;

function mapOf(token: Token): readonly [number, number] {
  return token.map ?? [0, 0];
}

/** A footnote's definition goes on to the end of its paragraph; markdown-it knows no footnotes. */
function isFootnote(paragraph: Token, before: Token | undefined): boolean {
  if (FOOTNOTE.test(paragraph.content)) return true;
  if (before?.type !== "reference_definition" || mapOf(before)[1] !== mapOf(paragraph)[0]) return false;
  return String(before.meta?.label).startsWith("^");
}

/** The inline tokens of the top-level paragraphs. */
function paragraphs(blocks: readonly Token[]): Token[] {
  return blocks.filter((token, index) => {
    const open = blocks[index - 1];
    if (token.type !== "inline" || open?.type !== "paragraph_open" || open.level > 0) return false;
    return !isFootnote(token, blocks[index - 2]);
  });
}

/** Offsets in the paragraph's content where its candidate lines' text starts. */
function startsIn(paragraph: Token, candidates: ReadonlyMap<number, CandidateLine>): Map<number, number> {
  const starts = new Map<number, number>();
  const first = mapOf(paragraph)[0];
  let offset = 0;
  for (const [index, line] of paragraph.content.split("\n").entries()) {
    const indent = /^[ \t]*/u.exec(line)?.[0].length ?? 0;
    if (candidates.has(first + index)) starts.set(offset + indent, first + index);
    offset += line.length + 1;
  }
  return starts;
}

function quotingDepth(token: Token, depth: number): number {
  const tag = token.type === "html_inline" ? QUOTING_TAG.exec(token.content) : null;
  if (tag === null) return depth;
  return tag[1] === "/" ? Math.max(0, depth - 1) : depth + 1;
}

/** Indices of the lines that start in the paragraph's ordinary text. */
function plainLines(paragraph: Token, env: MarkdownEnv): number[] {
  const inline: Token[] = [];
  markdown.inline.parse(paragraph.content, markdown, env, inline);
  const lines: number[] = [];
  let depth = 0;
  for (const token of inline) {
    depth = quotingDepth(token, depth);
    if (token.type === LINE_START && depth === 0) lines.push(Number(token.meta?.line));
  }
  return lines;
}

/** @returns undefined for a flood of quotes */
function countedLines(
  text: string,
  candidates: ReadonlyMap<number, CandidateLine>,
): CandidateLine[] | undefined {
  const env: MarkdownEnv = {};
  const blocks: Token[] = [];
  markdown.block.parse(text, markdown, env, blocks);
  if (isFlooded(env)) return undefined;
  return paragraphs(blocks)
    .map((paragraph) => ({ paragraph, starts: startsIn(paragraph, candidates) }))
    .filter(({ starts }) => starts.size > 0)
    .flatMap(({ paragraph, starts }) => plainLines(paragraph, { ...env, starts }))
    .flatMap((index) => candidates.get(index) ?? []);
}

/** @param concerns whether a typed name is ours, or nearly. */
export function scan(text: string, concerns: (typed: string) => boolean): Scan {
  const lines = splitLines(text);
  const candidates = new Map<number, CandidateLine>();
  let filled = 0;
  for (const line of lines) {
    if (line.text.trim() !== "") filled += 1;
    const candidate = asCandidate(line, concerns);
    if (candidate !== undefined) candidates.set(line.index, candidate);
  }
  if (candidates.size === 0) return { counted: [], nothingElse: false, flooded: false };
  const all = [...candidates.values()];
  if (isPlain(text)) return { counted: all, nothingElse: filled === all.length, flooded: false };
  const counted = countedLines(lines.map((line) => line.text).join("\n"), candidates);
  return { counted: counted ?? all, nothingElse: filled === counted?.length, flooded: counted === undefined };
}
