/** Merging and erasing from the comment box: nothing before the tick, the right again at the tick, a receipt. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Issue, Person } from "../../src/sandbox/github/index.js";
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

  async function tickAs(person: Person, issue: Issue): Promise<string> {
    const comment = house.replyComments(issue).at(-1);
    if (comment === undefined) throw new Error("no reply");
    house.world.tick(person, comment, 1);
    await house.settle();
    return house.replies(issue).at(-1) ?? "";
  }

  test("a merge says what would happen, happens at the tick, and moves the links of all issues", async () => {
    await house.say(people().pia, issues().login, "/add_contacts [contact:2]");
    await house.say(people().pia, issues().invoice, "/add_contacts [contact:1] [contact:2]");
    const asked = "/merge_contacts jane@acme.com [contact:2]";
    const reply = (await house.say(people().dana, issues().export, asked)).at(-1);
    expect(reply).toContain("2 issues will be linked to Jane Doe (contact 1");
    expect(reply).toContain("- [ ] merge Bob Stone (contact 2");
    expect(await house.linked(issues().login)).toEqual([2]);

    const receipt = await tickAs(people().dana, issues().export);
    expect(receipt).toContain("Merged: 2 issues moved to Jane Doe (contact 1");
    expect(receipt).toMatch(/- \[x\] merge contact 2 into Jane Doe .*: done$/);
    expect(receipt).not.toContain("Stone");
    expect(await house.linked(issues().login)).toEqual([1]);
    expect(await house.linked(issues().invoice)).toEqual([1]);

    const found = await house.say(people().pia, issues().export, "/add_contacts [contact:2]");
    expect(found.at(-1)).toContain("Linked Jane Doe (contact 1");
  });

  test("an erasure needs the owner, at the line and at the tick, and leaves a receipt without the name", async () => {
    await house.say(people().pia, issues().login, "/add_contacts [contact:1]");
    const refused = await house.say(people().marco, issues().export, "/erase_contact [contact:1]");
    expect(refused.at(-1)).toContain("needs the owner role");

    const reply = await house.say(people().olivia, issues().invoice, "/erase_contact [contact:1]");
    expect(reply.at(-1)).toContain("its links to 1 issue will be removed");
    const before = await tickAs(people().marco, issues().invoice);
    expect(before).toContain("- [ ] erase Jane Doe (contact 1");
    expect(await house.linked(issues().login)).toEqual([1]);

    const receipt = await tickAs(people().olivia, issues().invoice);
    expect(receipt).toContain("Erased: the contact with all of its fields");
    expect(receipt).toContain("- [x] erase contact 1: done");
    expect(receipt).toContain("Not changed: comments");
    expect(receipt).not.toMatch(/Jane|Doe|acme\.com/);
    expect(await house.linked(issues().login)).toEqual([]);
    const gone = await house.say(people().pia, issues().export, "/find_contacts jane@acme.com");
    expect(gone.at(-1)).not.toContain("Jane Doe");
  });

  test("a tick without the right to it is not carried out with the right of the next who ticks another box", async () => {
    const lines = "/erase_contact [contact:1]\n/add_contacts [contact:Bbo Stone]";
    await house.say(people().olivia, issues().invoice, lines);
    const [comment] = house.replyComments(issues().invoice);
    if (comment === undefined) throw new Error("no reply");
    house.world.tick(people().dana, comment, 1);
    house.world.tick(people().olivia, comment, 2); // before the first tick was put right
    await house.settle();
    const [reply] = house.replies(issues().invoice);
    expect(reply).toContain("- [ ] erase Jane Doe (contact 1");
    expect(reply).toMatch(/- \[x\] .*Bob Stone/);
    const found = await house.say(people().pia, issues().export, "/find_contacts jane@acme.com");
    expect(found.at(-1)).toContain("Jane Doe");
  });

  test("organizations: merged ones share their contacts, an erased one leaves them", async () => {
    const asked = '/merge_organizations [organization:Acme GmbH] [organization:"Globex Corporation"]';
    const reply = await house.say(people().dana, issues().login, asked);
    expect(reply.at(-1)).toMatch(/4 contacts will belong to Acme GmbH \(organization 1\)/);
    expect(await tickAs(people().dana, issues().login)).toContain("Merged: 4 contacts moved to Acme GmbH");
    await house.say(people().olivia, issues().invoice, "/erase_organization [organization:1]");
    const receipt = await tickAs(people().olivia, issues().invoice);
    expect(receipt).toContain("8 contacts had it and now have none.");
    const jane = await house.say(people().pia, issues().export, "/add_contacts [contact:1]");
    expect(jane.at(-1)).toBe("Linked Jane Doe (contact 1, `j•••@acme.com`).");
  });

  test.each<[string, string, string]>([
    ["one contact only", "/merge_contacts [contact:1]", "at least two different contacts"],
    ["the same one twice", "/merge_contacts [contact:1] jane@acme.com", "at least two different contacts"],
    ["somebody unknown", "/merge_contacts [contact:1] nobody@nowhere.org", "Reference 2 matches no contact"],
    ["an organization", "/merge_contacts [contact:1] [organization:1]", "Argument 2 names no contact"],
    [
      "an unknown organization",
      "/merge_organizations [organization:1] [organization:99]",
      "Reference 2 matches no",
    ],
    ["two to erase", "/erase_contact [contact:1] [contact:2]", "exactly one contact"],
    ["nobody to erase", "/erase_organization", "exactly one organization"],
  ])("%s: nothing is offered", async (_, body, sentence) => {
    const reply = (await house.say(people().olivia, issues().login, body)).at(-1);
    expect(reply).toContain(sentence);
    expect(reply).not.toContain("- [ ]");
    expect(reply).not.toContain("nowhere.org");
  });

  test("in public, only numbers are shown, before and after", async () => {
    const { website } = house.world.sample;
    expect(website.visibility).toBe("public");
    await house.say(people().pia, issues().button, "/add_contacts [contact:41] [contact:42]");
    const reply = await house.say(
      people().dana,
      issues().button,
      "/merge_contacts [contact:41] [contact:42]",
    );
    expect(reply.at(-1)).toContain("1 issue will be linked to contact 41 instead");
    const receipt = await tickAs(people().dana, issues().button);
    expect(receipt).toContain("- [x] merge contact 42 into contact 41: done");
    expect(`${reply.at(-1) ?? ""}${receipt}`).not.toMatch(/Jane|Bob|acme/);
    expect(await house.linked(issues().button)).toEqual([41]);
  });
});
