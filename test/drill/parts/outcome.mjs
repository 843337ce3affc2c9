/** What came out of a run of commands, from GitHub and from the store, and how two runs differ. */

/** Every contact, event and link of a drill is read. */
const everything = 100_000;

/** @param stage whose app has ended: an embedded store belongs to one process */
export async function readOutcome(stage, ledger) {
  const store = await stage.open();
  try {
    const accounts = [...new Set(stage.issues.map(({ repository }) => repository.owner.id))];
    const events = new Map();
    let contacts = 0;
    for (const account of accounts) {
      contacts += await store.collection("contacts").count({ account, group: "" }, { limit: everything });
      for (const event of await store.collection("events").find({ account }, { limit: everything })) {
        const [, delivery] = event._id.split(":");
        events.set(delivery, [...(events.get(delivery) ?? []), event]);
      }
    }
    const commands = [];
    for (const entry of ledger.entries) commands.push(await readCommand(store, stage, entry, events));
    const links = [];
    for (const issue of stage.issues) links.push(await readLinks(store, issue));
    return { contacts, commands, links, strangeEvents: events.size };
  } finally {
    await store.close();
  }
}

async function readCommand(store, stage, { command, issue, comment, delivery, answers }, events) {
  const _id = `${issue.repository.owner.id}:${delivery.guid}`;
  const inbox = await store.collection("deliveries").findOne({ _id });
  const its = events.get(delivery.guid) ?? [];
  events.delete(delivery.guid); // what is left belongs to nobody
  return {
    n: command.n,
    delivery: delivery.guid,
    comment: comment.id,
    state: inbox?.state ?? "not stored",
    outcome: inbox?.outcome ?? "",
    answers: answers.length,
    said: answers
      .map((id) => withoutChance(command, stage.world.comments.get(id)?.body ?? "(gone)"))
      .join("\n"),
    events: its.map((event) => tellEvent(command, event)).sort(),
  };
}

/** Without the marker, and without the number that a new contact happens to get. */
function withoutChance({ creates }, body) {
  const text = body.replace(/\n\n<!-- liaison:reply:[^>]* -->$/, "");
  return creates === undefined ? text : text.replace(/contact \d+/g, "contact #");
}

function tellEvent({ creates }, event) {
  const { _id, at, contacts, ...fields } = event;
  const step = _id.split(":").slice(2).join(":");
  return JSON.stringify({ step, ...fields, contacts: creates === undefined ? contacts : contacts?.length });
}

async function readLinks(store, { number, repository }) {
  const _id = `${repository.owner.id}:${repository.id}:${number}`;
  const found = await store.collection("issues").findOne({ _id });
  const links = (found?.links ?? []).map(({ contact, note, important }) => ({ contact, note, important }));
  return JSON.stringify(links);
}

/**
 * @param serial the outcome of the same commands one after the other, undisturbed
 * @returns what is wrong with `seen`, an empty list when nothing is
 */
export function differences(serial, seen) {
  const found = [];
  const wrong = (kind, command, detail) =>
    found.push({ kind, n: command?.n, delivery: command?.delivery, detail });
  for (const command of seen.commands) {
    const expected = serial.commands[command.n];
    if (command.answers === 0) wrong("lost", command, `${command.state} ${command.outcome}`);
    else if (command.answers > 1) wrong("doubled", command, `${command.answers} answers`);
    else if (command.said !== expected.said) wrong("other answer", command, [expected.said, command.said]);
    if (command.state !== "done") wrong("not done", command, `${command.state} ${command.outcome}`);
    const [events, due] = [command.events.join("\n"), expected.events.join("\n")];
    if (events !== due) wrong("other events", command, [due, events]);
  }
  for (const [issue, links] of seen.links.entries())
    if (links !== serial.links[issue])
      wrong("other links", undefined, [`issue ${issue}`, serial.links[issue], links]);
  if (seen.contacts !== serial.contacts) wrong("other contacts", undefined, [serial.contacts, seen.contacts]);
  if (seen.strangeEvents > 0) wrong("events of no command", undefined, seen.strangeEvents);
  return found;
}
