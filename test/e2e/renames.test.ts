/** Renames lose nothing: data is kept by id. And what only a file's edit put to sleep wakes up again. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Delivery } from "../../src/sandbox/github/index.js";
import type { AccountDocument } from "../../src/store/documents.js";
import { engines } from "../support/stores.js";
import { openHouse, type House } from "./house.js";
import { post } from "./posting.js";

const configPath = ".github/liaison.yml";

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  let made: Delivery[];
  beforeEach(async () => {
    house = await openHouse({ engine });
    made = [];
    house.world.onDelivery((delivery) => made.push(delivery));
  });
  afterEach(() => house.close());

  const sample = () => house.world.sample;
  const say = (text: string) => house.say(sample().people.pia, sample().issues.login, text);
  const acme = () =>
    house.store.collection<AccountDocument>("accounts").findOne({ _id: String(sample().acme.id) });
  const renameAccount = async () => {
    house.world.renameOrganization(sample().people.olivia, sample().acme, "newco");
    await house.settle();
  };

  test("a renamed account is known by its new login before anybody says anything", async () => {
    await say("/add_contacts [contact:1]");
    expect((await acme())?.loginKey).toBe("acme");
    await renameAccount();
    expect(await acme()).toMatchObject({ login: "newco", loginKey: "newco", installation: 7001 });
    expect((await say("/contacts")).at(-1)).toContain("1 contact linked");
    expect(await house.linked(sample().issues.login)).toEqual([1]);
  });

  test("a rename that is told again after the app went brings no installation back", async () => {
    await say("/add_contacts [contact:1]");
    await renameAccount();
    const told = made.filter(({ event }) => event === "installation_target");
    expect(told).toHaveLength(1);
    house.world.uninstall(sample().people.olivia, sample().installation);
    await house.settle();
    for (const delivery of told) expect(await post(house, { ...delivery, guid: "again" })).toBe(202);
    await house.settle();
    expect((await acme())?.installation).toBeUndefined();
  });

  test("a renamed repository keeps its links", async () => {
    await say("/add_contacts [contact:1]");
    house.world.renameRepository(sample().people.olivia, sample().helpdesk, "desk");
    await house.settle();
    expect((await say("/contacts")).at(-1)).toContain("1 contact linked");
  });

  test("links sleep while the config names another group, and nothing is said of it", async () => {
    await say("/add_contacts [contact:1]");
    const before = house.world.issues.length;
    const configure = async (text: string) => {
      house.world.pushFile(sample().people.olivia, sample().helpdesk, configPath, text);
      await house.settle();
    };
    await configure("enabled: true\n");
    expect((await say("/contacts")).at(-1)).not.toContain("Jane Doe");
    expect(await house.linked(sample().issues.login)).toEqual([1]);
    expect(house.world.issues).toHaveLength(before);
    await configure("group: support\n");
    expect((await say("/contacts")).at(-1)).toContain("Jane Doe");
  });
});
