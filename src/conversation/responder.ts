/**
 * Says it once (DESIGN §7): at most one comment for everything ever said about one comment, at most
 * one reaction. Each step can be repeated after a crash: what is about to be posted is written down
 * first, and looked for by its marker before it is posted again.
 */
import { GoneError, RefusedError } from "../github/errors.js";
import type { Installation, IssueRef, ReactionContent, ReactionTarget } from "../github/github.js";
import { digestWithoutTicks } from "../replies/boxes.js";
import { replyMarker, type CommentDeleted, type LabelNote } from "../replies/reply.js";
import type { Section } from "../replies/section.js";
import type { Source } from "../store/documents.js";
import { whenToSay, type Brief } from "./owed.js";
import type { ReplyDocument, ReplyStore } from "./reply-store.js";

export interface Answer {
  readonly id: string;
  readonly account: number;
  readonly delivery: string;
  readonly issue: IssueRef;
  readonly sections: readonly Section[];
  readonly source: Source | undefined;
  readonly commentDeleted: CommentDeleted;
  readonly labelNote?: LabelNote | undefined;
  /** undefined when a reaction says enough. */
  readonly body: string | undefined;
  readonly reaction: ReactionContent | undefined;
  /** undefined when what was answered is gone. */
  readonly target: ReactionTarget | undefined;
  /** For new comments where they are rationed; absent for what is said at any cost. */
  readonly rationed?: Rationed | undefined;
  /** Which text was answered; left as it was when undefined. */
  readonly progress?: Pick<ReplyDocument, "textAt" | "standing"> | undefined;
}

export interface Rationed {
  readonly brief: Brief;
  readonly when: (brief: Brief, stored: ReplyDocument | undefined) => ReturnType<typeof whenToSay>;
  /** Sees to it that the words are said then. */
  owe(due: Date): Promise<unknown>;
}

/** Posts or updates the reply, or leaves its words for later and sets the reaction, then writes down that all of it is done. */
export async function respond(
  given: Answer,
  stored: ReplyDocument | undefined,
  installation: Installation,
  replies: ReplyStore,
  now: () => Date,
): Promise<void> {
  const { answer, owed } = await ration(given, stored);
  const { sections, source, commentDeleted, labelNote } = answer;
  const content = { sections, commentDeleted, ...(source && { source }), ...(labelNote && { labelNote }) };
  if (sections.length === 0) return retract(answer, stored, installation, replies);
  const posted =
    answer.body === undefined
      ? {}
      : await say(answer, answer.body, content, stored, installation, replies, now);
  const said = { ...content, ...posted, ...answer.progress, ...(owed && { owed }) };
  const done = [
    ...(answer.body === undefined ? [] : (["postingSince"] as const)),
    ...(labelNote ? [] : (["labelNote"] as const)),
    ...(owed ? [] : (["owed"] as const)),
  ];
  if (owed) await given.rationed?.owe(owed); // one that is kept and not needed does no harm
  if (answer.reaction === stored?.reaction?.content) {
    await replies.save(answer.id, answer.account, { ...said, answered: answer.delivery }, done);
    return;
  }
  await replies.save(answer.id, answer.account, said, done); // what was posted is known, whatever comes of the reaction
  const reaction = await react(answer, stored, installation);
  await replies.save(
    answer.id,
    answer.account,
    { ...(reaction && { reaction }), answered: answer.delivery },
    reaction ? [] : ["reaction"],
  );
}

/** Nothing is left to say: our comment and our reaction go. */
async function retract(
  answer: Answer,
  stored: ReplyDocument | undefined,
  installation: Installation,
  replies: ReplyStore,
): Promise<void> {
  const posted = stored?.comment ?? (await findPosted(answer, stored, installation));
  if (posted !== undefined) await installation.deleteComment(answer.issue, posted);
  await react({ ...answer, reaction: undefined }, stored, installation);
  const nothing = { sections: [], ...answer.progress, answered: answer.delivery };
  await replies.save(answer.id, answer.account, nothing, ["comment", "postingSince", "reaction", "owed"]);
}

/** Where there is no room for a new comment: only the reaction now, the words later if they are needed. */
async function ration(
  answer: Answer,
  stored: ReplyDocument | undefined,
): Promise<{ readonly answer: Answer; readonly owed?: Date }> {
  const { body, rationed, sections } = answer;
  if (body === undefined || rationed === undefined || sections.length === 0) return { answer };
  const when = await rationed.when(rationed.brief, stored);
  if (when === "now") return { answer };
  const brief = { ...answer, body: undefined, reaction: rationed.brief.reaction };
  return when === "never" ? { answer: brief } : { answer: brief, owed: when };
}

async function say(
  answer: Answer,
  body: string,
  content: Pick<ReplyDocument, "sections">,
  stored: ReplyDocument | undefined,
  installation: Installation,
  replies: ReplyStore,
  now: () => Date,
): Promise<Pick<ReplyDocument, "comment" | "digest">> {
  const known = stored?.comment ?? (await findPosted(answer, stored, installation));
  const digest = digestWithoutTicks(body);
  if (known !== undefined && (await update(answer.issue, known, body, installation))) {
    return { comment: known, digest };
  }
  await replies.save(answer.id, answer.account, { ...content, postingSince: stored?.postingSince ?? now() }, [
    "comment",
  ]);
  const { id } = await installation.createComment(answer.issue, body);
  return { comment: id, digest };
}

/** The comment an earlier try may have posted without living to write it down. */
async function findPosted(
  { id, issue }: Answer,
  stored: ReplyDocument | undefined,
  installation: Installation,
) {
  if (stored?.postingSince === undefined) return undefined;
  return (await installation.findOwnComment(issue, replyMarker(id), stored.postingSince))?.id;
}

/** @returns false when somebody deleted our comment: then a new one is due */
async function update(issue: IssueRef, comment: number, body: string, installation: Installation) {
  try {
    await installation.updateComment(issue, comment, body);
    return true;
  } catch (error) {
    if (error instanceof GoneError) return false;
    throw error;
  }
}

/** A reaction is a courtesy: where it is refused, or what it belongs on is gone, there is none. */
async function react(
  answer: Answer,
  stored: ReplyDocument | undefined,
  installation: Installation,
): Promise<ReplyDocument["reaction"]> {
  try {
    return await exchangeReaction(answer, stored, installation);
  } catch (error) {
    if (error instanceof GoneError || error instanceof RefusedError) return undefined;
    throw error;
  }
}

async function exchangeReaction(
  { issue, target, reaction }: Answer,
  stored: ReplyDocument | undefined,
  installation: Installation,
): Promise<ReplyDocument["reaction"]> {
  if (target === undefined) return undefined;
  const before = stored?.reaction;
  if (before?.content === reaction) return before;
  if (before) await installation.unreact(issue, target, before.id);
  if (reaction === undefined) return undefined;
  const { id } = await installation.react(issue, target, reaction);
  return { id, content: reaction };
}
