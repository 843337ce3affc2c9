/** A look at a store tells what is missing, and leaves everything as it was. */
import { afterAll, describe, expect, test } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { inspectStore } from "../../src/store/inspect.js";
import { openStore } from "../../src/store/open.js";
import type { IndexDefinition, StoredDocument, StoreSchema } from "../../src/store/store.js";

const server = process.env.LIAISON_TEST_MONGODB_URI;
const names = server === undefined ? ["embedded"] : ["embedded", "mongodb"];

interface Numbered extends StoredDocument {
  readonly account: number;
  readonly number: number;
}

const byNumber: IndexDefinition = { fields: ["account", "number"], unique: true };
const byName: IndexDefinition = { fields: ["account", "name"] };
const old: StoreSchema = { counters: [], contacts: [byNumber, { fields: ["former"] }] };
const now: StoreSchema = { counters: [], contacts: [byNumber, byName], events: [{ fields: ["at"] }] };

describe.each(names)("on the %s engine", (engine) => {
  const made: { readonly dataDir: string; readonly mongodbUri: string | undefined }[] = [];
  afterAll(async () => {
    for (const { dataDir, mongodbUri } of made) {
      await rm(dataDir, { recursive: true, force: true });
      if (mongodbUri === undefined) continue;
      const client = new MongoClient(mongodbUri);
      await client.db().dropDatabase();
      await client.close();
    }
  });

  async function place() {
    const dataDir = await mkdtemp(join(tmpdir(), "liaison-inspect-"));
    const mongodbUri =
      engine === "mongodb" && server !== undefined
        ? uriOf(server, `liaison_test_${randomUUID()}`)
        : undefined;
    made.push({ dataDir, mongodbUri });
    return { dataDir, mongodbUri };
  }

  test("of another release names what is missing, twice the same, and what was kept is kept", async () => {
    const where = await place();
    const store = await openStore({ ...where, schema: old });
    await store.collection<Numbered>("contacts").insertOne({ _id: "1", account: 1, number: 1 });
    await store.collection("counters").insertOne({ _id: "1:contacts" });
    await store.close();
    for (let times = 0; times < 2; times += 1) {
      const found = await inspectStore({ ...where, schema: now });
      expect(found).toMatchObject({ engine, isEmpty: false, keeps: true });
      expect(found.missing).toEqual([
        "contacts (account, name)",
        engine === "mongodb" ? "events (at)" : "events",
      ]);
      expect(found.version).toMatch(/^\d+\.\d+/);
    }
    expect((await inspectStore({ ...where, schema: old })).missing).toEqual([]);
    const again = await openStore({ ...where, schema: old });
    expect(await again.collection("contacts").count({}, { limit: 9 })).toBe(1);
    expect(await again.collection("counters").count({}, { limit: 9 })).toBe(1);
    await again.close();
  });

  test("where nothing is yet, nothing is made", async () => {
    const where = await place();
    for (let times = 0; times < 2; times += 1)
      expect(await inspectStore({ ...where, schema: now })).toMatchObject({
        isEmpty: true,
        missing: [],
        keeps: undefined,
      });
  });

  test("without the collection that a document is tried in, none is tried", async () => {
    const where = await place();
    const contacts = { contacts: [byNumber] };
    await (await openStore({ ...where, schema: contacts })).close();
    const found = await inspectStore({ ...where, schema: contacts });
    expect([found.isEmpty, found.keeps, found.missing]).toEqual([false, undefined, []]);
  });
});

function uriOf(address: string, database: string): string {
  const uri = new URL(address);
  uri.pathname = `/${database.replaceAll("-", "_").slice(0, 40)}`;
  return uri.href;
}
