/**
 * Replies that are owed. Where the budget of comments is spent, an author gets a reaction at once and, if
 * there is something to read, the words when there is room again: the event goes back into the inbox
 * with the moment that was reserved for it, and comes here.
 */
import type { ReactionContent } from "../github/github.js";
import type { ContentBudget } from "./content-budget.js";
import type { CommentEvent } from "./event.js";
import type { ReplyDocument } from "./reply-store.js";

/** How comments are counted, and where owed replies wait. */
export interface Rationing {
  readonly budget: Pick<ContentBudget, "take" | "reserve">;
  /** Keeps an event until `due`; the same event and moment twice is once. */
  keep(event: CommentEvent, due: Date): Promise<unknown>;
}

/** What is said while there is no room for a comment. */
export interface Brief {
  readonly reaction: ReactionContent;
  /** "none": the reaction says it all. */
  readonly words: "owed" | "none";
}

/** A reply may come so much later than its moment, in milliseconds, and still count for that moment. */
const slack = 10_000;

/** The event that brings an owed reply: its own id, so that it is kept beside the one it came from. */
export const owedEvent = (event: CommentEvent, id: string, due: Date): CommentEvent => ({
  ...event,
  delivery: `owed-${id.replaceAll(":", "-")}-${due.getTime()}`,
  owed: due,
});

/**
 * When the words of a new comment may be said.
 * @returns "now", "never" where the reaction is enough, or the moment that is reserved for them
 */
export async function whenToSay(
  account: number,
  brief: Brief,
  stored: ReplyDocument | undefined,
  { budget }: Rationing,
  now: Date,
): Promise<"now" | "never" | Date> {
  if (stored?.comment !== undefined || stored?.postingSince !== undefined) return "now";
  if (stored?.owed !== undefined && brief.words === "owed") return stored.owed;
  if (await budget.take(account)) return "now";
  if (brief.words === "none") return "never";
  const due = await budget.reserve(account);
  return due > now ? due : "now";
}

/** Is the moment over that was reserved (the app was down, or had to wait)? Then another is needed. */
export const isOverdue = (owed: Date, now: Date): boolean => now.getTime() - owed.getTime() > slack;
