/**
 * Somebody changed a comment of ours. If nothing but ticks was changed and the ticker may, what the
 * boxes stand for is carried out; in any case our comment is put right again.
 */
import { carryOutDeeds, type NumberedDeed } from "../commands/carry-out-deeds.js";
import { rightToTick, type Offer } from "../commands/deed.js";
import { accessTo } from "../crm/access.js";
import { boxesOf, digestWithoutTicks, tickedIn, withResults } from "../replies/boxes.js";
import { renderReply, replyMarker } from "../replies/reply.js";
import type { Section } from "../replies/section.js";
import { issueFacts } from "./carry-out.js";
import type { Conversation } from "./conversation.js";
import { labelsFor } from "./directory.js";
import type { TickEvent } from "./event.js";
import { followLabels } from "./labels.js";
import { findGround, type Ground } from "./ground.js";
import { isOfSource, type ReplyDocument } from "./reply-store.js";
import type { Verdict } from "./verdict.js";

export async function handleTick(event: TickEvent, conversation: Conversation): Promise<Verdict> {
  const stored = await conversation.replies.findByComment(event.place.account.id, event.comment);
  if (stored === undefined) return "nothing";
  if (stored.answered === event.delivery) return "repeated";
  const genuine = digestWithoutTicks(event.text) === stored.digest;
  const ticked = tickedIn(event.text);
  const boxes = boxesOf(stored.sections);
  if (genuine && isShown(boxes, ticked)) return "nothing";

  const ground = await findGround(event, conversation);
  if (ground === "off") return "off";
  const fresh = tickedBy(event).filter(
    (number) => boxes[number] !== undefined && boxes[number].result === undefined,
  );
  if (ground === "silent") return "silent";
  const wanted = fresh.flatMap((number) => (boxes[number] ? [{ number, deed: boxes[number].deed }] : []));
  const source = genuine && mayTick(wanted, ground, stored) ? ground.source : undefined;
  if (source === undefined) {
    await show(event, stored, stored.sections, ground, conversation);
    return "restored";
  }
  const call = { issue: issueFacts(event.place), source, actor: event.actor.id, delivery: event.delivery };
  const results = await carryOutDeeds(wanted, call, conversation.tools);
  const sections = withResults(stored.sections, results);
  const news = await followLabels(sections, ground, conversation);
  const labelNote = stored.labelNote ?? news;
  await show(event, { ...stored, ...(labelNote && { labelNote }) }, sections, ground, conversation);
  return fresh.length > 0 ? "answered" : "restored";
}

/**
 * What this very edit has ticked. A tick that stood there before is its author's, who may have had no right to it;
 * where GitHub does not say what stood there, nobody has ticked anything.
 */
function tickedBy({ text, previous = text }: TickEvent): readonly number[] {
  const before = new Set(tickedIn(previous));
  return tickedIn(text).filter((number) => !before.has(number));
}

/** Are exactly those boxes ticked that were carried out? */
function isShown(boxes: readonly Offer[], ticked: readonly number[]): boolean {
  const done = boxes.flatMap(({ result }, number) => (result === undefined ? [] : [number]));
  return done.length === ticked.length && done.every((number) => ticked.includes(number));
}

/** A box means what it meant when it was shown: a record of that source. */
function mayTick(
  wanted: readonly NumberedDeed[],
  { standing, source }: Ground,
  stored: ReplyDocument,
): boolean {
  return (
    isOfSource(stored, source) && wanted.every(({ deed }) => accessTo(rightToTick[deed.do], standing).allowed)
  );
}

/** Rewrites our comment, then writes down what it says now. */
async function show(
  event: TickEvent,
  stored: ReplyDocument,
  sections: readonly Section[],
  ground: Ground,
  { lookups, replies }: Conversation,
): Promise<void> {
  const body = renderReply({
    sections,
    labels: await labelsFor(sections, ground, lookups, isOfSource(stored, ground.source)),
    excerpts: new Map(),
    config: ground.trouble,
    commentDeleted: stored.commentDeleted ?? false,
    labelNote: stored.labelNote,
    marker: replyMarker(stored._id),
  });
  const issue = { repository: event.place.repository, number: event.place.issue.number };
  await ground.installation.updateComment(issue, event.comment, body);
  await replies.save(stored._id, stored.account, {
    sections,
    ...(stored.labelNote && { labelNote: stored.labelNote }),
    digest: digestWithoutTicks(body),
    answered: event.delivery,
  });
}
