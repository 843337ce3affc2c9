/** Edits, issue bodies, pull requests, transfers and ticks. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { engines } from "../support/stores.js";
import { openHouse, type House } from "./house.js";

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ engine });
  });
  afterEach(() => house.close());

  const people = () => house.world.sample.people;
  const issues = () => house.world.sample.issues;
  const lastComment = () => {
    const mine = [...house.world.comments.values()].findLast(({ author }) => author !== house.world.app.bot);
    if (mine === undefined) throw new Error("nobody has commented");
    return mine;
  };

  test("an edit runs only what is new, and the reply is rewritten instead of doubled", async () => {
    await house.say(people().pia, issues().login, "/add_contacts jane@acme.com");
    await house.say(people().pia, issues().invoice, "/contacts");
    const [comment] = [...house.world.comments.values()].filter(
      ({ body }) => body === "/add_contacts jane@acme.com",
    );
    if (comment === undefined) throw new Error("the comment is gone");
    house.world.editComment(people().pia, comment, "/add_contacts jane@acme.com\n/add_contacts bob@acme.com");
    await house.settle();
    const replies = house.replies(issues().login);
    expect(replies).toHaveLength(1);
    expect(replies[0]).toMatch(/Line 1[\s\S]*Linked Jane Doe[\s\S]*Line 2[\s\S]*Linked Bob Stone/);
    expect(await house.linked(issues().login)).toEqual([1, 2]);
  });

  test("mending a mistake takes its words out of the reply and the confused face off the comment", async () => {
    await house.say(people().pia, issues().login, "/add_contcats jane@acme.com");
    expect(house.reactions(issues().login)).toEqual(["confused"]);
    house.world.editComment(people().pia, lastComment(), "/add_contacts jane@acme.com");
    await house.settle();
    expect(house.replies(issues().login)).toEqual([
      "Linked Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH).",
    ]);
    expect(house.reactions(issues().login)).toEqual([]);
  });

  test("an edit by somebody else runs with the editor's role", async () => {
    await house.say(people().gus, issues().login, "What about Jane?");
    house.world.editComment(people().pia, lastComment(), "/add_contacts jane@acme.com");
    await house.settle();
    expect(await house.linked(issues().login)).toEqual([1]);
    house.world.editComment(
      people().gus,
      lastComment(),
      "/add_contacts jane@acme.com\n/remove_contacts jane@acme.com",
    );
    await house.settle();
    expect(await house.linked(issues().login)).toEqual([1]);
  });

  test("an issue's body is read when it is opened, and again when it is edited", async () => {
    const { world } = house;
    const issue = world.openIssue(people().pia, world.sample.helpdesk, "New", "/add_contacts jane@acme.com");
    await house.settle();
    expect(await house.linked(issue)).toEqual([1]);
    world.editIssue(people().pia, issue, { title: "Newer" });
    world.editIssue(people().pia, issue, {
      body: "/add_contacts jane@acme.com\n\n/add_contacts bob@acme.com",
    });
    await house.settle();
    expect(await house.linked(issue)).toEqual([1, 2]);
    expect(house.replies(issue)).toHaveLength(1);
  });

  test("a transferred issue does not run its body again", async () => {
    const { world } = house;
    const issue = world.openIssue(people().pia, world.sample.helpdesk, "New", "/add_contacts jane@acme.com");
    await house.settle();
    const other = world.repository(world.sample.acme, "other");
    world.role(other, people().pia, "triage");
    const moved = world.transferIssue(people().pia, issue, other);
    await house.settle();
    expect(await house.linked(moved)).toEqual([]);
    expect(house.replies(moved).filter((reply) => reply.includes("Already linked"))).toEqual([]);
  });

  test("pull requests are listened to only where the config says so", async () => {
    const { world } = house;
    const { helpdesk } = world.sample;
    const pull = world.openIssue(people().dana, helpdesk, "Fix", null, { pullRequest: true });
    expect(await house.say(people().pia, pull, "/add_contacts jane@acme.com")).toEqual([]);
    world.pushFile(people().dana, helpdesk, ".github/liaison.yml", "group: support\npull_requests: true\n");
    expect(await house.say(people().pia, pull, "/add_contacts jane@acme.com")).toHaveLength(1);
    expect(await house.linked(pull)).toEqual([1]);
  });

  describe("tick boxes", () => {
    const offered = async () => {
      await house.say(people().pia, issues().login, "/add_contacts jnae@acme.com");
      const [reply] = house.replyComments(issues().login);
      if (reply === undefined) throw new Error("no reply");
      return reply;
    };

    test("ticking a near match links it and says so in the same reply", async () => {
      const reply = await offered();
      expect(reply.body).toContain("- [ ] Jane Doe (contact 1,");
      house.world.tick(people().dana, reply, 1);
      await house.settle();
      expect(await house.linked(issues().login)).toEqual([1]);
      expect(house.replies(issues().login)).toHaveLength(1);
      expect(reply.body).toContain("- [x] Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH): linked");
    });

    test("ticking it again changes nothing", async () => {
      const reply = await offered();
      house.world.tick(people().dana, reply, 1);
      await house.settle();
      house.world.tick(people().dana, reply, 1);
      await house.settle();
      expect(await house.linked(issues().login)).toEqual([1]);
      expect(reply.body).toContain("- [x] Jane Doe");
    });

    test("a guest's tick is taken back", async () => {
      const reply = await offered();
      const before = reply.body;
      house.world.tick(people().gus, reply, 1);
      await house.settle();
      expect(await house.linked(issues().login)).toEqual([]);
      expect(reply.body).toBe(before);
    });

    test("a tick in a rewritten reply is not followed, and the reply is put right", async () => {
      const reply = await offered();
      const before = reply.body;
      house.world.editComment(
        people().dana,
        reply,
        before.replace("contact 1", "contact 2").replace("[ ]", "[x]"),
      );
      await house.settle();
      expect(await house.linked(issues().login)).toEqual([]);
      expect(reply.body).toBe(before);
    });

    test("two ticks from one old page are both followed", async () => {
      await house.say(people().pia, issues().login, "/add_contacts [contact:do");
      await house.say(people().pia, issues().invoice, "/add_contacts Doe");
      const [reply] = house.replyComments(issues().login);
      if (reply === undefined) throw new Error("no reply");
      const page = reply.body;
      const boxes = page.match(/^- \[ \] /gm)?.length ?? 0;
      expect(boxes).toBeGreaterThan(1);
      house.world.tick(people().pia, reply, 1);
      await house.settle();
      house.world.editComment(people().pia, reply, tickNth(page, 2));
      await house.settle();
      expect(await house.linked(issues().login)).toHaveLength(2);
    });
  });
});

function tickNth(body: string, n: number): string {
  let box = 0;
  return body.replace(/^- \[ \]/gm, (found) => ((box += 1) === n ? "- [x]" : found));
}
