/**
 * Where a delivery stands in its lane. What was said first comes first by GitHub's own account: the time
 * of the text (whole seconds), then the comment's id, which rises. Deliveries of one issue reach
 * different processes, and out of order; their clocks, which may be apart, only settle what is left.
 * Who is worked on already is not overtaken: then `writtenAt` tells old texts from new ones.
 */
import type { ConversationEvent } from "../conversation/event.js";

/** @returns a key that sorts by code point; it begins with an ISO time of 24 characters */
export function laneOrder(now: () => Date): (event: ConversationEvent, due?: Date) => string {
  let count = 0;
  return (event, due) => {
    count = (count + 1) % 1_000_000;
    const time = due ?? timeFor(event, now());
    const id = String(commentOf(event)).padStart(16, "0");
    return `${time.toISOString()} ${id} ${now().toISOString()} ${String(count).padStart(6, "0")}`;
  };
}

/** The time that a key of `laneOrder` begins with. */
export const timeOf = (order: string): Date => new Date(order.slice(0, 24));

/** What we said ourselves stands after what it answers, whichever clock is ahead and however owed it was. */
function timeFor(event: ConversationEvent, now: Date): Date {
  const said = saidAt(event) ?? now;
  return event.type === "posted" && said < now ? now : said;
}

function saidAt({ writtenAt }: ConversationEvent): Date | undefined {
  const time = new Date(writtenAt ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** An issue's own text was there before its comments. */
function commentOf(event: ConversationEvent): number {
  if (event.type === "tick" || event.type === "posted") return event.comment;
  if (event.type === "labels") return 0;
  return event.source.kind === "comment" ? event.source.id : 0;
}
