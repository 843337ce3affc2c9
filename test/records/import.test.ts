/** Importing CSV through its public door: what is written, what is refused and why, and that repeating changes nothing. */
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { createContacts } from "../../src/crm/contacts.js";
import { createOrganizations } from "../../src/crm/organizations.js";
import { exportContacts } from "../../src/records/export.js";
import { ImportError } from "../../src/records/import-error.js";
import { importContacts, type Rejection, type Totals } from "../../src/records/import.js";
import { schema, type Source } from "../../src/store/documents.js";
import type { Store } from "../../src/store/store.js";
import { engines, type OpenedStore } from "../support/stores.js";

const source: Source = { account: 1, group: "sales" };
const fixture = new URL("../../fixtures/contacts.csv", import.meta.url);
const none: Totals = { rows: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, organizationsCreated: 0 };

interface Report extends Totals {
  readonly rejections: readonly Rejection[];
}

async function importText(store: Store, text: string | Buffer | Buffer[], dryRun = false): Promise<Report> {
  const rejections: Rejection[] = [];
  const chunks = Array.isArray(text) ? text : [Buffer.from(text)];
  const onRejected = (rejection: Rejection) => rejections.push(rejection);
  const totals = await importContacts({ store, source, input: Readable.from(chunks), dryRun, onRejected });
  return { ...totals, rejections };
}

async function exported(store: Store): Promise<string> {
  let text = "";
  for await (const piece of exportContacts({ store, source })) text += piece;
  return text;
}

const linesOf = (csv: string) => csv.trimEnd().split("\n").slice(1);

describe.each(engines())("import on $name", (engine) => {
  let opened: OpenedStore;
  let store: Store;

  beforeEach(async () => {
    opened = await engine.open(schema, "import");
    store = opened.store;
  });

  afterEach(() => opened.destroy());

  describe("the sample list", () => {
    test("comes in whole, and coming again changes nothing", async () => {
      const text = await readFile(fixture);
      expect(await importText(store, text)).toEqual({
        ...none,
        rows: 40,
        created: 40,
        organizationsCreated: 12,
        rejections: [],
      });
      const before = await exported(store);
      expect(await importText(store, text)).toEqual({ ...none, rows: 40, unchanged: 40, rejections: [] });
      expect(await importText(store, before)).toEqual({ ...none, rows: 40, unchanged: 40, rejections: [] });
      expect(await exported(store)).toBe(before);
    });

    test("comes out the same from another store, byte by byte", async () => {
      await importText(store, await readFile(fixture));
      const first = await exported(store);
      const other = await engine.open(schema, "second");
      try {
        await importText(other.store, first);
        expect(await exported(other.store)).toBe(first);
      } finally {
        await other.destroy();
      }
    });

    test("in pieces of one byte and with Windows line ends is the same list", async () => {
      const text = (await readFile(fixture, "utf8")).split("\n").slice(0, 14).join("\r\n");
      const bytes = Array.from(Buffer.from(`\ufeff${text}`), (byte) => Buffer.from([byte]));
      expect(await importText(store, bytes)).toMatchObject({ rows: 13, created: 13, rejected: 0 });
      expect(await importText(store, text)).toMatchObject({ rows: 13, unchanged: 13 });
    });
  });

  describe("a file is refused before anything is written", () => {
    const header = "first_name,last_name,email";
    const files: [string, string | Buffer, string, RegExp][] = [
      ["an empty one", "", "empty_file", /header/],
      ["blank lines only", "\n\r\n", "empty_file", /header/],
      [
        "semicolons",
        "first_name;last_name;email\nJane;Doe;jane@acme.com",
        "wrong_delimiter",
        /";", not by commas.*CSV UTF-8/,
      ],
      ["tabs", "first_name\tlast_name\temail\nJane\tDoe\tj@a.com", "wrong_delimiter", /tabs/],
      [
        "unknown columns, with what may be meant",
        `${header},organisation,note`,
        "unknown_columns",
        /"organisation" \(did you mean organization\?\), "note"/,
      ],
      [
        "no header, whose record is not repeated",
        "Jane,Doe,jane@acme.com",
        "unknown_columns",
        /^(?!.*jane@acme).*looks like a record/,
      ],
      ["a missing column", "first_name,last_name", "missing_columns", /lacks email/],
      [
        "a column twice",
        `${header},E-Mail`.replace("E-Mail", "EMAIL"),
        "repeated_columns",
        /email more than once/,
      ],
      ["Latin-1", Buffer.from(`${header}\nJosé,Doe,jose@acme.com`, "latin1"), "not_utf8", /CSV UTF-8/],
      ["UTF-16", Buffer.from(`\ufeff${header}\nJane,Doe,jane@acme.com`, "utf16le"), "not_utf8", /UTF-8/],
      [
        "a character cut off at the end",
        Buffer.from(`${header}\nJane,Doé`).subarray(0, -1),
        "not_utf8",
        /UTF-8/,
      ],
      ["a quote that is never closed", `${header}\nJane,"Doe,jane@acme.com\n`, "malformed_csv", /quote/],
      ["text after a closing quote", `${header}\nJane,"Doe"x,jane@acme.com\n`, "malformed_csv", /line 2/],
      ["an endless record", `${header}\nJane,"${"x\n".repeat(200_000)}`, "malformed_csv", /far too long/],
    ];
    test.each(files)("%s", async (_, text, code, message) => {
      const error = await importText(store, text).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ImportError);
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
      expect(linesOf(await exported(store))).toEqual([]);
    });
  });

  describe("a row is rejected, with its line, and the others are not", () => {
    const header = "first_name,last_name,email,phone,organization,state";
    const rows: [string, string, RegExp][] = [
      ["a missing name", ",Doe,a@acme.com,,,", /^The first name is missing\.$/],
      ["several faults at once", ",,a@b@c,,,", /first name.*last name.*e-mail address is not well formed/],
      ["an unknown state", "A,B,a@acme.com,,,gone", /"active" nor "inactive"/],
      [
        "an endless organization",
        `A,B,a@acme.com,,${"x".repeat(256)},`,
        /name of the organization is too long/,
      ],
      ["a cell too few", "A,B,a@acme.com,,", /5 cells, the header 6/],
      ["a cell too many", "A,B,a@acme.com,,,,", /7 cells, the header 6/],
      ["an address twice", "A,B,GOOD@acme.com,,,", /same as in line 4/],
    ];
    test.each(rows)("%s", async (_, row, reason) => {
      const text = [
        header,
        "",
        "",
        "Good,One,good@acme.com,,Acme,",
        "",
        row,
        'Good,"Two\nLines",two@acme.com,,,',
      ].join("\n");
      const report = await importText(store, text);
      expect(report).toMatchObject({ rows: 3, created: 2, rejected: 1, organizationsCreated: 1 });
      expect(report.rejections).toEqual([{ line: 6, reason: expect.stringMatching(reason) }]);
      expect(report.rejections[0]?.reason).not.toMatch(/acme\.com/i);
    });

    test("lines are counted through quoted line breaks of every kind", async () => {
      const text =
        'first_name,last_name,email,description\r\nA,B,a@a.com,"1\r\n2\r\n3"\r\n\r\n,C,,"1\n2"\n,D,,\n';
      const report = await importText(store, text);
      expect(report.rejections.map(({ line }) => line)).toEqual([6, 8]);
    });
  });

  describe("an update", () => {
    beforeEach(async () => {
      await importText(
        store,
        "first_name,last_name,email,phone,organization,state\nJane,Doe,jane@acme.com,123,Acme,inactive",
      );
    });

    test.each<[string, string, Partial<Totals>, string]>([
      [
        "clears with an empty cell",
        "First Name,last name,EMAIL,Phone\nJane,Doe,JANE@acme.com,",
        { updated: 1 },
        "Jane,Doe,JANE@acme.com,,,Acme,inactive",
      ],
      [
        "leaves the columns that the file lacks",
        "email,last_name,first_name\njane@acme.com,Roe,Jane",
        { updated: 1 },
        "Jane,Roe,jane@acme.com,123,,Acme,inactive",
      ],
      [
        "an empty state is no statement",
        "first_name,last_name,email,state\nJane,Doe,jane@acme.com,",
        { unchanged: 1 },
        "Jane,Doe,jane@acme.com,123,,Acme,inactive",
      ],
      [
        "clears the organization",
        "first_name,last_name,email,organization\nJane,Doe,jane@acme.com,",
        { updated: 1 },
        "Jane,Doe,jane@acme.com,123,,,inactive",
      ],
      [
        "finds the organization in any spelling",
        "first_name,last_name,email,organization\nJane,Doe,jane@acme.com,ACMÉ",
        { unchanged: 1 },
        "Jane,Doe,jane@acme.com,123,,Acme,inactive",
      ],
    ])("%s", async (_, text, totals, line) => {
      expect(await importText(store, text)).toEqual({ ...none, rows: 1, ...totals, rejections: [] });
      expect(linesOf(await exported(store))).toEqual([line]);
    });

    test("does not reach a contact of another group", async () => {
      const input = Readable.from(["first_name,last_name,email\nX,Y,jane@acme.com"]);
      const totals = await importContacts({ store, source: { account: 1, group: "" }, input });
      expect(totals).toMatchObject({ created: 1, updated: 0 });
      expect(linesOf(await exported(store))).toEqual(["Jane,Doe,jane@acme.com,123,,Acme,inactive"]);
    });
  });

  test("people without address: same name and organization is the same person, as often as the file says", async () => {
    const text =
      "first_name,last_name,email,organization,phone\nKim,Larsen,,,1\nKim,Larsen,,Acme,2\nkim,larsen,,ACME,3\nKim,Larsen,kim@acme.com,Acme,4";
    expect(await importText(store, text)).toMatchObject({ created: 4, rejected: 0 });
    const before = await exported(store);
    expect(await importText(store, text)).toMatchObject({ unchanged: 4, created: 0 });
    expect(await importText(store, text.replace(",3", ",33"))).toMatchObject({ unchanged: 3, updated: 1 });
    expect(linesOf(await exported(store))).toEqual(linesOf(before.replace("larsen,,3,", "larsen,,33,")));
  });

  test("a dry run says what a run does, and writes nothing, not even numbers", async () => {
    await importText(store, "first_name,last_name,email,organization\nJane,Doe,jane@acme.com,Acme");
    const rows = Array.from(
      { length: 250 },
      (_, i) => `P${i},Q,${i % 3 === 0 ? "" : `p${i % 200}@acme.com`},Org ${i % 120}`,
    );
    const text = [
      "first_name,last_name,email,organization",
      "Jane,Roe,jane@acme.com,New",
      ",x,,",
      ...rows,
    ].join("\n");
    const before = await exported(store);
    const dry = await importText(store, text, true);
    expect(await exported(store)).toBe(before);
    expect(dry).toMatchObject({ rows: 252, updated: 1, organizationsCreated: 121 });
    expect(dry.rejected).toBeGreaterThan(1);
    expect(await importText(store, text)).toEqual(dry);
    expect((await createOrganizations(store).byNumbers(source, [122])).size).toBe(1);
    const numbers = (await createContacts(store).page(source, { after: 0, limit: 300 })).map(
      ({ number }) => number,
    );
    expect(numbers).toEqual(Array.from({ length: dry.created + 1 }, (_, i) => i + 1));
  });

  test("two imports of one file at once make one list", async () => {
    const rows = Array.from({ length: 150 }, (_, i) => `P${i},Q,p${i}@acme.com,Org ${i % 7}`);
    const text = ["first_name,last_name,email,organization", ...rows].join("\n");
    const reports = await Promise.all([importText(store, text), importText(store, text)]);
    expect(reports.reduce((sum, { created }) => sum + created, 0)).toBe(150);
    expect(reports.reduce((sum, { organizationsCreated }) => sum + organizationsCreated, 0)).toBe(7);
    expect(reports.map(({ rejected }) => rejected)).toEqual([0, 0]);
    expect(linesOf(await exported(store))).toHaveLength(150);
  });

  test("cells that a spreadsheet would run are defused on the way out and whole again on the way in", async () => {
    const cells = ["=1+1", "+49 30 1", "-1", "@x", "'=1", "''+1", "'quoted", "＝1", "a;=1", "plain"];
    const header = "first_name,last_name,email,description";
    const contacts = createContacts(store);
    for (const [i, description] of cells.entries()) {
      await contacts.create(source, {
        firstName: "F",
        lastName: `L${i}`,
        email: `f${i}@acme.com`,
        description,
      });
    }
    const text = await exported(store);
    const written = linesOf(text).map((line) => line.split(",")[4]);
    expect(written).toEqual([
      "'=1+1",
      "'+49 30 1",
      "'-1",
      "'@x",
      "''=1",
      "'''+1",
      "'quoted",
      "'＝1",
      '"a;=1"',
      "plain",
    ]);
    expect(await importText(store, text)).toMatchObject({ unchanged: cells.length });
    await importText(store, `${header}\nF,L0,f0@acme.com,=2`); // made by hand, never defused
    expect(linesOf(await exported(store))[0]).toContain("'=2");
  });

  test("progress is told, in bytes and rows, and ends with everything", async () => {
    const rows = Array.from({ length: 2030 }, (_, i) => `P${i},Q,p${i}@acme.com`);
    const text = ["first_name,last_name,email", ...rows].join("\n");
    const seen: { rows: number; bytes: number }[] = [];
    const onProgress = ({ rows: done, bytes }: { rows: number; bytes: number }) =>
      seen.push({ rows: done, bytes });
    await importContacts({ store, source, input: Readable.from([Buffer.from(text)]), onProgress });
    expect(seen.map((progress) => progress.rows)).toEqual([1000, 2000, 2030]);
    expect(seen.at(-1)?.bytes).toBe(Buffer.byteLength(text));
  });
});
