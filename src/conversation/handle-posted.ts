/**
 * A comment of ours that GitHub made of a request we had given up, after we looked for it and asked
 * again: GitHub's API knows no idempotency keys, so the second of two is taken away when it is heard of.
 * The one that is written down as the reply stays, whatever is delivered again or in another order.
 */
import type { Conversation } from "./conversation.js";
import type { PostedEvent } from "./event.js";
import type { ReplyStore } from "./reply-store.js";
import type { Verdict } from "./verdict.js";

/** One look before a delivery is kept: nearly always the reply is written down, and all is well. */
export const createMayBeSecond =
  (replies: Pick<ReplyStore, "find">) =>
  async ({ reply, comment }: PostedEvent): Promise<boolean> => {
    const stored = await replies.find(reply);
    return stored !== undefined && stored.comment !== comment;
  };

/** Comes after what posts the reply has ended, for it stands behind it in the lane of the issue. */
export async function handlePosted(
  { place, reply, comment }: PostedEvent,
  conversation: Conversation,
): Promise<Verdict> {
  const stored = await conversation.replies.find(reply);
  if (stored?.comment === undefined || stored.comment === comment) return "nothing";
  const issue = { repository: place.repository, number: place.issue.number };
  await conversation.installation(place.installation).deleteComment(issue, comment);
  return "taken back";
}
