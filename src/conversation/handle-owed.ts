/** The words of a reply that had to wait for room in the budget of comments (owed.ts). Nothing is carried out again. */
import type { Conversation } from "./conversation.js";
import { targetOf } from "./command-comment.js";
import type { CommentEvent } from "./event.js";
import { findGround } from "./ground.js";
import { renderBody } from "./handle-comment.js";
import { isOverdue, owedEvent } from "./owed.js";
import { isOfSource, replyId, type ReplyDocument } from "./reply-store.js";
import { respond } from "./responder.js";
import type { Verdict } from "./verdict.js";

export async function handleOwed(event: CommentEvent, conversation: Conversation): Promise<Verdict> {
  const id = replyId(event.place, event.source);
  const stored = await conversation.replies.find(id);
  if (stored?.owed === undefined) return "repeated"; // said meanwhile, by an edit, or nothing to say any more
  if (await mustWait(event, stored, conversation)) return "owed";
  const ground = await findGround(event, conversation);
  if (ground === "off" || ground === "silent") {
    await conversation.replies.save(id, stored.account, {}, ["owed"]);
    return ground;
  }
  const { sections, source, labelNote, answered, commentDeleted = false } = stored;
  const { problems } = conversation.parser.parse(event.text);
  const told = { id, sections, problems, commentDeleted, labelNote };
  const body = await renderBody(told, ground, conversation, isOfSource(stored, ground.source));
  await respond(
    {
      ...{ id, account: stored.account, sections, source, commentDeleted, labelNote, body },
      delivery: answered ?? event.delivery,
      issue: { repository: event.place.repository, number: event.place.issue.number },
      reaction: stored.reaction?.content,
      target: targetOf(event),
    },
    stored,
    ground.installation,
    conversation.replies,
    conversation.now,
  );
  return "answered";
}

/** Its moment has been put off, or is so long over that it needs another. */
async function mustWait(
  event: CommentEvent,
  { _id, account, owed }: ReplyDocument,
  { rationing, replies, now }: Conversation,
): Promise<boolean> {
  if (owed === undefined || rationing === undefined) return false;
  if (owed.getTime() !== event.owed?.getTime()) {
    await rationing.keep(owedEvent(event, _id, owed), owed); // perhaps nobody lived to do that
    return true;
  }
  if (!isOverdue(owed, now()) || (await rationing.budget.take(account))) return false;
  const due = await rationing.budget.reserve(account);
  await replies.save(_id, account, { owed: due });
  await rationing.keep(owedEvent(event, _id, due), due);
  return true;
}
