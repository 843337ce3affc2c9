/** A Markdown table; all columns but the first hold figures. */
export const table = (head, rows) =>
  [head, head.map((_, at) => (at === 0 ? "---" : "--:")), ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
