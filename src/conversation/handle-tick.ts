/**
 * Somebody changed a comment of ours. If nothing but ticks was changed and the ticker may, what the
 * boxes stand for is carried out; in any case our comment is put right again.
 */
import type { TickResult } from "../commands/outcome.js";
import { accessTo } from "../crm/access.js";
import type { ContactDocument } from "../store/documents.js";
import { boxesOf, digestWithoutTicks, tickedIn, withResults, type Box } from "../replies/boxes.js";
import { renderReply, replyMarker } from "../replies/reply.js";
import type { Section } from "../replies/section.js";
import { issueFacts } from "./carry-out.js";
import type { Conversation } from "./conversation.js";
import { labelsFor } from "./directory.js";
import type { TickEvent } from "./event.js";
import { findGround, type Ground } from "./ground.js";
import type { OpenSource } from "./sources.js";
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
  const fresh = ticked.filter((number) => boxes[number] !== undefined && boxes[number].result === undefined);
  if (ground === "silent" || !genuine || !mayTick(ground, stored) || ground.source === undefined) {
    if (ground !== "silent") await show(event, stored, stored.sections, ground, conversation);
    return ground === "silent" ? "silent" : "restored";
  }
  const results = await carryOutTicks(event, boxes, fresh, ground.source, conversation);
  await show(event, stored, withResults(stored.sections, results), ground, conversation);
  return fresh.length > 0 ? "answered" : "restored";
}

/** Are exactly those boxes ticked that were carried out? */
function isShown(boxes: readonly Box[], ticked: readonly number[]): boolean {
  const done = boxes.flatMap(({ result }, number) => (result === undefined ? [] : [number]));
  return done.length === ticked.length && done.every((number) => ticked.includes(number));
}

/** A box means what it meant when it was shown: a person of that source. */
function mayTick({ standing, source }: Ground, stored: ReplyDocument): boolean {
  return isOfSource(stored, source) && accessTo("linkContacts", standing).allowed;
}

async function carryOutTicks(
  event: TickEvent,
  boxes: readonly Box[],
  fresh: readonly number[],
  { account, group }: OpenSource,
  { tools }: Conversation,
): Promise<ReadonlyMap<number, TickResult>> {
  const source = { account, group };
  const wanted = fresh.flatMap((number) => (boxes[number] ? [{ number, ...boxes[number] }] : []));
  const contacts = await tools.contacts.byNumbers(
    source,
    wanted.map(({ contact }) => contact),
  );
  const numbersOf = (kind: Box["box"]) =>
    wanted.flatMap(({ box, contact }) => (box === kind ? [contact] : []));
  const add = numbersOf("add").filter((number) => contacts.get(number)?.state === "active");
  const remove = numbersOf("remove");
  const step = { actor: event.actor.id, delivery: event.delivery, action: 0, name: "tick" };
  const { added, removed } =
    add.length + remove.length === 0
      ? { added: [], removed: [] }
      : await tools.links.change(issueFacts(event.place), { source, add, remove }, step);
  return new Map(
    wanted.map(({ number, box, contact }) => [
      number,
      box === "add"
        ? addResult(contacts.get(contact), added)
        : removed.includes(contact)
          ? "removed"
          : "not_linked",
    ]),
  );
}

function addResult(contact: ContactDocument | undefined, added: readonly number[]): TickResult {
  if (contact === undefined) return "gone";
  if (contact.state === "inactive") return "inactive";
  return added.includes(contact.number) ? "added" : "already_linked";
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
    marker: replyMarker(stored._id),
  });
  const issue = { repository: event.place.repository, number: event.place.issue.number };
  await ground.installation.updateComment(issue, event.comment, body);
  await replies.save(stored._id, stored.account, {
    sections,
    digest: digestWithoutTicks(body),
    answered: event.delivery,
  });
}
