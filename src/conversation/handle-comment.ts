/** A comment or an issue's body was written or edited: from its text to our reply. */
import type { ParseResult, Problem } from "../quick-actions/index.js";
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
import { replyId, sectionKey, type ReplyDocument } from "./reply-store.js";
import { respond } from "./responder.js";
import type { Verdict } from "./verdict.js";
import { meaningOf } from "../quick-actions/index.js";

export async function handleComment(event: CommentEvent, conversation: Conversation): Promise<Verdict> {
  const { parser, replies } = conversation;
  const fresh = parser.parse(event.text, event.previous);
  if (fresh.commands.length + fresh.problems.length === 0) return "nothing";

  const id = replyId(event.place, event.source);
  const stored = await replies.find(id);
  if (stored?.answered === event.delivery) return "repeated";
  const ground = await findGround(event, conversation);
  if (ground === "off" || ground === "silent") return ground;

  await conversation.accounts.remember(event.place.account, event.place.installation);
  const sections = await carryOut(fresh, event, ground, conversation);
  const whole = event.previous === undefined ? fresh : parser.parse(event.text);
  const labelNote = await followLabels(sections, ground, conversation);
  await answer(event, { id, stored, ground, sections, whole, labelNote }, conversation);
  return "answered";
}

interface Handled {
  readonly id: string;
  readonly stored: ReplyDocument | undefined;
  readonly ground: Ground;
  /** What this delivery brought. */
  readonly sections: readonly Section[];
  /** Everything that stands in the text now. */
  readonly whole: ParseResult;
  readonly labelNote: LabelNote | undefined;
}

async function answer(event: CommentEvent, handled: Handled, conversation: Conversation): Promise<void> {
  const { id, stored, ground, whole, labelNote } = handled;
  const sections = mergeSections(keptOf(stored, ground), handled.sections, whole, event.delivery);
  const commentDeleted = await removeCommand(event, whole, handled.sections, ground);
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
    },
    stored,
    ground.installation,
    conversation.replies,
    conversation.now,
  );
}

/** Numbers mean people of one source: after a change of the source the old sections are not shown again. */
function keptOf(stored: ReplyDocument | undefined, { source }: Ground): readonly Section[] {
  const same = stored?.source?.account === source?.account && stored?.source?.group === source?.group;
  return stored !== undefined && same ? stored.sections : [];
}

interface Told {
  readonly id: string;
  readonly sections: readonly Section[];
  readonly problems: readonly Problem[];
  readonly commentDeleted: CommentDeleted;
  readonly labelNote: LabelNote | undefined;
}

async function renderBody(
  { id, sections, problems, commentDeleted, labelNote }: Told,
  ground: Ground,
  { lookups }: Conversation,
): Promise<string> {
  const excerpts = new Map(problems.map((problem) => [sectionKey(meaningOf(problem)), problem.excerpt]));
  const labels = await labelsFor(sections, ground, lookups);
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
