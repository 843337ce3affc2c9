/** Who said what, and what the app answered to it: counted where it happens, on the local GitHub. */
import { setTimeout as pause } from "node:timers/promises";

/** The hidden mark of an answer names the comment it answers. */
const marker = /<!-- liaison:reply:[^>]*?:(\d+) -->/;

export function keepLedger(world) {
  const entries = [];
  const byComment = new Map();
  let takenBack = 0;
  const stop = world.onDelivery(({ event, payload }) => {
    if (event !== "issue_comment" || payload.sender.type !== "Bot") return;
    const answered = byComment.get(Number(marker.exec(payload.comment.body)?.[1]));
    if (answered === undefined) return;
    if (payload.action === "created") answered.answers.push(payload.comment.id);
    if (payload.action !== "deleted") return;
    answered.answers = answered.answers.filter((id) => id !== payload.comment.id);
    takenBack += 1;
  });
  return {
    /** In the order of their commands. */
    entries,
    /** Types the command as a comment. @returns its entry, with the delivery that GitHub makes of it */
    type(author, issue, command) {
      let delivery;
      const unlisten = world.onDelivery((made) => (delivery = made));
      const comment = world.comment(author, issue, command.text);
      unlisten();
      const entry = { command, issue, comment, delivery, isAcknowledged: false, answers: [] };
      entries[command.n] = entry;
      byComment.set(comment.id, entry);
      return entry;
    },
    /** How many answers the app has deleted again. */
    takenBack: () => takenBack,
    unanswered: () => entries.filter(({ answers }) => answers.length === 0),
    /** @returns false when `signal` came first */
    async until(isTrue, signal) {
      while (!isTrue() && !signal.aborted) await pause(5);
      return isTrue();
    },
    stop,
  };
}
