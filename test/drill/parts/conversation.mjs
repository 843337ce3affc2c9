/** People at work: commands typed issue by issue, each delivered until it is acknowledged. */
import { createSender } from "./sender.mjs";

/**
 * Types all commands and waits until they are answered, or `signal` gives up.
 * @param {object} options
 * @param {() => string | undefined} options.where the address of an app that may be up
 * @param {boolean} options.isSerial one after the other; else all issues at once, in order on each of
 *   them, so that what must come out is the same
 */
export async function converse({ stage, ledger, commands, where, isSerial, signal }) {
  const sender = createSender(stage.world);
  const stop = deliverAnswers(stage.world, sender, where);
  try {
    if (isSerial) await converseSerially({ stage, ledger, commands, where, signal, sender });
    else await Promise.all(lanes(commands).map((lane) => workLane(lane)));
    const isAnswered = () => ledger.entries.every(({ answers }) => answers.length > 0);
    return { isAnswered: await ledger.until(isAnswered, signal), ...sender.seen };
  } finally {
    stop();
    sender.close();
  }

  async function workLane(lane) {
    const typed = [];
    for (const command of lane) {
      const entry = ledger.type(stage.dana, stage.issues[command.issue], command);
      typed.push(entry);
      entry.isAcknowledged = await sender.until202(entry.delivery, where, signal);
      const open = () => typed.filter(({ answers }) => answers.length === 0).length;
      await ledger.until(() => open() < mostOpen, signal);
    }
  }
}

/** People wait for answers: so many commands of an issue may be without one. */
const mostOpen = 3;

async function converseSerially({ stage, ledger, commands, where, signal, sender }) {
  for (const command of commands) {
    const entry = ledger.type(stage.dana, stage.issues[command.issue], command);
    entry.isAcknowledged = await sender.until202(entry.delivery, where, signal);
    await ledger.until(() => entry.answers.length > 0, signal);
  }
}

/** The commands of each issue, in order. */
function lanes(commands) {
  const byIssue = new Map();
  for (const command of commands)
    byIssue.set(command.issue, [...(byIssue.get(command.issue) ?? []), command]);
  return [...byIssue.values()];
}

/** What the app says comes back to it as deliveries, once each, heard or not. */
function deliverAnswers(world, sender, where) {
  return world.onDelivery((delivery) => {
    if (delivery.payload.sender?.type !== "Bot") return;
    const url = where();
    if (url !== undefined) void sender.once(url, sender.sign(delivery));
  });
}
