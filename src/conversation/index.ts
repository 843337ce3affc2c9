/** The room's door: one event in, one verdict out, and whatever was said on the way. */
import { GoneError, RefusedError } from "../github/errors.js";
import { apologize } from "./apologize.js";
import type { Conversation } from "./conversation.js";
import type { Fence } from "../github/github.js";
import type { ConversationEvent } from "./event.js";
import { handleComment } from "./handle-comment.js";
import { handleLabels } from "./handle-labels.js";
import { handleOwed } from "./handle-owed.js";
import { handlePosted } from "./handle-posted.js";
import { handleTick } from "./handle-tick.js";
import { writtenByOne } from "./reply-store.js";
import type { Verdict } from "./verdict.js";

export interface ConversationDoor {
  /**
   * Carries an event out and answers it. May be called again for the same event after any failure:
   * effects and replies are not doubled.
   * @param fence guards everything that is written on GitHub meanwhile
   * @throws RetryableError, StoreUnavailableError: the same call may work later; FencedError: the event is
   *   somebody else's now; anything else is a mistake of ours
   */
  handle(event: ConversationEvent, fence?: Fence): Promise<Verdict>;
  /** Says that `handle` failed for good. */
  apologize(event: ConversationEvent, fence?: Fence): Promise<void>;
}

/** Not so with 401: our own credentials (or our clock) are wrong, and once they are mended this can be done. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof GoneError || (error instanceof RefusedError && error.status !== 401);

export const createConversation = (conversation: Conversation): ConversationDoor => ({
  async handle(event, fence) {
    const fenced = behind(fence, conversation);
    try {
      return await carry(event, fenced);
    } catch (error) {
      if (isUnreachable(error)) return "unreachable";
      throw error;
    }
  },
  apologize: (event, fence) => apologize(event, behind(fence, conversation)),
});

function carry(event: ConversationEvent, conversation: Conversation): Promise<Verdict> {
  switch (event.type) {
    case "comment":
      return event.owed === undefined ? handleComment(event, conversation) : handleOwed(event, conversation);
    case "tick":
      return handleTick(event, conversation);
    case "labels":
      return handleLabels(event, conversation);
    case "posted":
      return handlePosted(event, conversation);
  }
}

/** For one event: what it writes on GitHub is fenced, what it writes of replies is as nobody else left it. */
const behind = (fence: Fence | undefined, conversation: Conversation): Conversation => ({
  ...conversation,
  installation: (id) => conversation.installation(id, fence),
  replies: writtenByOne(conversation.replies),
});
