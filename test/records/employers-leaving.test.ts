/** Organizations that are merged or erased while an import is at work: nobody is left in one that is gone. */
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { importContacts } from "../../src/records/import.js";
import { schema } from "../../src/store/documents.js";
import { addressBook, now, said, source, type AddressBook } from "../crm/address-book.js";
import { failingStore, Killed } from "../support/failing-store.js";
import { engines, type OpenedStore } from "../support/stores.js";

const header = "first_name,last_name,email,organization";
const full = `${header}\nJane,Doe,jane@acme.example,Acme GmbH\nJohn,Roe,john@acme.example,Acme\nNew,One,new@acme.example,Acme GmbH`;
const lacking = "first_name,last_name,email,phone\nJane,Doe,jane@acme.example,1";

describe.each(engines())("an import meanwhile on $name", (engine) => {
  let opened: OpenedStore;
  let book: AddressBook;

  beforeEach(async () => {
    opened = await engine.open(schema, "employers_leaving");
    book = addressBook(opened.store);
    await book.organizations.create(source, { name: "Acme" });
    await book.organizations.create(source, { name: "Acme GmbH" });
    await book.contacts.create(source, {
      firstName: "Jane",
      lastName: "Doe",
      email: "jane@acme.example",
      organization: 2,
    });
  });
  afterEach(() => opened.destroy());

  const merge = () =>
    book.merges.merge("organizations", { keep: 1, duplicates: [2] }, said("merge", "merge_organizations"));
  const erase = () => book.erasures.erase("organizations", 2, said("erase", "erase_organization"));
  const bring = (store: typeof opened.store, text: string) =>
    importContacts({ store, source, input: Readable.from([Buffer.from(text)]), now });
  const employers = async () =>
    Object.fromEntries(
      (await book.allContacts()).map(({ firstName, organization = "none" }) => [firstName, organization]),
    );

  // Writes of an import of contacts of known organizations: numbers for the new ones, then all contacts.
  test.each([
    ["merged, the file names it", merge, full, 2, { Jane: 1, John: 1, New: 1 }],
    ["erased, the file names it", erase, full, 2, { Jane: "none", John: 1, New: "none" }],
    ["merged, the file has no organizations", merge, lacking, 1, { Jane: 1 }],
    ["erased, the file has no organizations", erase, lacking, 1, { Jane: "none" }],
  ])("%s: nobody is in it after the write", async (_, leave, text, write, expected) => {
    const crowd = failingStore(opened.store);
    crowd.meanwhile(write, leave);
    await bring(crowd.store, text);
    expect(await employers()).toEqual(expected);
    expect((await book.allOrganizations()).map(({ number }) => number)).toEqual([1]);
  });

  test.each([
    ["merged", merge, 1],
    ["erased", erase, "none"],
  ])(
    "%s between two batches: earlier rows follow it, later ones are in a new one of that name",
    async (_, leave, employer) => {
      // Few of each thousand are of the organization, because moving them all takes its time.
      const employed = (at: number) => at % 1000 < 5 || at % 1000 === 999;
      const rows = Array.from(
        { length: 2010 },
        (__, at) => `P${at},Q,p${at}@acme.example,${employed(at) ? "Acme GmbH" : ""}`,
      );
      const crowd = failingStore(opened.store);
      crowd.meanwhile(4, leave); // the second batch's contacts; their organization is known from the first
      const totals = await bring(crowd.store, [header, ...rows].join("\n"));
      expect(totals).toMatchObject({ created: 2010, organizationsCreated: 1 });
      const found = await employers();
      expect(["P0", "P999", "P1000", "P1999", "P2000", "P2004"].map((name) => found[name])).toEqual([
        employer,
        employer,
        employer,
        employer,
        3,
        3,
      ]);
      expect((await book.allOrganizations()).map(({ number }) => number)).toEqual([1, 3]);
    },
    60_000,
  );

  test.each([
    ["merged", merge, 1],
    ["erased", erase, "none"],
  ])(
    "%s, and killed just after the write: the same import again puts it right",
    async (_, leave, employer) => {
      const crowd = failingStore(opened.store);
      crowd.killAt(1, "after");
      crowd.meanwhile(1, leave);
      await expect(bring(crowd.store, lacking)).rejects.toThrow(Killed);
      expect(await employers()).toEqual({ Jane: 2 }); // the dead number that this is about
      await bring(opened.store, lacking);
      expect(await employers()).toEqual({ Jane: employer });
    },
  );
});
