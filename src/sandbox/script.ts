/**
 * Scripts: what would be typed, line by line. `#` and a space begin a remark, empty lines are
 * skipped. The transcript is what a terminal would have shown, and the same on every run.
 */
import { LineJoiner, runLine } from "./run-line.js";
import type { Session } from "./session.js";

export async function* runScript(session: Session, script: string): AsyncGenerator<string> {
  const joiner = new LineJoiner();
  let place = "";
  for (const raw of script.split(/\r?\n/)) {
    if (!joiner.isOpen && (raw.trim() === "" || raw.startsWith("# "))) continue;
    const line = joiner.take(raw);
    if (line === undefined) continue;
    if (session.place !== place) yield `[${(place = session.place)}]\n`;
    yield `> ${line.replaceAll("\n", "\n> ")}\n`;
    const answer = await runLine(session, line);
    if (session.place === place || answer !== session.place) yield `${answer}\n\n`;
  }
}
