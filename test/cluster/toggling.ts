/**
 * One comment after the other on one issue, each handled under some trouble: they add a contact and take it
 * away by turns, and each must end as it does undisturbed: the same reply, once, and the same links.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { ServeProcess } from "../e2e/serve-process.js";
import type { Stage } from "./stage.js";

/** How one comment ended. */
export interface Verdict {
  /** All replies to it. */
  readonly replies: readonly string[];
  readonly linked: readonly number[];
}

export interface Toggling {
  /** What the next comment comes to when nothing disturbs it. */
  expected(): Verdict;
  /** Comments, and sends that again until it is taken, as catching up does. */
  next(): Promise<Verdict>;
  /** How many replies each comment has by now, the undisturbed ones first. */
  repliesEach(): readonly number[];
}

const bodies = ["/add_contacts [contact:1]", "/remove_contacts [contact:1]"] as const;
const longest = 60_000;

/** Runs both comments undisturbed, to know how they end. */
export async function startToggling(stage: Stage, app: ServeProcess): Promise<Toggling> {
  const { sample } = stage.world;
  const issue = sample.issues.login;
  let said = 0;

  async function next(): Promise<Verdict> {
    const body = bodies[said % 2] ?? bodies[0];
    said += 1;
    const before = stage.replies(issue).length;
    const made = stage.deliveriesOf(() => stage.world.comment(sample.people.pia, issue, body));
    for (const delivery of made) {
      const end = Date.now() + longest;
      while ((await stage.post(app.url, delivery)) !== 202 && Date.now() < end) await pause(100);
      await ended(delivery.guid, end);
    }
    return { replies: stage.replies(issue).slice(before), linked: await stage.linked(issue) };
  }

  /** The worker tells of every delivery how it ended. */
  async function ended(guid: string, end: number): Promise<void> {
    const isDone = (line: string) => line.includes(guid) && line.includes('"state":"done"');
    while (!app.output().split("\n").some(isDone) && Date.now() < end) await pause(20);
  }

  const [added, removed] = [await next(), await next()];
  return {
    expected: () => (said % 2 === 0 ? added : removed),
    next,
    repliesEach: () => stage.repliesEach(issue),
  };
}
