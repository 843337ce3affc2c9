/**
 * Markdown as GitHub reads it, cut down to what decides whether a line is ordinary paragraph text
 * (DESIGN §3.1): all block rules, and of the inline rules those that can swallow the start of a line.
 * Two rules are ours: GitLab's `>>>` quotes, and the mark that finds line starts in paragraph text.
 */
import MarkdownIt, { type Env, type StateBlock, type StateInline } from "markdown-it";

/** What the block and inline rules share while one text is read. */
export interface MarkdownEnv extends Env {
  /** Offsets in the paragraph where a candidate line's text starts, with the line's index. */
  starts?: ReadonlyMap<number, number>;
}

/** The token that stands for the start of a candidate line in ordinary paragraph text. */
export const LINE_START = "line_start";

/** Deeper nesting is an attack rather than a list; the rest of such a block does not count. */
const DEEPEST = 20;

const QUOTE_FENCE = /^ {0,3}>>>[ \t]*$/u;

function isQuoteFence(state: StateBlock, line: number): boolean {
  const start = state.bMarks[line] ?? 0;
  return (
    state.src.startsWith(">>>", start + (state.tShift[line] ?? 0)) && QUOTE_FENCE.test(textOf(state, line))
  );
}

function textOf(state: StateBlock, line: number): string {
  return state.src.slice(state.bMarks[line], state.eMarks[line]);
}

/** `>>>` … `>>>`, each alone on its line, quotes all between them. Without the second one it is no fence. */
function quoteFence(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (state.level > 0 || !isQuoteFence(state, start)) return false;
  let close = start + 1;
  while (close < end && !isQuoteFence(state, close)) close += 1;
  if (close >= end) return false;
  if (silent) return true;
  state.line = close + 1;
  state.push("quote_fence", "", 0).map = [start, state.line];
  return true;
}

/** Runs before every other inline rule, so it sees exactly the places that no construct swallowed. */
function lineStart(state: StateInline, silent: boolean): boolean {
  const env = state.env as MarkdownEnv;
  const line = env.starts?.get(state.pos);
  if (line === undefined || silent || state.linkLevel > 0) return false;
  state.push(LINE_START, "", 0).meta = { line };
  state.pos += 1;
  return true;
}

/** Plain text up to the next character that one of the rules below starts or ends at. */
const PLAIN_TEXT = /[^\n\\`<[\]]+/uy;

function plainText(state: StateInline, silent: boolean): boolean {
  PLAIN_TEXT.lastIndex = state.pos;
  const text = PLAIN_TEXT.exec(state.src)?.[0].slice(0, state.posMax - state.pos);
  if (text === undefined) return false;
  if (!silent) state.pending += text;
  state.pos += text.length;
  return true;
}

export type Markdown = InstanceType<typeof MarkdownIt>;

export function createMarkdown(): Markdown {
  const markdown = new MarkdownIt({ html: true, maxNesting: DEEPEST });
  // Whether a link is safe to render, and how, is not asked here.
  markdown.validateLink = () => true;
  markdown.normalizeLink = (url) => url;
  const endsParagraphs = { alt: ["paragraph", "reference", "blockquote", "list"] };
  markdown.block.ruler.before("fence", "quote_fence", quoteFence, endsParagraphs);
  // An image needs no rule of its own: behind its `!` it reads as a link, and only its extent matters.
  markdown.inline.ruler.enableOnly([
    "text",
    "newline",
    "escape",
    "backticks",
    "link",
    "autolink",
    "html_inline",
  ]);
  markdown.inline.ruler.at("text", plainText);
  markdown.inline.ruler.before("text", LINE_START, lineStart);
  return markdown;
}
