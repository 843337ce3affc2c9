/** Labels that follow: which issues a change reaches, few at a time, once, whoever dies or works beside us. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { keepLabels, type LabelKeeper } from "../../src/compose/label-work.js";
import { issueId } from "../../src/crm/links.js";
import { createInbox, type DeliveryDocument } from "../../src/intake/inbox.js";
import { createLog } from "../../src/log.js";
import { schema, type AccountDocument, type IssueDocument } from "../../src/store/documents.js";
import type { Store } from "../../src/store/store.js";
import { addressBook, issue, said, source, type AddressBook } from "../crm/address-book.js";
import { failingStore, Killed } from "../support/failing-store.js";
import { engines, type OpenedStore } from "../support/stores.js";

const log = createLog({ level: "silent", format: "json" });
const minute = 60_000;

describe.each(engines())("labels follow on $name", (engine) => {
  let opened: OpenedStore;
  let book: AddressBook;
  let time: number;
  let keepers: LabelKeeper[];

  beforeEach(async () => {
    opened = await engine.open(schema, "label_work");
    book = addressBook(opened.store);
    time = Date.parse("2026-03-01T12:00:00Z");
    keepers = [];
    for (const name of ["Acme", "Other"]) await book.organizations.create(source, { name });
    for (const organization of [1, 2])
      await book.contacts.create(source, { firstName: "Jane", lastName: `No ${organization}`, organization });
    await account(1, 5);
    await account(2, 6);
    await keeper().round(0);
  });
  afterEach(async () => {
    for (const one of keepers) await one.stop();
    await opened.destroy();
  });

  const now = () => new Date(time);
  const account = (id: number, installation?: number) =>
    opened.store.collection<AccountDocument>("accounts").insertOne({
      _id: String(id),
      account: id,
      login: `account-${id}`,
      loginKey: `account-${id}`,
      type: "Organization",
      ...(installation !== undefined && { installation }),
      updatedAt: now(),
    });
  const keeper = (store: Store = opened.store): LabelKeeper => {
    const one = keepLabels(store, { inbox: createInbox(store, now), arrived: () => undefined }, now, log);
    keepers.push(one);
    return one;
  };
  const issues = () => opened.store.collection<IssueDocument>("issues");
  /** Links contact 1 to issues of an account, some of which ever had labels looked after. */
  const furnish = async (
    numbers: readonly number[],
    of = 1,
    change: Partial<IssueDocument> = { labels: [] },
  ) => {
    for (const number of numbers) {
      await book.link(issue(number, of), [1]);
      await issues().updateOne({ _id: issueId(issue(number, of)) }, { $set: change });
    }
  };
  const rename = (name: string, number = 1) => book.organizations.update(source, number, { name });
  /** `account:issue` of all events there ever were, one for each. */
  const events = async () => {
    const found = await opened.store.collection<DeliveryDocument>("deliveries").find({}, { limit: 1000 });
    return found
      .map(({ event }) => `${event?.place.account.id ?? 0}:${event?.place.issue.number ?? 0}`)
      .sort();
  };
  const marks = async () => {
    const kinds = ["organizations", "contacts", "issues"];
    const counts = kinds.map((kind) =>
      opened.store.collection(kind).count({ labelsDue: { $exists: true } }, { limit: 1000 }),
    );
    return Promise.all(counts);
  };

  test("a rename reaches the issues that have labels, of other accounts too, and no others", async () => {
    await furnish([1, 2]);
    await furnish([3], 1, {});
    await furnish([4], 2);
    await book.link(issue(5), [2]);
    await rename("Zenith");
    expect(await keeper().round(0)).toBe(3);
    expect(await events()).toEqual(["1:1", "1:2", "2:4"]);
    expect(await marks()).toEqual([0, 0, 0]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["an erased organization", () => book.erasures.erase("organizations", 1, said("e"))],
    ["a merged one", () => book.merges.merge("organizations", { keep: 2, duplicates: [1] }, said("m"))],
    ["a contact's new organization", () => book.contacts.update(source, 1, { organization: 2 })],
    ["a merged contact", () => book.merges.merge("contacts", { keep: 2, duplicates: [1] }, said("m"))],
    ["an erased contact", () => book.erasures.erase("contacts", 1, said("e"))],
  ])("so does %s", async (_, deed) => {
    await furnish([1]);
    await deed();
    expect(await keeper().round(0)).toBe(1);
    expect(await events()).toEqual(["1:1"]);
    expect(await marks()).toEqual([0, 0, 0]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["a new description", () => book.organizations.update(source, 1, { description: "x" })],
    ["a contact's new address", () => book.contacts.update(source, 1, { email: "jane@acme.example" })],
    ["another organization's name", () => rename("Zenith", 2)],
  ])("%s reaches none", async (_, deed) => {
    await furnish([1]);
    await deed();
    expect(await keeper().round(0)).toBe(0);
    expect([await events(), await marks()]).toEqual([[], [0, 0, 0]]);
  });

  test("issues that are gone, or whose account has removed the app, are left alone for good", async () => {
    await account(3);
    await furnish([1], 1, { labels: [], state: "gone" });
    await furnish([1], 3);
    await rename("Zenith");
    await keeper().round(0);
    expect([await events(), await marks()]).toEqual([[], [0, 0, 0]]);
  });

  test("five issues of an account a round, those of others beside them", async () => {
    await furnish([1, 2, 3, 4, 5, 6, 7]);
    await furnish([9], 2);
    await rename("Zenith");
    expect(await keeper().round(0)).toBe(6);
    expect((await events()).filter((event) => event.startsWith("1:"))).toHaveLength(5);
    expect(await events()).toContain("2:9");
    expect([await keeper().round(0), await keeper().round(0)]).toEqual([2, 0]);
  });

  test("of several processes one makes a round, and the next one is a minute later", async () => {
    await furnish([1, 2, 3, 4, 5, 6, 7]);
    await rename("Zenith");
    time += minute;
    const rounds = await Promise.all([
      keeper().round(minute),
      keeper().round(minute),
      keeper().round(minute),
    ]);
    expect(rounds.sort()).toEqual([0, 0, 5]);
    time += minute - 1;
    expect(await keeper().round(minute)).toBe(0);
    time += 1;
    expect(await keeper().round(minute)).toBe(2);
  });

  test("killed at any write, before or after it, every issue gets exactly one event", async () => {
    await furnish([1, 2]);
    const failing = failingStore(opened.store);
    const mortal = keeper(failing.store);
    let [kills, renames] = [0, 0];
    for (const moment of ["before", "after"] as const) {
      for (let write = 1, alive = false; !alive; write++) {
        await rename(`Name ${(renames += 1)}`);
        failing.killAt(write, moment);
        const first = await mortal.round(0).catch((error: unknown) => error);
        failing.revive();
        alive = !(first instanceof Killed);
        if (!alive) kills++;
        await mortal.round(0);
        expect(await events()).toHaveLength(2 * renames);
        expect(await marks()).toEqual([0, 0, 0]);
      }
    }
    expect(kills).toBeGreaterThan(15);
  });

  test("a change while the event is on its way is not forgotten", async () => {
    await furnish([1]);
    await rename("Zenith");
    const inbox = createInbox(opened.store, now);
    let changes = 0;
    const put: typeof inbox.put = async (event) => {
      if ((changes += 1) === 1) await rename("Nadir");
      return inbox.put(event);
    };
    const slow = keepLabels(opened.store, { inbox: { put }, arrived: () => undefined }, now, log);
    keepers.push(slow);
    await slow.round(0);
    await slow.round(0);
    expect(await events()).toEqual(["1:1", "1:1"]);
    expect(await marks()).toEqual([0, 0, 0]);
  });

  test("a contact whose delivery was given up before it was settled loses an organization that is gone", async () => {
    const failing = failingStore(opened.store);
    failing.meanwhile(2, async () => {
      await opened.store.collection("organizations").deleteOne({ _id: "1:1" }); // erased after it was looked up
      failing.killAt(0, "after"); // this very write
    });
    const late = addressBook(failing.store);
    const created = late.contacts.create(source, { firstName: "Late", lastName: "One", organization: 1 });
    await expect(created).rejects.toThrow(Killed);
    const employers = async () => (await book.allContacts()).map(({ organization }) => organization);
    expect(await employers()).toEqual([1, 2, 1]);
    await rename("Other Ltd", 2);
    await keeper().round(0);
    expect((await employers())[2]).toBeUndefined();
    expect(await marks()).toEqual([0, 0, 0]);
  });
});
