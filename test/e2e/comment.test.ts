/** A comment's whole way: signed delivery, quick actions, links, reply. */
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

  test("links a contact and says so once", async () => {
    const replies = await house.say(
      people().pia,
      issues().login,
      "Called them.\n/add_contacts [contact:jane@acme.com]",
    );
    expect(replies).toEqual(["Linked Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH)."]);
    expect(await house.linked(issues().login)).toEqual([1]);
    expect(house.reactions(issues().login)).toEqual([]);
  });

  test("warm, a command costs one read and one comment", async () => {
    await house.say(people().pia, issues().login, "/contacts");
    const asked = await house.asked(() =>
      house.say(people().pia, issues().login, "/add_contacts jane@acme.com"),
    );
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /repos/acme/helpdesk/collaborators/pia/permission",
      "POST /repos/acme/helpdesk/issues/1/comments",
    ]);
  });

  test("warm, a command with trouble costs one reaction more", async () => {
    await house.say(people().pia, issues().login, "/contacts");
    const asked = await house.asked(() =>
      house.say(people().pia, issues().login, "/add_contacts nobody@nowhere.org"),
    );
    expect(asked.map(({ method }) => method)).toEqual(["GET", "POST", "POST"]);
    expect(house.reactions(issues().login)).toEqual(["confused"]);
  });

  test.each([
    ["chatter", "Thanks, that helped!"],
    ["somebody else's command", "/assign @pia\n/lgtm"],
    ["a quoted quick action", "> /add_contacts jane@acme.com\n\nIs that right?"],
    ["a quick action in code", "```\n/add_contacts jane@acme.com\n```"],
  ])("%s causes no call at all", async (_, body) => {
    const asked = await house.asked(() => house.say(people().pia, issues().login, body));
    expect(asked).toEqual([]);
    expect(await house.linked(issues().login)).toEqual([]);
  });

  test("one unknown reference does not hide the others", async () => {
    const body = "/add_contacts jane@acme.com nobody@nowhere.org bob@acme.com";
    const [reply] = await house.say(people().pia, issues().login, body);
    expect(reply).toContain("Linked Jane Doe (contact 1,");
    expect(reply).toContain("Argument 2 matches no contact.");
    expect(reply).not.toContain("nowhere.org");
    expect(await house.linked(issues().login)).toEqual([1, 2]);
  });

  test("several quick actions run in order, each with its own outcome", async () => {
    const body = "/add_contacts jane@acme.com bob@acme.com\n/remove_contacts jane@acme.com\n/contacts";
    const [reply] = await house.say(people().pia, issues().login, body);
    expect(reply).toMatch(
      /Line 1[\s\S]*Linked Jane Doe[\s\S]*Line 2[\s\S]*Unlinked Jane Doe[\s\S]*Line 3[\s\S]*1 contact/,
    );
    expect(await house.linked(issues().login)).toEqual([2]);
  });

  test("six are linked, seven are refused whole", async () => {
    const numbers = (count: number) =>
      Array.from({ length: count }, (_, n) => `[contact:${n + 1}]`).join(" ");
    const [refusal] = await house.say(people().pia, issues().login, `/add_contacts ${numbers(7)}`);
    expect(refusal).toContain("this line names 7 contacts, and one line can add at most 6");
    expect(await house.linked(issues().login)).toEqual([]);
    await house.say(
      people().pia,
      issues().invoice,
      `/add_contacts ${numbers(3)} [contact:5] [contact:6] [contact:3]`,
    );
    expect(await house.linked(issues().invoice)).toEqual([1, 2, 3, 5, 6]);
  });

  test("an inactive contact is named and not linked", async () => {
    const [reply] = await house.say(people().pia, issues().login, "/add_contacts j.doermann@acme.com");
    expect(reply).toContain("Not linked, because only active contacts can be: Jonas Doermann");
    expect(await house.linked(issues().login)).toEqual([]);
  });

  test("a near miss runs nothing and says what is meant", async () => {
    const [reply] = await house.say(people().pia, issues().login, "/add_contcats jane@acme.com");
    expect(reply).toContain("Did you mean /add\\_contacts?");
    expect(reply).not.toContain("jane@acme.com");
    expect(await house.linked(issues().login)).toEqual([]);
  });

  test("comments of bots are not listened to", async () => {
    const asked = await house.asked(async () => {
      house.world.comment(house.world.app.bot, issues().login, "/add_contacts jane@acme.com");
      await house.settle();
    });
    expect(asked).toEqual([]);
  });

  test("on_success: reaction answers a plain success with a thumb, anything else with words", async () => {
    const { helpdesk } = house.world.sample;
    house.world.pushFile(
      people().dana,
      helpdesk,
      ".github/liaison.yml",
      "group: support\nreplies: { on_success: reaction }\n",
    );
    expect(await house.say(people().pia, issues().login, "/add_contacts jane@acme.com")).toEqual([]);
    expect(house.reactions(issues().login)).toEqual(["+1"]);
    expect(await house.say(people().pia, issues().login, "/contacts")).toHaveLength(1);
  });

  test("the log holds no address, name or comment at any level", async () => {
    await house.say(
      people().pia,
      issues().login,
      "Secret talk.\n/add_contacts jane@acme.com jnae@acme.com [contact:Bob Stone]",
    );
    const log = house.log.join("");
    expect(log).toContain('"outcome":"answered"');
    expect(log).not.toMatch(/jane|jnae|Doe|Stone|Secret|acme\.com/);
  });
});
