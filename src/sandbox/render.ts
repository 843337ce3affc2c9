/** GitHub's Markdown for the terminal, near enough: boxes are numbered, so that they can be ticked. */
import { Marked } from "marked";
import { markedTerminal } from "marked-terminal";

const width = 100;

const terminal = new Marked(
  // Types of marked-terminal describe an older marked; the shape is the same.
  markedTerminal({
    reflowText: false,
    width,
    tab: 2,
    showSectionPrefix: false,
    emoji: false,
    tableOptions: { style: { head: [], border: [] } },
  }) as object,
  {
    renderer: {
      // marked-terminal leaves what is inside the text of list items as it is written
      text(token) {
        return "tokens" in token && Array.isArray(token.tokens)
          ? this.parser.parseInline(token.tokens)
          : token.text;
      },
    },
  },
);

export function renderMarkdown(text: string): string {
  const rendered = terminal.parse(prepare(text), { async: false });
  return rendered
    .trimEnd()
    .split("\n")
    .map((line) => `  ${line}`.trimEnd())
    .join("\n");
}

/** Comments are invisible on GitHub; what is folded there is opened here. */
function prepare(text: string): string {
  let box = 0;
  return text
    .replaceAll(/<!--.*?-->/gs, "")
    .replaceAll(/<details><summary>(.*?)<\/summary>/g, "**$1**")
    .replaceAll("</details>", "")
    .replaceAll(/^- \[([ x])\] /gm, (_, mark: string) => `- [${mark}] (${(box += 1)}) `);
}
