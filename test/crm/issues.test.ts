/** Issues of contacts: what is kept of them follows GitHub, newest facts first, and lists need no call. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createContacts } from "../../src/crm/contacts.js";
import { createIssues, type Issues } from "../../src/crm/issues.js";
import { createLinks, issueId, type IssueFacts, type Links } from "../../src/crm/links.js";
import { createOrganizations } from "../../src/crm/organizations.js";
import { schema, type Source } from "../../src/store/documents.js";
import type { Collection, Store, StoredDocument } from "../../src/store/store.js";
import { engines, type OpenedStore } from "../support/stores.js";
import { facts, fillContacts, source, steps } from "./facts.js";

const now = () => new Date("2026-03-02T00:00:00Z");
const earlier = new Date("2026-03-01T11:59:59Z");
const later = new Date("2026-03-01T12:00:01Z");

describe.each(engines())("on the $name engine", (engine) => {
  let opened: OpenedStore;
  let issues: Issues;
  let links: Links;
  const step = steps("d");
  beforeEach(async () => {
    opened = await engine.open(schema, "issues");
    issues = createIssues(opened.store, now);
    links = createLinks(opened.store, now);
    await fillContacts(opened.store);
    await fillContacts(opened.store, 1002);
  });
  afterEach(() => opened.destroy());

  const link = (issue: IssueFacts, add: readonly number[], from: Source = source) =>
    links.change(issue, { source: from, add }, step());
  const kept = async (issue: IssueFacts) => (await issues.byIds([issueId(issue)])).get(issueId(issue));
  const numbersOf = async (contact: number, of: Source = source) =>
    (await issues.ofContact(1001, of, contact)).issues.map(({ repository, number }) => [repository, number]);

  describe("what GitHub says of an issue", () => {
    test.each([
      [
        "newer facts are taken over",
        { changedAt: later, title: "New", state: "closed" as const },
        "New",
        "closed",
      ],
      ["facts of the same second too", { title: "New" }, "New", "open"],
      [
        "older ones are not",
        { changedAt: earlier, title: "Old", state: "closed" as const },
        "Issue 1",
        "open",
      ],
    ])("%s", async (_, news, title, state) => {
      await link(facts(), [1]);
      await issues.refresh(facts(news));
      await issues.refresh(facts(news));
      expect(await kept(facts())).toMatchObject({ title, state, links: [{ contact: 1 }] });
    });

    test("nothing is kept of an issue without links", async () => {
      await issues.refresh(facts());
      await issues.forget(facts());
      expect(await kept(facts())).toBeUndefined();
    });

    test("a deleted issue stays gone whatever comes late, its title is forgotten and its links stay", async () => {
      await link(facts(), [1]);
      await issues.forget(facts());
      await issues.refresh(facts({ changedAt: later }));
      await link(facts({ changedAt: later }), [2]);
      expect(await kept(facts())).toMatchObject({
        state: "gone",
        title: "",
        links: [{ contact: 1 }, { contact: 2 }],
      });
      expect([await numbersOf(1), await numbersOf(2)]).toEqual([[], []]);
    });

    test("linking on an old comment does not bring old facts back", async () => {
      await link(facts(), [1]);
      await issues.refresh(facts({ changedAt: later, title: "New", repositoryName: "acme/renamed" }));
      await link(facts(), [2]);
      expect(await kept(facts())).toMatchObject({
        title: "New",
        repositoryName: "acme/renamed",
        changedAt: later,
      });
    });

    test("news that arrive while links are written are not lost", async () => {
      await link(facts(), [1]);
      const slow = createLinks(
        interrupted(opened.store, () => issues.refresh(facts({ changedAt: later, title: "New" }))),
        now,
      );
      await slow.change(facts(), { source, add: [2] }, step());
      expect(await kept(facts())).toMatchObject({ title: "New", links: [{ contact: 1 }, { contact: 2 }] });
    });
  });

  describe("the issues of a contact", () => {
    test("open ones come first, each kind newest first", async () => {
      await link(facts({ number: 1 }), [1]);
      await link(facts({ number: 2, state: "closed" }), [1]);
      await link(facts({ number: 3 }), [1]);
      await link(facts({ number: 4, state: "closed" }), [1]);
      await link(facts({ repository: 2002, number: 1 }), [1]);
      expect(await numbersOf(1)).toEqual([
        [2002, 1],
        [2001, 3],
        [2001, 1],
        [2001, 4],
        [2001, 2],
      ]);
    });

    test("unlinked issues, those of others, and dormant links do not count", async () => {
      await link(facts({ number: 1 }), [1, 2]);
      await links.change(facts({ number: 1 }), { source, remove: [1] }, step());
      await link(facts({ number: 2 }), [2]);
      await link(facts({ number: 3 }), [1], { account: 1001, group: "old" });
      await link(facts({ number: 4 }), [1], { account: 1002, group: "sales" });
      await link(facts({ number: 5, account: 1002 }), [1]);
      expect(await numbersOf(1)).toEqual([]);
      expect(await numbersOf(1, { account: 1001, group: "old" })).toEqual([[2001, 3]]);
    });

    test("a contact of this source beside one of the same number from elsewhere is told apart", async () => {
      await link(facts({ number: 1 }), [1], { account: 1002, group: "sales" });
      await link(facts({ number: 1 }), [2]);
      expect([await numbersOf(1), await numbersOf(2)]).toEqual([[], [[2001, 1]]]);
    });
  });

  describe("the issues of an organization", () => {
    const numbers = async (organization: number) =>
      (await issues.ofOrganization(1001, source, organization)).issues.map(({ number }) => number);

    test("are those of its contacts, each once, and of nobody else", async () => {
      const company = await createOrganizations(opened.store, now).create(source, { name: "Acme" });
      if (company.type !== "created") throw new Error("no organization");
      const organization = company.organization.number;
      const contacts = createContacts(opened.store, now);
      await contacts.update(source, 1, { organization });
      await contacts.update(source, 2, { organization });
      await link(facts({ number: 1, state: "closed" }), [1, 2]);
      await link(facts({ number: 2 }), [2]);
      await link(facts({ number: 3 }), [3]);
      expect(await numbers(organization)).toEqual([2, 1]);
    });

    test("there are none without contacts", async () => {
      await link(facts(), [1]);
      expect(await numbers(7)).toEqual([]);
    });
  });
});

/** A store whose issues are changed by somebody else between the first reading of one and its writing. */
function interrupted(store: Store, meanwhile: () => Promise<void>): Store {
  let done = false;
  const around = <T extends StoredDocument>(documents: Collection<T>): Collection<T> =>
    new Proxy(documents, {
      get: (_, method: keyof Collection<T>) =>
        method === "findOne"
          ? async (...asked: Parameters<Collection<T>["findOne"]>) => {
              const found = await documents.findOne(...asked);
              if (!done) await meanwhile();
              done = true;
              return found;
            }
          : documents[method].bind(documents),
    });
  return {
    engine: store.engine,
    collection: (name) => (name === "issues" ? around(store.collection(name)) : store.collection(name)),
    ping: () => store.ping(),
    close: () => store.close(),
  };
}
