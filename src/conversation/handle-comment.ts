/** A comment or an issue's body was written or edited: from its text to our reply. */
import { meaningOf, type Command, type ParseResult, type Problem } from "../quick-actions/index.js";
import {
  moodOf,
  renderReply,
  replyMarker,
  type CommentDeleted,
  type LabelNote,
  type Mood,
} from "../replies/reply.js";
import type { Section } from "../replies/section.js";
import { carryOut } from "./carry-out.js";
import type { Conversation } from "./conversation.js";
import { labelsFor } from "./directory.js";
import type { CommentEvent } from "./event.js";
import { findGround, type Ground } from "./ground.js";
import { followLabels } from "./labels.js";
import { mergeSections } from "./merge.js";
import { removeCommand, targetOf } from "./command-comment.js";
import { isOfSource, replyId, sectionKey, type ReplyDocument } from "./reply-store.js";
import { owedEvent, whenToSay } from "./owed.js";
import { respond, type Rationed } from "./responder.js";
import type { Verdict } from "./verdict.js";

export async function handleComment(event: CommentEvent, conversation: Conversation): Promise<Verdict> {
  const { parser, replies } = conversation;
  const brought = parser.parse(event.text, event.previous);
  if (isEmpty(brought) && event.previous === undefined) return "nothing";

  const id = replyId(event.place, event.source);
  const stored = await replies.find(id);
  if (stored?.answered === event.delivery) return "repeated";
  const isLate = stored?.textAt !== undefined && stored.textAt > event.writtenAt;
  const fresh = isLate ? stillStanding(brought, stored.standing ?? []) : brought;
  if (isEmpty(fresh) && (isLate || !hasToForget(stored, parser.parse(event.text)))) return "nothing";
  const ground = await findGround(event, conversation);
  if (ground === "off" || ground === "silent") return ground;

  await conversation.accounts.remember(event.place.account, event.place.installation);
  const sections = await carryOut(fresh, event, ground, conversation);
  const whole = event.previous === undefined ? fresh : parser.parse(event.text);
  const labelNote = await followLabels(sections, ground, conversation);
  await answer(event, { id, stored, ground, sections, whole, isLate, labelNote }, conversation);
  return "answered";
}

const isEmpty = ({ commands, problems }: ParseResult): boolean => commands.length + problems.length === 0;

/** Of a text that was edited before it came here: what the edit has left standing. */
function stillStanding(
  { commands, problems, ...rest }: ParseResult,
  standing: readonly string[],
): ParseResult {
  const stands = (part: Command | Problem) => standing.includes(sectionKey(meaningOf(part)));
  return { ...rest, commands: commands.filter(stands), problems: problems.filter(stands) };
}

/** Does the stored reply speak of a line that is gone now? */
function hasToForget(stored: ReplyDocument | undefined, { commands, problems }: ParseResult): boolean {
  const standing = keysOf([...commands, ...problems]);
  return stored?.standing?.some((key) => !standing.includes(key)) ?? false;
}

const keysOf = (parts: readonly (Command | Problem)[]): readonly string[] =>
  parts.map((part) => sectionKey(meaningOf(part)));

interface Handled {
  readonly id: string;
  readonly stored: ReplyDocument | undefined;
  readonly ground: Ground;
  /** What this delivery brought. */
  readonly sections: readonly Section[];
  /** Everything that stands in the text now. */
  readonly whole: ParseResult;
  /** The text was edited since, and that edit was answered already. */
  readonly isLate: boolean;
  readonly labelNote: LabelNote | undefined;
}

async function answer(event: CommentEvent, handled: Handled, conversation: Conversation): Promise<void> {
  const { id, stored, ground, whole, isLate, labelNote } = handled;
  const kept = isOfSource(stored, ground.source) && stored ? stored.sections : [];
  const sections = isLate
    ? [...kept.filter(({ delivery }) => delivery !== event.delivery), ...handled.sections]
    : mergeSections(kept, handled.sections, whole, event.delivery);
  const deleted = isLate ? false : await removeCommand(event, whole, handled.sections, ground);
  const commentDeleted = deleted === false ? (stored?.commentDeleted ?? false) : deleted;
  const mood = moodOf(sections, ground.trouble);
  const byReaction = mood === "success" && ground.config.repository.replies.onSuccess === "reaction";
  const quiet = byReaction && commentDeleted === false && stored?.comment === undefined;
  const body = quiet
    ? undefined
    : await renderBody(
        { id, sections, problems: whole.problems, commentDeleted, labelNote },
        ground,
        conversation,
      );
  await respond(
    {
      id,
      account: event.place.account.id,
      delivery: event.delivery,
      issue: { repository: event.place.repository, number: event.place.issue.number },
      sections,
      source: ground.source && { account: ground.source.account, group: ground.source.group },
      commentDeleted,
      labelNote,
      body,
      reaction: reactionTo(mood, byReaction),
      target: commentDeleted === false ? targetOf(event) : undefined,
      rationed: rationedFor(
        event,
        id,
        mood,
        commentDeleted === false && labelNote === undefined,
        conversation,
      ),
      progress: isLate
        ? undefined
        : { textAt: event.writtenAt, standing: keysOf([...whole.commands, ...whole.problems]) },
    },
    stored,
    ground.installation,
    conversation.replies,
    conversation.now,
  );
}

/** @param isPlain a plain success needs no words then */
function rationedFor(
  event: CommentEvent,
  id: string,
  mood: Mood,
  isPlain: boolean,
  { rationing, now }: Conversation,
): Rationed | undefined {
  if (rationing === undefined) return undefined;
  return {
    brief: {
      reaction: mood === "trouble" ? "confused" : "+1",
      words: mood === "success" && isPlain ? "none" : "owed",
    },
    when: (brief, stored) => whenToSay(event.place.account.id, brief, stored, rationing, now()),
    owe: (due) => rationing.keep(owedEvent(event, id, due), due),
  };
}

interface Told {
  readonly id: string;
  readonly sections: readonly Section[];
  readonly problems: readonly Problem[];
  readonly commentDeleted: CommentDeleted;
  readonly labelNote: LabelNote | undefined;
}

export async function renderBody(
  { id, sections, problems, commentDeleted, labelNote }: Told,
  ground: Ground,
  { lookups }: Conversation,
  sameSource = true,
): Promise<string> {
  const excerpts = new Map(problems.map((problem) => [sectionKey(meaningOf(problem)), problem.excerpt]));
  const labels = await labelsFor(sections, ground, lookups, sameSource);
  return renderReply({
    sections,
    labels,
    excerpts,
    config: ground.trouble,
    commentDeleted,
    labelNote,
    marker: replyMarker(id),
  });
}

function reactionTo(mood: Mood, byReaction: boolean) {
  if (mood === "trouble") return "confused";
  return byReaction ? "+1" : undefined;
}
