/**
 * Comments that hold nothing but quick actions (DESIGN §7): where they show an address in public they
 * are deleted once they have run, as GitLab keeps no such notes either.
 */
import { RefusedError } from "../github/errors.js";
import type { ReactionTarget } from "../github/github.js";
import type { ParseResult } from "../quick-actions/index.js";
import type { CommentDeleted } from "../replies/reply.js";
import type { Section } from "../replies/section.js";
import type { CommentEvent } from "./event.js";
import type { Ground } from "./ground.js";

/** What a reaction to the event goes on. */
export const targetOf = ({ source }: CommentEvent): ReactionTarget =>
  source.kind === "comment" ? source : { kind: "issue" };

/** Deletes the comment if the config wants that. @returns why it is gone, or false */
export async function removeCommand(
  event: CommentEvent,
  whole: ParseResult,
  sections: readonly Section[],
  ground: Ground,
): Promise<CommentDeleted> {
  const { source, place } = event;
  const hasRun = sections.some((section) => section.kind === "outcomes" && section.outcomes.length > 0);
  if (source.kind !== "comment" || !hasRun || !whole.onlyCommands) return false;
  const reason = reasonToDelete(event, ground);
  if (reason === false) return false;
  const issue = { repository: place.repository, number: place.issue.number };
  try {
    // Somebody may have written more into it since: what was never read is never deleted.
    const now = await ground.installation.commentText(issue, source.id);
    if (now !== undefined && !sameText(now, event.text)) return false;
    await ground.installation.deleteComment(issue, source.id);
    return reason;
  } catch (error) {
    if (error instanceof RefusedError) return false; // we may not: then the reply does not claim it
    throw error;
  }
}

function reasonToDelete({ text, place }: CommentEvent, { config }: Ground): CommentDeleted {
  switch (config.repository.commandComments) {
    case "keep":
      return false;
    case "delete":
      return "setting";
    case "auto":
      return place.repository.visibility === "public" && showsAddress(text) ? "address" : false;
  }
}

const sameText = (a: string, b: string): boolean => a.replaceAll("\r\n", "\n") === b.replaceAll("\r\n", "\n");

const showsAddress = (text: string): boolean => /[^\s@＠﹫][@＠﹫][^\s@＠﹫]/u.test(text);
