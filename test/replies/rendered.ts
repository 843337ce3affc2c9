/**
 * What becomes of a reply's Markdown: its elements and its visible text as markdown-it renders them
 * (HTML and links of every kind on), and what GitHub would then still make of the finished text.
 */
import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt({ html: true, linkify: true });

export interface Rendered {
  /** Blocks and inline elements in order, pieces of text left out. */
  readonly elements: readonly string[];
  /** All text outside of code, zero-width spaces as they are. */
  readonly text: string;
  readonly code: readonly string[];
}

type Token = ReturnType<typeof markdown.parse>[number];

export function rendered(source: string): Rendered {
  const tokens = markdown.parse(source, {}).flatMap((token): Token[] => token.children ?? [token]);
  const elements = tokens.filter(({ type }) => type !== "text");
  return {
    elements: elements.map(({ type, tag }) => `${type} ${tag}`.trim()),
    text: tokens.flatMap(({ type, content }) => (type === "text" ? [content] : [])).join("\n"),
    code: tokens.flatMap(({ type, content }) => (/^(code|fence)/.test(type) ? [content] : [])),
  };
}

/** The text without the zero-width spaces that keep GitHub's filters from it. */
export const asRead = (text: string): string => text.replaceAll("\u200b", "");

/**
 * What GitHub looks for in finished text outside of code: its own filters over the rendered page, and
 * the autolinks of its Markdown dialect.
 */
const filters = {
  "a mention": /(?:^|\W)@[a-z\d][a-z\d-]*/i,
  "an issue": /(?:^|\W|[\w.-])#\d+/,
  "an issue by GH-": /\bgh-\d+\b/i,
  "a prefix of the repository's own": /\b[a-z][a-z\d]*-\d+\b/i,
  "an advisory": /\bghsa(?:-[a-z\d]{4})+/i,
  "a commit": /\b[\da-f]{7,40}\b/i,
  "an address": /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/,
  "an address with its scheme": /\b(?:mailto|xmpp):[^\s@]+@\w/i,
  "a URL": /\b(?:https?|ftp):\/\/\S/i,
  "a URL without scheme": /\bwww\.\S/i,
  "an emoji": /:[\w+-]+:/,
  // Mathematics: a dollar sign at the edge of a word, with its twin further on.
  mathematics: /(?:^|[\s(["'-])\$[^\s$][^$]*\$/,
} as const;

/** The kinds of things that GitHub would find in finished text. */
export const foundByGitHub = (text: string): readonly string[] =>
  Object.entries(filters).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
