/** The table of quick actions, from their definitions: for /crm_help and the README. */
import { quickActions } from "../commands/index.js";
import type { QuickActionHelp } from "../commands/quick-action.js";
import { roleFor } from "../crm/access.js";

/** The quick actions of these names, collapsed. */
export function helpTable(names: readonly string[]): string {
  const shown = quickActions.filter(({ name }) => names.includes(name));
  return `<details><summary>What you can type here</summary>\n\n${quickActionTable(shown)}\n\n</details>`;
}

/** A Markdown table: usage, role, what it does. */
export function quickActionTable(actions: readonly QuickActionHelp[]): string {
  return ["| quick action | role | does |", "|---|---|---|", ...actions.map(row)].join("\n");
}

const row = (help: QuickActionHelp): string =>
  `| \`${help.usage.replaceAll("|", "\\|")}\` | ${roleFor(help.right)} | ${help.summary} |`;
