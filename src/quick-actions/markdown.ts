/**
 * Markdown as GitHub reads it, cut down to what decides whether a line is ordinary paragraph text
 * (DESIGN §3.1): all block rules, and of the inline rules those that can swallow the start of a line.
 * Our own are GitLab's `>>>` quotes (quotes.ts) and the mark that finds line starts in paragraph text.
 */
import MarkdownIt, { type StateInline } from "markdown-it";
import { quoteFence, quoteFlood, type QuoteEnv } from "./quotes.js";
import { topLevelOnly } from "./top-level.js";

/** What the block and inline rules share while one text is read. */
export interface MarkdownEnv extends QuoteEnv {
  /** Offsets in the paragraph where a candidate line's text starts, with the line's index. */
  starts?: ReadonlyMap<number, number>;
}

/** The token that stands for the start of a candidate line in ordinary paragraph text. */
export const LINE_START = "line_start";

/** Deeper nesting is an attack rather than a list; the rest of such a block does not count. */
const DEEPEST = 20;

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
  markdown.block.State = topLevelOnly(markdown.block.State);
  const endsParagraphs = { alt: ["paragraph", "reference", "blockquote", "list"] };
  markdown.block.ruler.before("fence", "quote_fence", quoteFence, endsParagraphs);
  markdown.block.ruler.before("blockquote", "quote_flood", quoteFlood);
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
