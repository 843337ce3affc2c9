/** What holds for any list: a dry run foretells the run, and what was exported comes back byte by byte. */
import { Readable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";

import { exportContacts } from "../../src/records/export.js";
import { importContacts, type Rejection, type Totals } from "../../src/records/import.js";
import { schema, type Source } from "../../src/store/documents.js";
import type { Store } from "../../src/store/store.js";
import { engines, type OpenedStore } from "../support/stores.js";

const columns = ["first_name", "last_name", "email", "phone", "description", "organization", "state"];

/** Few values, so that rows meet each other and what is there: the same people, twice, faulty, hostile. */
const row = fc.tuple(
  fc.constantFrom("Jane", "JANE", "Ána", "太郎", "👩🏽‍💻", "=cmd", "", "'x"),
  fc.constantFrom("Doe", 'D"oe', "O'Neil", "山田", "-1", "Doe, Jr."),
  fc.constantFrom("", "", "jane@acme.com", "JANE@acme.com", "ana@acme.com", "+a@acme.com", "no address"),
  fc.constantFrom("", "+49 30 1", "=1+1", "1".repeat(40)),
  fc.constantFrom("", "one\ntwo", "one\r\n\r\nthree", '"', "a;=1", "\t=1", "''", "行1\n行2 🎉"),
  fc.constantFrom("", "Acme", "ACMÉ", "株式会社", "@home", "Acme, Inc."),
  fc.constantFrom("active", "inactive", "", "gone"),
);
const list = fc.array(row, { maxLength: 12 }).map((rows) => stringify([columns, ...rows]));

interface Report {
  readonly totals: Totals;
  readonly rejections: readonly Rejection[];
}

async function bringIn(store: Store, source: Source, text: string, dryRun = false): Promise<Report> {
  const rejections: Rejection[] = [];
  const onRejected = (rejection: Rejection) => rejections.push(rejection);
  const input = Readable.from([Buffer.from(text)]);
  return { totals: await importContacts({ store, source, input, dryRun, onRejected }), rejections };
}

async function takeOut(store: Store, source: Source): Promise<string> {
  let text = "";
  for await (const piece of exportContacts({ store, source })) text += piece;
  return text;
}

describe.each(engines())("any lists on $name", (engine) => {
  /** Every example has a group of its own: a store for each would take most of the time. */
  async function holds(
    check: (opened: OpenedStore, source: Source, lists: [string, string]) => Promise<void>,
  ) {
    const opened = await engine.open(schema, "properties");
    let group = 0;
    try {
      await fc.assert(
        fc.asyncProperty(list, list, (first, second) =>
          check(opened, { account: 1, group: `g${group++}` }, [first, second]),
        ),
        { numRuns: 40 },
      );
    } finally {
      await opened.destroy();
    }
  }

  test("a dry run says exactly what the run does, and leaves everything as it is", async () => {
    await holds(async ({ store }, source, [first, second]) => {
      await bringIn(store, source, first);
      const before = await takeOut(store, source);
      const foretold = await bringIn(store, source, second, true);
      expect(await takeOut(store, source)).toBe(before);
      expect(await bringIn(store, source, second)).toEqual(foretold);
    });
  });

  test("importing twice, or what was exported, changes nothing; elsewhere it gives the same bytes", async () => {
    await holds(async ({ store }, source, [first, second]) => {
      await bringIn(store, source, first);
      await bringIn(store, source, second);
      const text = await takeOut(store, source);
      const again = await bringIn(store, source, text);
      expect(again.totals).toMatchObject({ created: 0, updated: 0, rejected: 0, organizationsCreated: 0 });
      const other = { ...source, account: 2 };
      await bringIn(store, other, text);
      expect(await takeOut(store, other)).toBe(text);
    });
  });
});
