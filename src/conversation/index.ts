/** The room's door: one event in, one verdict out, and whatever was said on the way. */
import { GoneError, RefusedError } from "../github/errors.js";
import { apologize } from "./apologize.js";
import type { Conversation } from "./conversation.js";
import type { ConversationEvent } from "./event.js";
import { handleComment } from "./handle-comment.js";
import { handleTick } from "./handle-tick.js";
import type { Verdict } from "./verdict.js";

export interface ConversationDoor {
  /**
   * Carries an event out and answers it. May be called again for the same event after any failure:
   * effects and replies are not doubled.
   * @throws RetryableError, StoreUnavailableError: the same call may work later; anything else is a mistake of ours
   */
  handle(event: ConversationEvent): Promise<Verdict>;
  /** Says that `handle` failed for good. */
  apologize(event: ConversationEvent): Promise<void>;
}

/** Not so with 401: our own credentials (or our clock) are wrong, and once they are mended this can be done. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof GoneError || (error instanceof RefusedError && error.status !== 401);

export const createConversation = (conversation: Conversation): ConversationDoor => ({
  async handle(event) {
    try {
      return event.type === "comment"
        ? await handleComment(event, conversation)
        : await handleTick(event, conversation);
    } catch (error) {
      if (isUnreachable(error)) return "unreachable";
      throw error;
    }
  },
  apologize: (event) => apologize(event, conversation),
});
