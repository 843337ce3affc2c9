/**
 * What goes on in many repositories at once, as deliveries: mostly talk that is none of our business.
 * The local GitHub forgets what is not needed any more, so that it does not become the slow one.
 */
import { randomUUID } from "node:crypto";

import { seeded } from "./random.mjs";

const talk =
  "It happens since Monday, with every browser; see `/contacts` in the log, or ask a/b/c.\n".repeat(8);
/** So many deliveries are remembered, to be sent again. */
const remembered = 200;

/** @param contacts how many there are in each account */
export function createMix({ stage, ledger, seed, contacts }) {
  const { world, dana, issues } = stage;
  const random = seeded(seed);
  const recent = [];
  const kinds = {};
  let commands = 0;

  /** The one delivery that GitHub makes of a deed. */
  function told(deed) {
    let made;
    const stop = world.onDelivery((delivery) => (made = delivery));
    const result = deed();
    stop();
    return { made, result };
  }

  const ways = {
    chatter() {
      const { made, result } = told(() => world.comment(dana, random.pick(issues), talk));
      world.comments.delete(result.id);
      return made;
    },
    edit() {
      const issue = random.pick(issues);
      const { result } = told(() => world.comment(dana, issue, talk));
      const { made } = told(() => world.editComment(dana, result, `${talk}${random.below(1e9)}`));
      world.comments.delete(result.id);
      return made;
    },
    command() {
      const text = `/add_contacts [contact:${1 + random.below(contacts)}]`;
      const entry = ledger.type(dana, random.pick(issues), { n: commands, text });
      commands += 1;
      if (commands % remembered === 0) forgetAnswered();
      return entry.delivery;
    },
    news() {
      const issue = random.pick(issues);
      return told(() => world.editIssue(dana, issue, { title: `Issue ${random.below(1e9)}` })).made;
    },
    ping: () => ({
      guid: randomUUID(),
      event: "ping",
      payload: { zen: "Keep it logically awesome.", hook_id: 1, hook: { type: "App", id: 1, active: true } },
    }),
    again: () => random.pick(recent) ?? ways.ping(),
  };

  /** Comments that were answered a while ago, with their answers; the ledger has counted them. */
  function forgetAnswered() {
    for (const { answers, comment } of ledger.entries.slice(-3 * remembered, -remembered)) {
      if (answers.length === 0) continue;
      for (const id of [comment.id, ...answers]) world.comments.delete(id);
    }
  }

  const weights = [
    [62, "chatter"],
    [8, "edit"],
    [8, "command"],
    [10, "news"],
    [2, "ping"],
    [10, "again"],
  ];

  return {
    made: { kinds },
    next() {
      const kind = random.weighted(weights);
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      const delivery = ways[kind]();
      if (kind !== "again") recent[random.below(remembered)] = delivery;
      return delivery;
    },
  };
}
