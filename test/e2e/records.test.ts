/** Contacts and organizations kept from the comment box: created, edited, switched off, offered by boxes. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ContactDocument, EventDocument, OrganizationDocument } from "../../src/store/documents.js";
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
  const account = () => house.world.sample.acme.id;

  /** Dana's line in the help desk, and what it is answered. */
  const say = async (line: string) => {
    const before = house.replies(issues().login).length;
    const replies = await house.say(people().dana, issues().login, line);
    expect(replies).toHaveLength(before + 1);
    return replies.at(-1) ?? "";
  };
  const numberIn = (reply: string, kind = "contact") =>
    Number(new RegExp(`${kind} (\\d+)`).exec(reply)?.[1] ?? NaN);
  const contact = (number: number) =>
    house.store
      .collection<ContactDocument>("contacts")
      .findOne({ account: account(), group: "sales", number });
  const organization = (number: number) =>
    house.store
      .collection<OrganizationDocument>("organizations")
      .findOne({ account: account(), group: "sales", number });
  const events = (action: string) =>
    house.store.collection<EventDocument>("events").find({ account: account(), action }, { limit: 10 });
  const lastReply = () => {
    const reply = house.replyComments(issues().login).at(-1);
    if (reply === undefined) throw new Error("no reply");
    return reply;
  };

  test("a contact is created with all fields, named with what may be shown, and found at once", async () => {
    const reply = await say(
      '/create_contact "Nora van Dam" nora@acme.com organization:"acme gmbh" phone:"+31 20 1" description:"New"',
    );
    const number = numberIn(reply);
    expect(reply).toBe(`Created Nora van Dam (contact ${number}, \`n•••@acme.com\`, Acme GmbH).`);
    expect(await contact(number)).toMatchObject({
      firstName: "Nora van",
      lastName: "Dam",
      email: "nora@acme.com",
      phone: "+31 20 1",
      description: "New",
      organization: 1,
      state: "active",
    });
    expect(await events("create_contact")).toMatchObject([
      { contacts: [number], actor: people().dana.id, fields: expect.arrayContaining(["firstName", "email"]) },
    ]);
    expect(await say("/add_contacts nora@acme.com")).toContain("Linked Nora van Dam");
  });

  test("all mistakes of a line are told at once, and nothing is created", async () => {
    const reply = await say("/create_contact Jane jnae@ phnoe:1 phone:1 phone:2 state:inactive");
    expect(reply).toMatch(/^Nothing was done:\n\n/);
    expect(reply.match(/^- /gm)).toHaveLength(5);
    expect(reply).toContain("Did you mean `phone:`?");
    expect(reply).toContain("The e-mail address is not well formed");
    expect(reply).toContain("The last name is missing.");
    expect(reply).not.toContain("jnae");
    expect(await events("create_contact")).toEqual([]);
    expect(house.reactions(issues().login)).toEqual(["confused"]);
  });

  test("a taken address says whose it is", async () => {
    expect(await say("/create_contact Jane Dough JANE@acme.com")).toMatch(
      /^Nothing was done: Jane Doe \(contact 1, .*\) has this address already\./,
    );
    expect(await events("create_contact")).toEqual([]);
  });

  test("an unknown organization is offered: near ones and a new one; a tick creates it once", async () => {
    const reply = await say('/create_contact "Nora Dam" organization:"Acme Labs"');
    const number = numberIn(reply);
    expect(reply).toContain(`Created Nora Dam (contact ${number}).`);
    expect(reply).toContain("- [ ] Acme GmbH (organization 1)");
    expect(reply).toContain("- [ ] a new organization, Acme Labs");
    const boxes = reply.match(/^- \[ \]/gm)?.length ?? 0;
    house.world.tick(people().pia, lastReply(), boxes); // a planner may not
    await house.settle();
    expect((await contact(number))?.organization).toBeUndefined();
    house.world.tick(people().dana, lastReply(), boxes);
    await house.settle();
    expect(house.replies(issues().login).at(-1)).toContain("- [x] a new organization, Acme Labs: done");
    const employer = (await contact(number))?.organization ?? 0;
    expect(await organization(employer)).toMatchObject({ name: "Acme Labs", state: "active" });
    expect(await events("create_organization")).toMatchObject([{ organizations: [employer] }]);
    expect(await events("set_organization")).toMatchObject([
      { contacts: [number], fields: ["organization"] },
    ]);
  });

  test("an organization with the address's mail domain is offered, never set silently", async () => {
    await say("/edit_organization [organization:1] domains:acme.com");
    const reply = await say("/create_contact Nora Dam nora@eu.acme.com");
    const number = numberIn(reply);
    expect(reply).toContain("- [ ] Acme GmbH (organization 1)");
    expect((await contact(number))?.organization).toBeUndefined();
    house.world.tick(people().dana, lastReply(), 1);
    await house.settle();
    expect((await contact(number))?.organization).toBe(1);
    house.world.tick(people().dana, lastReply(), 1);
    await house.settle();
    expect(house.replies(issues().login).at(-1)).toContain("Acme GmbH (organization 1): done");
  });

  test("an edit tells the fields that changed, and clears with empty quotes", async () => {
    expect(await say('/edit_contact jane@acme.com email:j.d@acme.com last_name:Roe phone:""')).toBe(
      "Changed the last name, e-mail address and phone number of Jane Roe (contact 1, `j•••@acme.com`, Acme GmbH).",
    );
    expect(await contact(1)).toMatchObject({ lastName: "Roe", email: "j.d@acme.com" });
    expect((await contact(1))?.phone).toBeUndefined();
    expect(await say("/edit_contact [contact:1] last_name:Roe")).toMatch(/^Nothing to change: Jane Roe/);
    expect(await events("edit_contact")).toMatchObject([
      { contacts: [1], fields: ["lastName", "email", "phone"] },
    ]);
  });

  test("contacts are switched off and on, each reference with its own outcome", async () => {
    const reply = await say("/deactivate_contact jane@acme.com [contact:4] [contact:Jnae Doe] Bob");
    expect(reply).toContain("Deactivated Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH, inactive).");
    expect(reply).toContain("Inactive already: Jonas Doermann");
    expect(reply).toContain("Reference 3 matches no contact. Name the one you mean by its number");
    expect(reply).toContain("Argument 4 names no contact.");
    expect(await say("/add_contacts [contact:1]")).toContain("only active contacts");
    expect(await say("/activate_contact [contact:1]")).toMatch(/^Activated Jane Doe/);
    expect((await contact(1))?.state).toBe("active");
  });

  test("an organization is created, edited, refused twice, and switched off", async () => {
    const created = await say('/create_organization "Umbrella" default_rate:120.50 domains:umbrella.example');
    const number = numberIn(created, "organization");
    expect(created).toBe(`Created Umbrella (organization ${number}).`);
    expect(await organization(number)).toMatchObject({ defaultRate: 120.5, domains: ["umbrella.example"] });
    expect(await say("/create_organization ÜMBRELLA")).toMatch(
      /Umbrella \(organization \d+\) has this name already/,
    );
    expect(
      await say("/edit_organization [organization:Umbrella] name:Acme default_rate:5 domains:gmail.com"),
    ).toBe("Nothing was done. A public mail provider is no company's own domain; name the company's domain.");
    expect(await say('/edit_organization [organization:umbrella] default_rate:"" name:"Umbrella AG"')).toBe(
      `Changed the name and default rate of Umbrella AG (organization ${number}). ` +
        "Its labels on issues, if there are any, follow in the background.",
    );
    expect(await say(`/deactivate_organization [organization:${number}] [organization:Umbrela]`)).toContain(
      `Deactivated Umbrella AG (organization ${number}).`,
    );
    expect(await organization(number)).toMatchObject({ name: "Umbrella AG", state: "inactive" });
  });

  test("in public, replies show numbers and no boxes", async () => {
    const { world } = house;
    const line =
      '/create_contact "Nora Dam" nora@acme.com organization:"Nowhere"\n/create_contact Jane Doe jane@acme.com\n' +
      "/edit_contact [contact:Nora Dma] phone:1\n/deactivate_contact [contact:Bob Stone]";
    const [reply = ""] = await house.say(people().dana, world.sample.issues.button, line);
    expect(reply).toMatch(/Created contact \d+\./);
    expect(reply).toContain("Create it with `/create_organization`");
    expect(reply).toMatch(/Nothing was done: contact \d+ has this address already\./);
    expect(reply).toContain("Reference 1 matches no contact.");
    expect(reply).toMatch(/Deactivated contact \d+\./);
    expect(reply).not.toMatch(/- \[ \]|Nora|Dam|Jane|Doe|Bob|Stone|Nowhere|acme\.com/);
  });

  test("a planner is told which role it takes, and nothing changes", async () => {
    const [reply] = await house.say(people().pia, issues().login, "/edit_contact [contact:1] phone:1");
    expect(reply).toContain("needs the developer role");
    expect(await events("edit_contact")).toEqual([]);
  });
});
