/** What a drill over commands found, as one row of the table. */

/** @param row `tried`, and what was seen besides the verdict */
export function tellVerdict({ problems, seconds, folder }, { name, tried, seen }) {
  const count = (kind) => problems.filter((problem) => problem.kind === kind).length;
  const others = new Set(problems.map(({ kind }) => kind).filter((kind) => !counted.includes(kind)));
  const verdict = counted.map((kind) => `${count(kind)} ${kind}`).join(", ");
  const rest =
    others.size === 0
      ? ["links, answers and audit events as in a serial run"]
      : [...others].map((kind) => `${count(kind)} × ${kind.toUpperCase()}`);
  const isHeld = problems.length === 0;
  return {
    name,
    tried,
    seen: [verdict, ...rest, seen, `${Math.round(seconds)} s`],
    isHeld,
    problems,
    folder,
  };
}

const counted = ["lost", "doubled"];
