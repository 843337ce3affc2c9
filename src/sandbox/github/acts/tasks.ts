/** The task boxes of a text, as GitHub's pages count them: list items with `[ ]` or `[x]`, none in fenced code. */
const box = /^((?:\s|>)*(?:[-*+]|\d{1,9}[.)])\s+)\[([ xX])\](?=\s)/;
const fence = /^\s{0,3}(`{3,}|~{3,})/;

/** @throws Error when there is no n-th box (from 1) */
export function tickBox(text: string, n: number): string {
  const lines = text.split("\n");
  const index = boxLines(lines)[n - 1];
  const line = index === undefined ? undefined : lines[index];
  if (index === undefined || line === undefined) throw new Error(`There is no task box ${n} in the comment.`);
  lines[index] = line.replace(
    box,
    (_, start: string, mark: string) => `${start}[${mark === " " ? "x" : " "}]`,
  );
  return lines.join("\n");
}

function boxLines(lines: readonly string[]): number[] {
  const found: number[] = [];
  let open: string | undefined;
  for (const [index, line] of lines.entries()) {
    const mark = fence.exec(line)?.[1];
    if (open === undefined && mark !== undefined) open = mark;
    else if (open !== undefined && mark?.startsWith(open) === true) open = undefined;
    else if (open === undefined && box.test(line)) found.push(index);
  }
  return found;
}
