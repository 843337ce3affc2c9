/** What other accounts, former owners of a name, and narrowed installations could learn, and do not. */
import { afterEach, describe, expect, test } from "@jest/globals";
import { createContacts } from "../../src/crm/contacts.js";
import type { Organization, SampleWorld } from "../../src/sandbox/github/index.js";
import { engines } from "../support/stores.js";
import { openHouse, type House } from "./house.js";

const path = ".github/liaison.yml";

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  afterEach(() => house.close());

  const account = (world: SampleWorld, text: string) => {
    world.pushFile(world.sample.people.olivia, world.sample.settings, path, text);
  };
  const rivalIn = (world: SampleWorld): Organization => {
    const rival = world.organization("rival", { id: 3001, owners: [world.sample.people.sam] });
    world.repository(rival, ".github", {
      files: { [path]: "groups: { crm: {} }\nshare_contacts_with: [acme]\n" },
    });
    return rival;
  };
  const fillRival = () =>
    createContacts(house.store).create(
      { account: 3001, group: "crm" },
      { firstName: "Secret", lastName: "Partnercustomer", email: "s@rival.example" },
    );

  test("an old reply does not name the people of a new source by their numbers", async () => {
    house = await openHouse({ engine });
    const { world } = house;
    const { people, issues } = world.sample;
    world.install(people.sam, rivalIn(world), { id: 7002 });
    await fillRival();
    await house.say(people.pia, issues.login, "/add_contacts [contact:1] [contact:Bob Stoen]");
    const [reply] = house.replyComments(issues.login);
    if (reply === undefined) throw new Error("no reply");
    expect(reply.body).toContain("Linked Jane Doe (contact 1,");
    account(world, "groups:\n  support: { contact_source: rival/crm }\n");
    await house.settle();
    world.editComment(people.dana, reply, `${reply.body} `.replace("Linked", "linked"));
    await house.settle();
    expect(reply.body).not.toMatch(/Secret|Partnercustomer|rival/);
    expect(reply.body).toContain("Linked contact 1.");
  });

  test("whoever takes a login that was given up does not speak for the account that had it", async () => {
    house = await openHouse({ engine });
    const { world } = house;
    const { people, issues } = world.sample;
    const rival = rivalIn(world);
    world.install(people.sam, rival, { id: 7002 });
    await house.settle();
    await fillRival();
    world.renameOrganization(people.sam, rival, "rival-inc");
    const taker = world.organization("rival", { id: 6666, owners: [people.sam] });
    world.repository(taker, ".github", {
      visibility: "public",
      files: { [path]: "groups: { crm: {} }\nshare_contacts_with: [acme]\n" },
    });
    account(world, 'groups:\n  support: { contact_source: "@rival/crm" }\n');
    await house.settle();
    const [reply] = await house.say(people.pia, issues.login, "/find_contacts Secret");
    expect(reply).toMatch(/^The contacts of this repository's group are to come from another account/);
  });

  test("an account that has suspended the app shares nothing", async () => {
    house = await openHouse({ engine });
    const { world } = house;
    const { people, issues } = world.sample;
    const installation = world.install(people.sam, rivalIn(world), { id: 7002 });
    account(world, "groups:\n  support: { contact_source: rival/crm }\n");
    await house.settle();
    await fillRival();
    expect((await house.say(people.pia, issues.login, "/find_contacts Secret")).at(-1)).toContain(
      "Partnercustomer",
    );
    world.suspend(people.sam, installation);
    await house.settle();
    expect((await house.say(people.pia, issues.login, "/find_contacts Secret")).at(-1)).not.toContain(
      "Partnercustomer",
    );
  });

  test("an account config that the app can no longer see stays in force", async () => {
    house = await openHouse({
      engine,
      furnish: (world) => {
        account(
          world,
          'groups:\n  support: { contact_source: sales, members: { planner: ["@pia"] } }\n  sales: { members: { planner: ["@pia"] } }\n',
        );
      },
    });
    const { world } = house;
    const { people, issues, installation, settings, helpdesk } = world.sample;
    expect((await house.say(people.marco, issues.login, "/contacts")).at(-1)).toContain(
      "needs the planner role",
    );
    world.selectRepositories(people.olivia, installation, { remove: [settings] });
    world.pushFile(people.marco, helpdesk, path, "group: support\n# changed\n");
    await house.settle();
    await house.restart();
    expect((await house.say(people.marco, issues.login, "/contacts")).at(-1)).toContain(
      "needs the planner role",
    );
    expect((await house.say(people.pia, issues.login, "/contacts")).at(-1)).toContain(
      "No contacts are linked",
    );
  });
});
