/** Notes on links, from the comment to /contacts. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Issue } from "../../src/sandbox/github/index.js";
import type { EventDocument } from "../../src/store/documents.js";
import { engines } from "../support/stores.js";
import { openHouse, type House } from "./house.js";

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ engine });
  });
  afterEach(() => house.close());

  const issues = () => house.world.sample.issues;
  const say = async (issue: Issue, body: string) =>
    (await house.say(house.world.sample.people.pia, issue, body)).at(-1);
  const jane = "Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH)";
  const bob = "Bob Stone (contact 2, `b•••@acme.com`, Acme GmbH)";

  test("a note is shown with its contact, the important ones first, and cleared by an empty one", async () => {
    expect(await say(issues().login, '/add_contacts [contact:1] note:"has to wait"')).toBe(`Linked ${jane}.`);
    await say(issues().login, '/add_contacts [contact:2] note:"renewal at *risk* @dana" important:yes');
    expect(await say(issues().login, "/contacts")).toBe(
      [
        "2 contacts linked to this issue:\n",
        `- ${bob}, **important**: renewal at \\*risk\\* \\@\u200bdana`,
        `- ${jane}: has to wait`,
      ].join("\n"),
    );
    expect(await say(issues().login, '/add_contacts [contact:2] note:"" important:no')).toBe(
      `Linked already, and noted: ${bob}.`,
    );
    expect(await say(issues().login, "/contacts")).toBe(
      ["2 contacts linked to this issue:\n", `- ${jane}: has to wait`, `- ${bob}`].join("\n"),
    );
  });

  test("the same note once more changes nothing", async () => {
    await say(issues().login, "/add_contacts [contact:1] note:vip");
    expect(await say(issues().login, "/add_contacts [contact:1] note:vip")).toBe(`Already linked: ${jane}.`);
    expect(await say(issues().login, "/add_contacts [contact:1]")).toBe(`Already linked: ${jane}.`);
    expect(await say(issues().login, "/contacts")).toContain(": vip");
  });

  test("an edited note is taken over", async () => {
    const { pia } = house.world.sample.people;
    const comment = house.world.comment(pia, issues().login, "/add_contacts [contact:1] note:old");
    await house.settle();
    house.world.editComment(pia, comment, "/add_contacts [contact:1] note:new");
    await house.settle();
    expect(await say(issues().login, "/contacts")).toContain(": new");
  });

  test("fields that do not fit are told together, and nothing is linked", async () => {
    const note = "x".repeat(256);
    const reply = await say(
      issues().login,
      `/add_contacts [contact:1] note:${note} importnat:yes important:maybe colour:red important:no`,
    );
    expect(reply).toBe(
      [
        "Nothing was linked, because of what follows the contacts:\n",
        "- Argument 2 is too long a note. It may have 255 characters.",
        "- Argument 3 is no field of a link. Did you mean `important:`?",
        "- Argument 4 says neither yes nor no. Write `important:yes` or `important:no`.",
        '- Argument 5 is no field of a link. Write `note:"…"` or `important:yes`.',
      ].join("\n"),
    );
    expect(await house.linked(issues().login)).toEqual([]);
  });

  test("a tick links without the note, and the reply says so", async () => {
    const reply = await say(issues().login, "/add_contacts jnae@acme.com note:vip");
    expect(reply).toContain("\n\nA tick links without the note.");
    const [comment] = house.replyComments(issues().login);
    if (comment === undefined) throw new Error("there is no reply");
    house.world.tick(house.world.sample.people.pia, comment, 1);
    await house.settle();
    expect(await house.linked(issues().login)).toEqual([1]);
    expect(await say(issues().login, "/contacts")).not.toContain("vip");
  });

  test("in public neither notes nor importance are shown", async () => {
    await say(issues().button, "/add_contacts [contact:41] note:secret important:yes");
    expect(await say(issues().button, "/contacts")).toBe("1 contact linked to this issue:\n\n- contact 41");
  });

  test("no reply, event or log holds a note", async () => {
    await say(issues().login, "/add_contacts [contact:1] note:hush-hush");
    await say(issues().login, "/add_contacts [contact:1] note:hush important:yes");
    await say(issues().login, "/contacts");
    const events = await house.store
      .collection<EventDocument>("events")
      .find({ account: house.world.sample.acme.id, contacts: 1 }, { sort: { at: -1 }, limit: 10 });
    expect(events.map(({ added, fields }) => ({ added, fields }))).toEqual([
      { added: [], fields: ["note", "important"] },
      { added: [1], fields: ["note"] },
    ]);
    const replies = await house.store.collection("replies").sample({}, { size: 100 });
    expect(replies.length).toBeGreaterThan(0);
    expect(JSON.stringify([events, replies, house.log])).not.toContain("hush");
  });
});
