/** Organizations as labels: what is put on, what is taken off, what is left alone, and what it costs. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Issue, Repository } from "../../src/sandbox/github/index.js";
import { createOrganizations } from "../../src/crm/organizations.js";
import type { OrganizationDocument } from "../../src/store/documents.js";
import { engines } from "../support/stores.js";
import { openHouse, type House } from "./house.js";

const file = ".github/liaison.yml";

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ engine });
    configure(house.world.sample.helpdesk, `group: support\nlabels: { organization: "customer: {name}" }\n`);
    configure(house.world.sample.website, `labels: { organization: "customer: {name}" }\n`);
  });
  afterEach(() => house.close());

  const sample = () => house.world.sample;
  const say = (issue: Issue, body: string) => house.say(sample().people.pia, issue, body);
  const labels = (issue: Issue) => [...issue.labels].map(({ name }) => name);
  const configure = (repository: Repository, text: string) => {
    house.world.pushFile(house.world.sample.people.dana, repository, file, text);
  };
  const calls = async (deed: () => Promise<unknown>) =>
    (await house.asked(deed)).map(
      ({ method, path }) => `${method} ${path.replace("/repos/acme/helpdesk", "")}`,
    );

  test("the first contact of an organization puts its label on, the last one takes it off", async () => {
    const { login } = sample().issues;
    const [reply] = await say(login, "/add_contacts [contact:1] [contact:2]");
    expect(reply).toMatch(/^Linked Jane Doe .* and Bob Stone [^\n]*\.$/);
    expect(labels(login)).toEqual(["customer: Acme GmbH"]);
    await say(login, "/remove_contacts [contact:1]");
    expect(labels(login)).toEqual(["customer: Acme GmbH"]);
    await say(login, "/remove_contacts [contact:2]");
    expect(labels(login)).toEqual([]);
  });

  test("costs one call when a label comes or goes, and none otherwise", async () => {
    const { login } = sample().issues;
    await say(login, "/contacts");
    const role = "GET /collaborators/pia/permission";
    const comment = "POST /issues/1/comments";
    expect(await calls(() => say(login, "/add_contacts [contact:1]"))).toEqual([
      role,
      "POST /issues/1/labels",
      comment,
    ]);
    expect(await calls(() => say(login, "/add_contacts [contact:2]"))).toEqual([role, comment]);
    expect(await calls(() => say(login, "/remove_contacts [contact:2]"))).toEqual([role, comment]);
    expect(await calls(() => say(login, "/remove_contacts [contact:1]"))).toEqual([
      role,
      "DELETE /issues/1/labels/customer%3A%20Acme%20GmbH",
      comment,
    ]);
  });

  test("follows a tick", async () => {
    const { login } = sample().issues;
    await say(login, "/add_contacts jnae@acme.com");
    expect(labels(login)).toEqual([]);
    const [reply] = house.replyComments(login);
    if (reply === undefined) throw new Error("there is no reply");
    house.world.tick(sample().people.pia, reply, 1);
    await house.settle();
    expect(labels(login)).toEqual(["customer: Acme GmbH"]);
  });

  test("labels somebody else put there are never taken off, in any case", async () => {
    const { login } = sample().issues;
    house.world.label(sample().people.dana, login, "bug", "Customer: ACME GmbH");
    await say(login, "/add_contacts [contact:1]");
    expect(labels(login)).toEqual(["bug", "Customer: ACME GmbH"]);
    await say(login, "/remove_contacts [contact:1]");
    expect(labels(login)).toEqual(["bug", "Customer: ACME GmbH"]);
  });

  test("one that was taken off by hand stays off", async () => {
    const { login } = sample().issues;
    await say(login, "/add_contacts [contact:1]");
    house.world.unlabel(sample().people.dana, login, "customer: Acme GmbH");
    await say(login, "/add_contacts [contact:2]");
    expect(labels(login)).toEqual([]);
    await say(login, "/remove_contacts [contact:1] [contact:2]");
    await say(login, "/add_contacts [contact:1]");
    expect(labels(login)).toEqual(["customer: Acme GmbH"]);
  });

  test("a changed template is followed when something is said on the issue", async () => {
    const { login, invoice } = sample().issues;
    await say(login, "/add_contacts [contact:1]");
    await say(invoice, "/add_contacts [contact:1]");
    configure(sample().helpdesk, `group: support\nlabels: { organization: "{name}!" }\n`);
    await house.settle();
    await say(login, "/contacts");
    expect(labels(login)).toEqual(["Acme GmbH!"]);
    expect(labels(invoice)).toEqual(["customer: Acme GmbH"]);
  });

  test("labels that come and go are no reason to do anything", async () => {
    const { login } = sample().issues;
    await say(login, "/add_contacts [contact:1]");
    const asked = await house.asked(async () => {
      house.world.label(sample().people.dana, login, "bug");
      house.world.unlabel(sample().people.dana, login, "bug");
      await house.settle();
    });
    expect(asked).toEqual([]);
  });

  test("a rename is followed by every issue, also after a restart in between, and by none that was switched off", async () => {
    const { login, invoice, export: third } = sample().issues;
    for (const issue of [login, invoice, third]) await say(issue, "/add_contacts [contact:1]");
    house.mute(true);
    const store = house.store.collection<OrganizationDocument>("organizations");
    const [acme] = await store.find({ account: sample().acme.id, group: "sales", number: 1 }, { limit: 1 });
    const organizations = createOrganizations(house.store);
    await organizations.update({ account: sample().acme.id, group: "sales" }, acme?.number ?? 0, {
      name: "Zenith",
    });
    await house.restart();
    await house.settle();
    for (const issue of [login, invoice, third]) expect(labels(issue)).toEqual(["customer: Zenith"]);
    configure(sample().helpdesk, `group: support\nlabels: { organization: "" }\n`);
    await house.settle();
    await organizations.update({ account: sample().acme.id, group: "sales" }, acme?.number ?? 0, {
      name: "Nadir",
    });
    await house.settle();
    for (const issue of [login, invoice, third]) expect(labels(issue)).toEqual(["customer: Zenith"]);
  });

  test("who may not link moves no label", async () => {
    const { login } = sample().issues;
    await house.say(sample().people.gus, login, "/add_contacts [contact:1]");
    expect(labels(login)).toEqual([]);
  });

  describe("in a public repository", () => {
    test("no label is set, and the reply says why, once something was linked", async () => {
      const { button } = sample().issues;
      const [first] = await say(button, "/contacts");
      expect(first).toBe("No contacts are linked to this issue.");
      const [, second = ""] = await say(button, "/add_contacts [contact:41]");
      expect(second).toContain("Linked contact 41.\n\nNo label was set, because everybody can read");
      expect(second).toContain("`labels: { public: true }`");
      expect(second).not.toContain("Acme");
      expect(labels(button)).toEqual([]);
    });

    test("labels.public lets them be set", async () => {
      const { button } = sample().issues;
      configure(sample().website, `labels: { organization: "customer: {name}", public: true }\n`);
      const [reply] = await say(button, "/add_contacts [contact:41]");
      expect(reply).toBe("Linked contact 41.");
      expect(labels(button)).toEqual(["customer: Acme GmbH"]);
    });
  });

  test("what GitHub refuses does not undo the link, and is said", async () => {
    const { login } = sample().issues;
    for (let n = 0; n < 100; n++) house.world.label(sample().people.dana, login, `label ${n}`);
    const [reply] = await say(login, "/add_contacts [contact:1]");
    expect(reply).toMatch(/^Linked Jane Doe .*\n\nGitHub refused to change a label of this issue\./);
    expect(await house.linked(login)).toEqual([1]);
    house.world.unlabel(sample().people.dana, login, "label 0");
    await say(login, "/contacts");
    expect(labels(login)).toContain("customer: Acme GmbH");
  });

  test("switched off again, nothing is asked and what is there stays", async () => {
    const { login } = sample().issues;
    await say(login, "/add_contacts [contact:1]");
    configure(sample().helpdesk, `group: support\nlabels: { organization: "" }\n`);
    await house.settle();
    await say(login, "/contacts");
    expect(await calls(() => say(login, "/remove_contacts [contact:1]"))).toHaveLength(2);
    expect(labels(login)).toEqual(["customer: Acme GmbH"]);
  });
});
