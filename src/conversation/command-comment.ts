/**
 * Comments that hold nothing but quick actions (DESIGN §7): where they show an address in public they
 * are deleted once they have run, as GitLab keeps no such notes either.
 */
import { RefusedError } from "../github/errors.js";
import type { ReactionTarget } from "../github/github.js";
import type { ParseResult } from "../quick-actions/index.js";
import type { Section } from "../replies/section.js";
import type { CommentEvent } from "./event.js";
import type { Ground } from "./ground.js";

/** What a reaction to the event goes on. */
export const targetOf = ({ source }: CommentEvent): ReactionTarget =>
  source.kind === "comment" ? source : { kind: "issue" };

/** Deletes the comment if the config wants that. @returns whether it is gone */
export async function removeCommand(
  event: CommentEvent,
  whole: ParseResult,
  sections: readonly Section[],
  ground: Ground,
): Promise<boolean> {
  const { source, place } = event;
  const hasRun = sections.some(({ kind }) => kind === "outcomes");
  if (source.kind !== "comment" || !hasRun || !whole.onlyCommands || !wantsRemoval(event, ground))
    return false;
  try {
    await ground.installation.deleteComment(
      { repository: place.repository, number: place.issue.number },
      source.id,
    );
    return true;
  } catch (error) {
    if (error instanceof RefusedError) return false; // we may not: then the reply does not claim it
    throw error;
  }
}

function wantsRemoval({ text, place }: CommentEvent, { config }: Ground): boolean {
  switch (config.repository.commandComments) {
    case "keep":
      return false;
    case "delete":
      return true;
    case "auto":
      return place.repository.visibility === "public" && showsAddress(text);
  }
}

const showsAddress = (text: string): boolean => /[^\s@＠][@＠][^\s@＠]/u.test(text);
