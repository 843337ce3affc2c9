/** After the last try of a delivery failed for a reason nobody foresaw: one fixed sentence (DESIGN §7). */
import type { Conversation } from "./conversation.js";
import { targetOf } from "./command-comment.js";
import { labelsFor } from "./directory.js";
import type { ConversationEvent } from "./event.js";
import { findGround } from "./ground.js";
import { renderReply, replyMarker } from "../replies/reply.js";
import type { Section } from "../replies/section.js";
import { isOfSource, replyId } from "./reply-store.js";
import { respond } from "./responder.js";

/** Tells the author under which delivery the failure is logged; says nothing to those who get silence. */
export async function apologize(event: ConversationEvent, conversation: Conversation): Promise<void> {
  if (event.type !== "comment") return;
  const ground = await findGround(event, conversation);
  if (ground === "off" || ground === "silent") return;
  const { place, delivery } = event;
  const id = replyId(place, event.source);
  const stored = await conversation.replies.find(id);
  const failed: Section = { kind: "failed", key: "failed", line: 0, delivery };
  const sections = [...(stored?.sections ?? []).filter(({ kind }) => kind !== "failed"), failed];
  const body = renderReply({
    sections,
    labels: await labelsFor(sections, ground, conversation.lookups, isOfSource(stored, ground.source)),
    excerpts: new Map(),
    config: ground.trouble,
    commentDeleted: stored?.commentDeleted ?? false,
    marker: replyMarker(id),
  });
  await respond(
    {
      id,
      account: place.account.id,
      delivery,
      issue: { repository: place.repository, number: place.issue.number },
      sections,
      source: stored?.source,
      commentDeleted: stored?.commentDeleted ?? false,
      body,
      reaction: "confused",
      target: targetOf(event),
    },
    stored,
    ground.installation,
    conversation.replies,
    conversation.now,
  );
}
