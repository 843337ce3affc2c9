/**
 * What markdown-it's block rules find, cut down to top-level paragraphs and link definitions: nothing
 * else is asked for, and making its tokens takes most of the time of a text full of lists or tables.
 */
import type { StateBlock, Token } from "markdown-it";

/** Rules write into the token that they push; what nobody reads shares one. */
export function topLevelOnly(State: typeof StateBlock): typeof StateBlock {
  return class extends State {
    #unread: Token | undefined;

    override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
      if (this.isAsked(type)) return super.push(type, tag, nesting);
      this.level += nesting;
      return (this.#unread ??= new this.Token("unread", "", 0));
    }

    /** A paragraph's text is one level deeper than where it opens. */
    private isAsked(type: string): boolean {
      if (type === "inline") return this.level === 1;
      return this.level === 0 && (type === "paragraph_open" || type === "reference_definition");
    }
  };
}
