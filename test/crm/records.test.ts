/** Journalled changes of records: a step that is repeated, after a kill at any write, happens once. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createAudit } from "../../src/crm/audit.js";
import { createContacts } from "../../src/crm/contacts.js";
import { createOrganizations } from "../../src/crm/organizations.js";
import { contactShelf, organizationShelf } from "../../src/crm/record-shelves.js";
import { createRecords } from "../../src/crm/records.js";
import { schema } from "../../src/store/documents.js";
import type { Store } from "../../src/store/store.js";
import { failingStore, Killed } from "../support/failing-store.js";
import { engines, type OpenedStore } from "../support/stores.js";
import { addressBook, now, said, type AddressBook } from "./address-book.js";

const recordsOn = (store: Store) =>
  createRecords(
    {
      contacts: contactShelf(createContacts(store, now)),
      organizations: organizationShelf(createOrganizations(store, now)),
    },
    createAudit(store, now),
  );

type TestedRecords = ReturnType<typeof recordsOn>;

describe.each(engines())("journalled records on $name", (engine) => {
  let opened: OpenedStore;
  let book: AddressBook;
  beforeAll(async () => {
    opened = await engine.open(schema, "records");
    book = addressBook(opened.store);
  });
  afterAll(() => opened.destroy());

  /** Kills `deed` at every write, before and after it, repeats it, and hands the answer to `expectOnce`. */
  async function killedEverywhere<T>(
    prepare: (word: string) => Promise<number>,
    deed: (records: TestedRecords, word: string, number: number) => Promise<T>,
    expectOnce: (answer: T, word: string, number: number) => Promise<void>,
  ): Promise<number> {
    const failing = failingStore(opened.store);
    const records = recordsOn(failing.store);
    let kills = 0;
    for (const moment of ["before", "after"] as const) {
      for (let write = 1, alive = false; !alive; write++) {
        const word = `${moment}${write}w${(serial += 1)}`;
        const number = await prepare(word);
        failing.killAt(write, moment);
        const first = await deed(records, word, number).catch((error: unknown) => error);
        failing.revive();
        alive = !(first instanceof Killed);
        if (!alive) kills++;
        await expectOnce(await deed(records, word, number), word, number);
      }
    }
    return kills;
  }
  let serial = 0;

  const eventsOf = async (delivery: string) =>
    (await book.allEvents()).filter(({ _id }) => _id.includes(`:${delivery}:`));

  test("a contact is created once, with one event that names it", async () => {
    const kills = await killedEverywhere(
      () => Promise.resolve(0),
      (records, word) =>
        records.contacts.create(
          { firstName: "New", lastName: word, email: `${word}@c.example` },
          said(word, "create_contact"),
        ),
      async (answer, word) => {
        const made = (await book.allContacts()).filter(({ lastName }) => lastName === word);
        expect(made).toHaveLength(1);
        expect(answer).toEqual({ type: "created", number: made[0]?.number });
        expect(await eventsOf(word)).toMatchObject([
          { contacts: [made[0]?.number], fields: ["firstName", "lastName", "email"] },
        ]);
      },
    );
    expect(kills).toBeGreaterThanOrEqual(6);
  });

  test("an organization is created once", async () => {
    await killedEverywhere(
      () => Promise.resolve(0),
      (records, word) => records.organizations.create({ name: word }, said(word, "create_organization")),
      async (answer, word) => {
        const made = (await book.allOrganizations()).filter(({ name }) => name === word);
        expect(made).toHaveLength(1);
        expect(answer).toEqual({ type: "created", number: made[0]?.number });
        expect(await eventsOf(word)).toMatchObject([{ organizations: [made[0]?.number] }]);
      },
    );
  });

  test.each([
    [
      "erased",
      (number: number) => book.erasures.erase("contacts", number, said(`e${number}`, "erase_contact")),
    ],
    [
      "merged",
      async (number: number) =>
        book.merges.merge(
          "contacts",
          { keep: await newContact("Keep"), duplicates: [number] },
          said(`m${number}`, "merge_contacts"),
        ),
    ],
  ])("a contact that was %s since does not come back when its creation is repeated", async (how, leave) => {
    const records = recordsOn(opened.store);
    const input = { firstName: "Once", lastName: how, email: `${how}@once.example` };
    const create = () => records.contacts.create(input, said(`once-${how}`, "create_contact"));
    const first = await create();
    await leave(first.type === "created" ? first.number : 0);
    expect(await create()).toEqual(first);
    expect((await book.allContacts()).filter(({ lastName }) => lastName === how)).toEqual([]);
    expect(await eventsOf(`once-${how}`)).toHaveLength(1);
  });

  const newContact = async (word: string): Promise<number> => {
    const created = await book.contacts.create(source(), { firstName: "Old", lastName: word });
    if (created.type !== "created") throw new Error("not created");
    return created.contact.number;
  };
  const source = () => said("x").source;

  test("an edit tells the same fields however often it is repeated", async () => {
    const kills = await killedEverywhere(
      newContact,
      (records, word, number) =>
        records.contacts.edit(number, { phone: "1", firstName: "New" }, said(word, "edit_contact")),
      async (answer, word, number) => {
        expect(answer).toEqual({ type: "edited", number, fields: ["firstName", "phone"] });
        expect(await eventsOf(word)).toHaveLength(1);
        const after = (await book.contacts.byNumbers(source(), [number])).get(number);
        expect(after).toMatchObject({ firstName: "New", phone: "1" });
      },
    );
    expect(kills).toBeGreaterThanOrEqual(4);
  });

  test("of several contacts, those that were switched off by this step are told as such", async () => {
    const sleeper = await newContact("Sleeper");
    await book.contacts.update(source(), sleeper, { state: "inactive" });
    await killedEverywhere(
      newContact,
      async (records, word, number) => {
        const other = (await book.contacts.resolve(source(), [{ value: `Old Other${word}` }]))[0];
        const second = other?.type === "found" ? other.contact.number : await newContact(`Other${word}`);
        const numbers = [number, sleeper, second];
        return {
          second,
          changed: await records.contacts.setState(numbers, "inactive", said(word, "deactivate_contact")),
        };
      },
      async ({ changed, second }, word, number) => {
        expect(changed).toEqual([number, second]);
        expect(await eventsOf(word)).toMatchObject([{ contacts: [number, second], fields: ["state"] }]);
        const after = await book.contacts.byNumbers(source(), changed);
        expect([...after.values()].map(({ state }) => state)).toEqual(["inactive", "inactive"]);
      },
    );
  });

  describe("leave no event behind when", () => {
    test.each<[string, (records: TestedRecords, delivery: string) => Promise<unknown>, unknown]>([
      [
        "a contact does not fit",
        (records, delivery) => records.contacts.create({ firstName: "A" }, said(delivery)),
        { type: "unfit", problems: [{ field: "lastName" }] },
      ],
      [
        "a name is taken",
        (records, delivery) => records.organizations.create({ name: "TAKEN" }, said(delivery)),
        { type: "taken", field: "name" },
      ],
      [
        "there is nothing to edit",
        (records, delivery) => records.contacts.edit(987_654, { phone: "1" }, said(delivery)),
        { type: "unknown" },
      ],
      [
        "an edit names an organization that is not there",
        async (records, delivery) =>
          records.contacts.edit(await newContact("Unemployed"), { organization: 987_654 }, said(delivery)),
        { type: "unfit", problems: [{ field: "organization", code: "unknown" }] },
      ],
      [
        "an edit changes nothing",
        async (records, delivery) =>
          records.contacts.edit(await newContact("Same"), { lastName: " Same " }, said(delivery)),
        { type: "unchanged" },
      ],
      [
        "all are in that state already",
        async (records, delivery) =>
          records.contacts.setState([await newContact("Awake"), 987_654], "active", said(delivery)),
        [],
      ],
    ])("%s", async (name, deed, expected) => {
      await book.organizations.create(source(), { name: "Taken" });
      expect(await deed(recordsOn(opened.store), name)).toMatchObject(expected as object);
      expect(await eventsOf(name)).toEqual([]);
    });
  });

  test("two that create the same address at once: one is told who has it, and leaves no event", async () => {
    const records = recordsOn(opened.store);
    const create = (delivery: string) =>
      records.contacts.create(
        { firstName: "Twin", lastName: "X", email: "twin@c.example" },
        said(delivery, "create_contact"),
      );
    const answers = await Promise.all(["race1", "race2", "race3"].map(create));
    const [created] = answers.filter(({ type }) => type === "created");
    const number = created?.type === "created" ? created.number : 0;
    expect(answers.filter(({ type }) => type !== "created")).toEqual([
      { type: "taken", field: "email", by: number },
      { type: "taken", field: "email", by: number },
    ]);
    expect((await book.allEvents()).filter(({ _id }) => _id.includes(":race"))).toMatchObject([
      { contacts: [number] },
    ]);
  });
});
