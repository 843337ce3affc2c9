/** Lists of issues and histories through the whole house: kept current by deliveries, named by rights. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Issue, Repository, SampleWorld } from "../../src/sandbox/github/index.js";
import { engines } from "../support/stores.js";
import { openHouse, type House } from "./house.js";

const configPath = ".github/liaison.yml";
const jane = "Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH)";
const linkJane = "/add_contacts [contact:1]";

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  let shop: Repository;
  let order: Issue;

  /** A second private repository with the same contacts, which pia may not triage. */
  const furnish = (world: SampleWorld) => {
    const { acme, people, website } = world.sample;
    shop = world.repository(acme, "shop", { id: 2010, files: { [configPath]: "group: support\n" } });
    world.role(shop, people.dana, "write");
    world.role(shop, people.pia, "read");
    world.pushFile(people.dana, website, configPath, "group: support\n");
    order = world.openIssue(people.dana, shop, "An order is missing");
  };
  beforeEach(async () => {
    house = await openHouse({ engine, furnish });
  });
  afterEach(() => house.close());

  const sample = () => house.world.sample;
  const dana = () => sample().people.dana;
  const pia = () => sample().people.pia;
  const link = async (...issues: readonly Issue[]) => {
    for (const issue of issues) await house.say(dana(), issue, linkJane);
  };
  const ask = async (line: string, person = pia(), issue = sample().issues.login) =>
    (await house.say(person, issue, line)).at(-1);

  test("titles and states are as GitHub told last, at no call", async () => {
    const { login, invoice, export: stopped } = sample().issues;
    await link(login, invoice, stopped);
    house.world.editIssue(pia(), login, { title: "Nobody can log in" });
    house.world.closeIssue(pia(), stopped);
    house.world.closeIssue(pia(), invoice);
    house.world.reopenIssue(pia(), invoice);
    await house.settle();
    const asked = await house.asked(async () => {
      expect(await ask("/contact_issues [contact:1]")).toBe(
        `3 issues are linked to ${jane}:\n\n- #2 The invoice shows the wrong currency\n` +
          "- #1 Nobody can log in\n- #3 The export stops after 1,000 rows (closed)",
      );
    });
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /repos/acme/helpdesk/collaborators/pia/permission",
      "POST /repos/acme/helpdesk/issues/1/comments",
    ]);
  });

  test("deleted and transferred issues are listed no more", async () => {
    const { login, invoice, export: stopped } = sample().issues;
    await link(login, invoice, stopped);
    house.world.deleteIssue(sample().people.olivia, invoice);
    house.world.transferIssue(sample().people.olivia, stopped, shop);
    await house.settle();
    expect(await ask("/contact_issues [contact:1]")).toBe(
      `1 issue is linked to ${jane}:\n\n- #1 A customer cannot log in`,
    );
  });

  test("unlinked issues are listed no more", async () => {
    await link(sample().issues.login);
    await ask("/remove_contacts [contact:1]");
    expect(await ask("/contact_issues [contact:1]")).toBe(`No issues are linked to ${jane}.`);
  });

  test("issues elsewhere are named without their title to whoever may triage there, else counted", async () => {
    await link(sample().issues.login, order);
    expect(await ask("/contact_issues [contact:1]", dana())).toBe(
      `2 issues are linked to ${jane}:\n\n- acme/shop#1\n- #1 A customer cannot log in`,
    );
    expect(await ask("/contact_issues [contact:1]", pia())).toBe(
      `2 issues are linked to ${jane}:\n\n- #1 A customer cannot log in\n\n` +
        "And 1 in repositories where you need the Triage role to see them.",
    );
  });

  test("GitHub is asked about another repository once a minute", async () => {
    await link(sample().issues.login, order);
    await ask("/contact_issues [contact:1]");
    const asked = await house.asked(() => ask("/contact_issues [contact:1]"));
    expect(asked.map(({ path }) => path)).toEqual([
      "/repos/acme/helpdesk/collaborators/pia/permission",
      "/repos/acme/helpdesk/issues/1/comments",
    ]);
  });

  test("in public there are handles and counts only", async () => {
    const { login, button } = sample().issues;
    await link(login, order, button);
    expect(await ask("/contact_issues [contact:1]", dana(), button)).toBe(
      "3 issues are linked to contact 1:\n\n- #1\n\nAnd 2 in other repositories.",
    );
  });

  test("of an organization, each issue once", async () => {
    const { login, invoice } = sample().issues;
    await link(login, invoice);
    await house.say(dana(), login, "/add_contacts [contact:2]");
    expect(await ask("/organization_issues [organization:Acme GmbH]")).toMatch(
      /^2 issues are linked to Acme GmbH \(organization \d+\):\n\n- #2 The invoice.*\n- #1 A customer/,
    );
  });

  test("who may not see contacts learns nothing", async () => {
    await link(sample().issues.login);
    const reply = await ask("/contact_issues [contact:1]", sample().people.gus);
    expect(reply).toContain("needs the planner role");
    expect(reply).not.toMatch(/Jane|linked|issues are/);
  });

  test("a history tells who, when, what and where, and nobody's login", async () => {
    const { login } = sample().issues;
    await link(login, order);
    await house.say(pia(), login, "/remove_contacts [contact:1]");
    const reply = await ask("/contact_history [contact:1]", dana());
    const day = new Date().toISOString().slice(0, 10);
    expect(reply).toBe(
      `History of ${jane}, newest first, in UTC. People are named by their GitHub ids, so that nobody is pinged.\n\n` +
        `- ${day}: user 504 unlinked it from #1\n- ${day}: user 503 linked it to acme/shop#1\n- ${day}: user 503 linked it to #1`,
    );
  });

  test("a history is for developers", async () => {
    await link(sample().issues.login);
    const reply = await ask("/contact_history [contact:1]", pia());
    expect(reply).toContain("needs the developer role");
    expect(reply).not.toMatch(/user 50|Jane/);
  });
});
