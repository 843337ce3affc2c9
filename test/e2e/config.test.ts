/** What the two config files do, for real: sources, members, sharing, switches, and broken files. */
import { afterEach, describe, expect, test } from "@jest/globals";
import type { Issue, Person, SampleWorld } from "../../src/sandbox/github/index.js";
import { engines } from "../support/stores.js";
import { openHouse, type House, type HouseOptions } from "./house.js";

const path = ".github/liaison.yml";

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  afterEach(() => house.close());

  const open = async (furnish: HouseOptions["furnish"] = () => undefined, groups = ["sales", ""]) => {
    house = await openHouse({ engine, furnish, groups });
    return house.world.sample;
  };
  const account = (world: SampleWorld, text: string) => {
    world.pushFile(world.sample.people.olivia, world.sample.settings, path, text);
  };
  const repository = (world: SampleWorld, text: string | undefined) => {
    world.pushFile(world.sample.people.marco, world.sample.helpdesk, path, text);
  };
  const say = async (person: Person, issue: Issue, body: string) =>
    (await house.say(person, issue, body)).at(-1);

  test("a group uses the contacts of the nearest source above it, and only those", async () => {
    const { people, issues } = await open(
      (world) =>
        account(world, "groups:\n  sales: {}\n  support: { contact_source: sales }\n  support/emea: {}\n"),
      ["sales"],
    );
    repository(house.world, "group: support/emea\n");
    expect(await say(people.pia, issues.login, "/add_contacts [contact:1]")).toContain("Linked Jane Doe");
    repository(house.world, "group: /\n");
    expect(await say(people.pia, issues.login, "/add_contacts [contact:1]")).toContain("matches no contact");
  });

  test("links to a source that is no longer in force sleep, and wake when it comes back", async () => {
    const { people, issues } = await open();
    await say(people.pia, issues.login, "/add_contacts [contact:1]");
    repository(house.world, "group: /\n");
    expect(await say(people.pia, issues.login, "/contacts")).toBe("No contacts are linked to this issue.");
    repository(house.world, "group: support\n");
    expect(await say(people.pia, issues.login, "/contacts")).toContain("Jane Doe");
    expect(await house.linked(issues.login)).toEqual([1]);
  });

  test("declared members decide in the source, whatever the role on the repository", async () => {
    const { people, issues } = await open((world) =>
      account(
        world,
        'groups:\n  sales: { members: { planner: ["@gus"] } }\n  support: { contact_source: sales }\n',
      ),
    );
    expect(await say(people.marco, issues.login, "/contacts")).toBe(
      "`/contacts` needs the planner role in the contact source. Nothing was changed.",
    );
    expect(await say(people.olivia, issues.login, "/contacts")).toContain("No contacts are linked");
    expect(await say(people.gus, issues.login, "/add_contacts [contact:1]")).toContain("on this repository");
    expect(await say(people.gus, issues.login, "/find_contacts Jane Doe")).toContain("Jane Doe (contact 1,");
    expect(await house.linked(issues.login)).toEqual([]);
  });

  test("a team's members have the role of their team", async () => {
    const { people, issues } = await open((world) =>
      account(
        world,
        'groups:\n  sales: { members: { planner: ["@acme/support"] } }\n  support: { contact_source: sales }\n',
      ),
    );
    expect(await say(people.pia, issues.login, "/add_contacts [contact:1]")).toContain("Linked Jane Doe");
    expect(await say(people.marco, issues.login, "/contacts")).toContain(
      "needs the planner role in the contact source",
    );
  });

  test("a custom repository role counts as the config maps it", async () => {
    const { people, issues, helpdesk } = await open();
    house.world.role(helpdesk, people.gus, { name: "release manager", base: "read" });
    expect(await say(people.gus, issues.login, "/contacts")).toContain("No contacts are linked");
  });

  describe("contacts of another account", () => {
    const rival = (world: SampleWorld, sharing: string) => {
      const { olivia } = world.sample.people;
      const other = world.organization("rival", { id: 3001, owners: [olivia] });
      const config = world.repository(other, ".github", {
        files: { [path]: `groups: { crm: {} }\nshare_contacts_with: [${sharing}]\n` },
      });
      world.install(olivia, other, { id: 7002 });
      account(world, "groups:\n  support: { contact_source: rival/crm }\n");
      return { other, config };
    };
    const refusal =
      /^The contacts of this repository's group are to come from another account, which does not share/;
    const contact = async () => {
      const { createContacts } = await import("../../src/crm/contacts.js");
      const made = await createContacts(house.store).create(
        { account: 3001, group: "crm" },
        { firstName: "Rita", lastName: "Rival", email: "rita@rival.example" },
      );
      expect(made.type).toBe("created");
    };

    test.each([
      ["by login", "Acme"],
      ["by id", "1001"],
    ])("are used when that account shares them %s", async (_, sharing) => {
      const { people, issues } = await open((world) => void rival(world, sharing));
      await announce("rival");
      await contact();
      expect(await say(people.pia, issues.login, "/add_contacts rita@rival.example")).toContain(
        "Linked Rita Rival",
      );
    });

    test.each([
      ["it shares with nobody", ""],
      ["it shares with somebody else", "umbrella"],
    ])("are refused when %s", async (_, sharing) => {
      const { people, issues } = await open((world) => void rival(world, sharing));
      await announce("rival");
      await contact();
      const reply = await say(people.pia, issues.login, "/add_contacts rita@rival.example [contact:1]");
      expect(reply).toMatch(refusal);
      expect(reply).not.toMatch(/rival|Rita|matches/);
      expect(await house.linked(issues.login)).toEqual([]);
    });

    test("of an account nobody has heard of are refused in the same words", async () => {
      const { people, issues } = await open((world) =>
        account(world, "groups:\n  support: { contact_source: nobody-at-all/crm }\n"),
      );
      expect(await say(people.pia, issues.login, "/add_contacts [contact:1]")).toMatch(refusal);
    });

    /** The app learns of an account when it is installed there. */
    async function announce(login: string): Promise<void> {
      const { world } = house;
      const installation = [...world.installations.values()].find(({ account }) => account.login === login);
      if (installation === undefined) throw new Error("not installed");
      world.suspend(world.sample.people.olivia, installation);
      world.unsuspend(world.sample.people.olivia, installation);
      await house.settle();
    }
  });

  test.each([
    ["the repository", (world: SampleWorld) => repository(world, "group: support\nenabled: false\n")],
    ["its group", (world: SampleWorld) => account(world, "groups: { support: { enabled: false } }\n")],
  ])("where %s is switched off there is silence", async (_, furnish) => {
    const { people, issues } = await open(furnish);
    expect(await say(people.olivia, issues.login, "/add_contacts [contact:1]")).toBeUndefined();
    expect(await house.linked(issues.login)).toEqual([]);
  });

  test("a file that breaks leaves the last good one in force, and every reply says so", async () => {
    const { people, issues } = await open();
    await say(people.pia, issues.login, "/contacts");
    repository(house.world, "group: support\nreplies:\n  show: emials\n");
    const reply = await say(people.pia, issues.login, "/add_contacts [contact:1]");
    expect(reply).toContain("Linked Jane Doe");
    expect(reply).toMatch(
      /has a mistake\. Until it is mended, the last good version stays in force\.[\s\S]*line 3: .*emails/,
    );
    repository(house.world, "group: support\n");
    expect(await say(people.pia, issues.login, "/contacts")).not.toContain("mistake");
  });

  test("an account config out of sight stays in force as it last was", async () => {
    const { people, issues, settings } = await open((world) =>
      account(world, "groups:\n  support: { enabled: false }\n"),
    );
    settings.visibility = "private";
    expect(await say(people.pia, issues.login, "/add_contacts [contact:1]")).toBeUndefined();
    const [installation] = house.world.installations.values();
    if (installation === undefined) throw new Error("not installed");
    house.world.selectRepositories(people.olivia, installation, { remove: [settings] });
    await house.settle();
    await house.restart();
    expect(await say(people.pia, issues.login, "/add_contacts [contact:1]")).toBeUndefined();
    expect(await house.linked(issues.login)).toEqual([]);
  });

  test("a file that was never good switches CRM off and says why", async () => {
    const { people, issues } = await open((world) => repository(world, "grup: support\n"));
    const reply = await say(people.pia, issues.login, "/add_contacts [contact:1]");
    expect(reply).toMatch(/CRM is off in this repository until it is mended\.[\s\S]*line 1: .*group/);
    expect(await house.linked(issues.login)).toEqual([]);
    expect(await say(people.gus, issues.login, "/contacts")).not.toMatch(/grup|line 1/);
  });

  test("of a broken account file only the line is told", async () => {
    const { people, issues } = await open((world) =>
      account(world, "groups:\n  secret-project: { colour: red }\n"),
    );
    const reply = await say(people.pia, issues.login, "/contacts");
    expect(reply).toContain("`.github/liaison.yml` in acme/.github has a mistake (line 2).");
    expect(reply).not.toMatch(/secret-project|colour/);
  });

  test("emails are shown where they are asked for, but never in public", async () => {
    const { people, issues, website } = await open((world) =>
      repository(world, "group: support\nreplies: { show: emails }\n"),
    );
    expect(await say(people.pia, issues.login, "/add_contacts [contact:1]")).toContain("`jane@acme.com`");
    house.world.pushFile(people.marco, website, path, "replies: { show: emails }\n");
    expect(await say(people.pia, issues.button, "/add_contacts [contact:41]")).toBe("Linked contact 41.");
  });

  test("command_comments decides whether comments of quick actions stay", async () => {
    const { people, issues, website } = await open();
    const stays = (body: string) =>
      [...house.world.comments.values()].some((comment) => comment.body === body);
    await say(people.pia, issues.button, "/add_contacts jane@acme.com");
    expect(stays("/add_contacts jane@acme.com")).toBe(false);
    await say(people.pia, issues.button, "Hello.\n/add_contacts bob@acme.com");
    expect(stays("Hello.\n/add_contacts bob@acme.com")).toBe(true);
    await say(people.pia, issues.button, "/add_contacts [contact:43]");
    expect(stays("/add_contacts [contact:43]")).toBe(true);
    house.world.pushFile(people.marco, website, path, "command_comments: keep\n");
    await say(people.pia, issues.button, "/remove_contacts jane@acme.com");
    expect(stays("/remove_contacts jane@acme.com")).toBe(true);
  });
});
