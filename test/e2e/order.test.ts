/** Deliveries that come late, texts that were changed meanwhile, and replies that outlive their reason. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { webhookPath } from "../../src/intake/door.js";
import { signed, type Comment, type Delivery } from "../../src/sandbox/github/index.js";
import { engines } from "../support/stores.js";
import { openHouse, webhookSecret, type House } from "./house.js";

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ engine });
  });
  afterEach(() => house.close());

  const people = () => house.world.sample.people;
  const issues = () => house.world.sample.issues;
  const commentOf = (body: string): Comment => {
    const found = [...house.world.comments.values()].findLast((comment) => comment.body === body);
    if (found === undefined) throw new Error(`nobody said ${body}`);
    return found;
  };

  /** Makes things happen without telling the app. @returns what GitHub would send, in order */
  async function unheard(deed: () => void): Promise<readonly Delivery[]> {
    house.mute(true);
    const before = house.github.deliveries.length;
    deed();
    await house.settle();
    house.mute(false);
    return house.github.deliveries.slice(before);
  }

  async function send(delivery: Delivery | undefined): Promise<void> {
    if (delivery === undefined) throw new Error("there is no such delivery");
    const { headers, body } = signed(house.world, delivery, webhookSecret);
    const { status } = await fetch(`${house.app.url}${webhookPath}`, { method: "POST", headers, body });
    expect(status).toBe(202);
    await house.settle();
  }

  test("what an edit has taken back does not run when the original comes after the edit", async () => {
    const [original, edit] = await unheard(() => {
      const comment = house.world.comment(
        people().pia,
        issues().login,
        "/add_contacts [contact:1]\n/add_contacts [contact:2]",
      );
      house.later();
      house.world.editComment(people().pia, comment, "/add_contacts [contact:2]\n/add_contacts [contact:3]");
    });
    await send(edit);
    expect(await house.linked(issues().login)).toEqual([3]);
    await send(original);
    expect([...(await house.linked(issues().login))].sort()).toEqual([2, 3]);
    expect(house.replies(issues().login)).toHaveLength(1);
  });

  test("a delivery that comes twice is answered once", async () => {
    const [delivery] = await unheard(() => {
      house.world.comment(people().pia, issues().login, "/add_contacts [contact:1]");
    });
    await send(delivery);
    await send(delivery);
    expect(house.replies(issues().login)).toHaveLength(1);
  });

  test("text that was added meanwhile is not deleted unread", async () => {
    const [original] = await unheard(() => {
      const comment = house.world.comment(people().pia, issues().button, "/add_contacts jane@acme.com");
      house.later();
      house.world.editComment(people().pia, comment, "/add_contacts jane@acme.com\nShe called twice.");
    });
    await send(original);
    expect(commentOf("/add_contacts jane@acme.com\nShe called twice.").issue).toBe(issues().button);
    expect(house.replies(issues().button)).toEqual(["Linked contact 41."]);
  });

  test("an edit that takes the mistake out takes our words about it back", async () => {
    await house.say(people().pia, issues().login, "Hello.\n/add_contcats [contact:1]");
    expect(house.replies(issues().login)).toHaveLength(1);
    house.world.editComment(people().pia, commentOf("Hello.\n/add_contcats [contact:1]"), "Hello.");
    await house.settle();
    expect(house.replies(issues().login)).toEqual([]);
    expect(house.reactions(issues().login)).toEqual([]);
  });

  test("what has happened stays told when its line is taken out", async () => {
    await house.say(people().pia, issues().login, "Hello.\n/add_contacts [contact:1]");
    house.world.editComment(people().pia, commentOf("Hello.\n/add_contacts [contact:1]"), "Hello.");
    await house.settle();
    expect(house.replies(issues().login).join()).toContain("Linked Jane Doe");
    expect(await house.linked(issues().login)).toEqual([1]);
  });

  test("fifty-one lines of a stranger do not run with the role of whoever edits one of them away", async () => {
    const lines = Array.from({ length: 51 }, (_, n) => `/add_contacts [contact:${41 + (n % 6)}] `);
    await house.say(people().sam, issues().button, lines.join("\n"));
    house.world.editComment(people().marco, commentOf(lines.join("\n")), lines.slice(1).join("\n"));
    await house.settle();
    expect(await house.linked(issues().button)).toEqual([]);
  });

  test("a reply with a quoted mistake takes two ticks from one old page", async () => {
    await house.say(
      people().pia,
      issues().login,
      "/add_contcats x\n/add_contacts [contact:Jane Do] [contact:Bob Stoen]",
    );
    const [reply] = house.replyComments(issues().login);
    const page = reply?.body ?? "";
    expect(page).toMatch(/```text[\s\S]*- \[ \] [\s\S]*- \[ \] /);
    const ticked = (n: number) => {
      let box = 0;
      return page.replace(/^- \[ \]/gm, (found) => ((box += 1) === n ? "- [x]" : found));
    };
    if (reply === undefined) return;
    const boxes = page.match(/^- \[ \] .*$/gm) ?? [];
    const bob = boxes.findIndex((line) => line.includes("Bob Stone")) + 1;
    house.world.editComment(people().dana, reply, ticked(1));
    await house.settle();
    house.world.editComment(people().dana, reply, ticked(bob));
    await house.settle();
    expect(await house.linked(issues().login)).toEqual([1, 2]);
  });

  test("a reaction that cannot be set does not make the reply deaf", async () => {
    house.github.faults.next(1, { match: { method: "POST", path: /reactions$/ }, status: 404 });
    await house.say(people().pia, issues().login, "/add_contacts [contact:Jane Do]");
    const [reply] = house.replyComments(issues().login);
    if (reply === undefined) throw new Error("no reply");
    house.world.tick(people().pia, reply, 1);
    await house.settle();
    expect(await house.linked(issues().login)).toEqual([1]);
  });
});
