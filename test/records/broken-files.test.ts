/** Files that are no contact lists, or nearly: each gets one sentence that helps, early, and nothing is written. */
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { createContacts } from "../../src/crm/contacts.js";
import { ImportError } from "../../src/records/import-error.js";
import { importContacts, type Rejection } from "../../src/records/import.js";
import { schema, type Source } from "../../src/store/documents.js";
import { engines, type OpenedStore } from "../support/stores.js";

const source: Source = { account: 1, group: "" };
const header = "first_name,last_name,email";
const jane = "Jane,Doe,jane@acme.com";
let opened: OpenedStore;

beforeAll(async () => {
  const [embedded] = engines();
  if (embedded === undefined) throw new Error("the embedded engine is always there");
  opened = await embedded.open(schema, "broken");
});
afterAll(() => opened.destroy());

async function importBytes(input: Readable) {
  const rejections: Rejection[] = [];
  const onRejected = (rejection: Rejection) => rejections.push(rejection);
  // Dry: only what is said is looked at here, and every case starts from an empty store.
  const totals = await importContacts({ store: opened.store, source, input, dryRun: true, onRejected });
  return { totals, rejections };
}

const refusalOf = (input: Readable): Promise<unknown> =>
  importBytes(input).then(
    () => "imported",
    (error: unknown) => error,
  );

describe("a whole file is refused", () => {
  test.each<[string, Buffer, string, RegExp]>([
    ["windows-1252", Buffer.from(`${header}\nJos\xe9,Doe,j@acme.com`, "latin1"), "not_utf8", /CSV UTF-8/],
    [
      "UTF-16 with a mark",
      Buffer.from(`\ufeff${header}\n${jane}`, "utf16le"),
      "not_utf8",
      /UTF-16, not UTF-8/,
    ],
    ["UTF-16 without a mark", Buffer.from(`${header}\n${jane}`, "utf16le"), "not_text", /zero bytes.*UTF-16/],
    ["a zero byte in a cell", Buffer.from(`${header}\nJane,D\0oe,jane@acme.com`), "not_text", /zero bytes/],
    ["a spreadsheet", Buffer.from("PK\x03\x04 and so on"), "not_utf8", /spreadsheet.*CSV UTF-8/],
    [
      "semicolons",
      Buffer.from(`${header}\n${jane}`.replaceAll(",", ";")),
      "wrong_delimiter",
      /";", not by commas/,
    ],
    [
      "tabs",
      Buffer.from(`${header}\n${jane}`.replaceAll(",", "\t")),
      "wrong_delimiter",
      /tabs, not by commas/,
    ],
    ["a quote within a cell", Buffer.from(`${header}\nJane,D"oe,jane@acme.com`), "malformed_csv", /line 2/],
    [
      "a quote left open",
      Buffer.from(`${header}\nJane,"Doe,jane@acme.com\n${jane}`),
      "malformed_csv",
      /quote/i,
    ],
    ["a column twice", Buffer.from(`${header},Email\n${jane},x`), "repeated_columns", /email more than once/],
    ["no header", Buffer.from(jane), "unknown_columns", /looks like a record/],
    ["a mark and nothing else", Buffer.from("\ufeff"), "empty_file", /is empty/],
    ["commas only", Buffer.from(",,\n,,\n"), "empty_file", /is empty/],
  ])("%s", async (_, bytes, code, sentence) => {
    const error = await refusalOf(Readable.from([bytes]));
    expect(error).toBeInstanceOf(ImportError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(sentence) });
    expect((error as ImportError).message).not.toMatch(/jane|acme/i);
  });

  test.each<[string, string, string]>([
    ["of one endless cell", "", "x"],
    ["of one endless line of cells", "", "x,"],
    ["whose second line never ends", `${header}\n`, "x"],
    ["whose quote never ends", `${header}\n"`, "x\n"],
  ])("a gigabyte %s is given up at once", async (_, start, repeated) => {
    let read = 0;
    function* gigabyte() {
      yield Buffer.from(start);
      const piece = Buffer.from(repeated.repeat(65_536 / repeated.length));
      for (; read < 2 ** 30; read += piece.length) yield piece;
    }
    expect(await refusalOf(Readable.from(gigabyte()))).toMatchObject({
      code: "malformed_csv",
      problem: expect.stringMatching(/far too long.*no ends/),
    });
    expect(read).toBeLessThan(4 * 2 ** 20);
  });
});

describe("what is odd but clear is read", () => {
  test.each<[string, string | Buffer]>([
    ["Windows line ends", `${header}\r\n${jane}\r\n`],
    ["old Macintosh line ends", `${header}\r${jane}\r`],
    ["a byte order mark", `\ufeff${header}\n${jane}`],
    ["blank lines at the end", `${header}\n${jane}\n\n\r\n\n`],
    ["blank lines as spreadsheets write them", `${header}\n${jane}\n,,\n,,\n`],
    [
      "quotes around everything",
      '"First Name","LAST NAME","E-mail"\n"Jane","Doe","jane@acme.com"'.replace("E-mail", "email"),
    ],
  ])("%s", async (_, text) => {
    const { totals, rejections } = await importBytes(Readable.from([Buffer.from(text)]));
    expect(rejections).toEqual([]);
    expect(totals).toMatchObject({ rows: 1, created: 1 });
  });

  test("only a header is a list of nobody", async () => {
    const { totals } = await importBytes(Readable.from([Buffer.from(`${header}\n`)]));
    expect(totals).toMatchObject({ rows: 0, created: 0, rejected: 0 });
  });
});

test.each<[string, string, RegExp]>([
  ["the header again", header, /header once more/],
  ["too few cells", "Jane,Doe", /2 cells, the header 3/],
  ["too many cells", `${jane},x`, /4 cells, the header 3/],
])("a row of %s is rejected alone", async (_, row, reason) => {
  const { totals, rejections } = await importBytes(
    Readable.from([Buffer.from(`${header}\n${row}\n${jane}\n`)]),
  );
  expect(totals).toMatchObject({ rows: 2, created: 1, rejected: 1 });
  expect(rejections).toEqual([{ line: 2, reason: expect.stringMatching(reason) }]);
});

test("nothing of all this was written", async () => {
  expect(await createContacts(opened.store).counts(source)).toEqual({ all: 0, active: 0, inactive: 0 });
});
