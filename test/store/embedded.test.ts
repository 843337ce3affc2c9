/** What only the embedded engine has: its folder, its lock, its limit on scans, and its manners in the event loop. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { SqliteDatabase } from "../../src/store/embedded/database.js";
import { StoreLockedError } from "../../src/store/embedded/lock.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { openStore } from "../../src/store/open.js";
import {
  StoreUnavailableError,
  UnsupportedQueryError,
  type Collection,
  type Filter,
  type Store,
  type StoredDocument,
  type StoreSchema,
} from "../../src/store/store.js";

interface Item extends StoredDocument {
  readonly account: number;
  readonly number: number;
  readonly half: number;
  readonly tags: readonly string[];
  readonly seen?: boolean;
  readonly rare?: number;
}

const schema: StoreSchema = {
  items: [
    { fields: ["account", "number"], unique: true },
    { fields: ["account", "half"] },
    { fields: ["account", "tags"], many: "tags" },
    { fields: ["rare"], whenExists: "rare" },
  ],
};

/** Of all tables in a database file. */
async function names(file: string): Promise<string[]> {
  const database = await SqliteDatabase.open(file);
  const rows = database.all("SELECT json_quote(name) FROM sqlite_master WHERE type = 'table'");
  database.close();
  return rows.map(([name]) => JSON.parse(String(name)) as string);
}

describe("the embedded engine", () => {
  let folder = "";
  let store: Store;
  let items: Collection<Item>;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "liaison-embedded-")), "below", "data");
    store = await openEmbeddedStore({ folder, schema });
    items = store.collection<Item>("items");
  });
  afterEach(async () => {
    await store.close();
    await rm(join(folder, "..", ".."), { recursive: true, force: true });
  });

  async function fill(count: number): Promise<void> {
    const all = Array.from({ length: count }, (_, number): Item => {
      const tags = ["all", `t${number}`];
      return { _id: `i${number}`, account: 1, number, half: Math.floor(number / 2), tags };
    });
    for (let at = 0; at < count; at += 500)
      await items.bulk(all.slice(at, at + 500).map((insertOne) => ({ insertOne })));
  }

  test("makes its folder and files for their owner only", async () => {
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const file of await readdir(folder).then((names) =>
      names.filter((name) => name.startsWith("liaison.db")),
    ))
      expect([file, (await stat(join(folder, file))).mode & 0o777]).toEqual([file, 0o600]);
  });

  test("refuses a second store on its folder, and takes one after closing", async () => {
    await expect(openEmbeddedStore({ folder, schema })).rejects.toEqual(
      new StoreLockedError(folder, process.pid),
    );
    await store.close();
    store = await openEmbeddedStore({ folder, schema });
    await store.ping();
  });

  test("openStore opens it when there is no MongoDB", async () => {
    await store.close();
    store = await openStore({ dataDir: folder, schema });
    expect(store.engine).toBe("embedded");
  });

  test("says that a data folder which is a file cannot be used, and holds no lock after it", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await expect(openEmbeddedStore({ folder: file, schema })).rejects.toThrow("EEXIST");
    await store.close();
    await writeFile(
      join(folder, "liaison.db"),
      "no database at all, but long enough to be read as one".repeat(100),
    );
    await expect(openEmbeddedStore({ folder, schema })).rejects.toThrow(StoreUnavailableError);
    await expect(openEmbeddedStore({ folder, schema })).rejects.toThrow(StoreUnavailableError);
  });

  const schemas: readonly [name: string, indexes: StoreSchema][] = [
    ["a collection with a quote", { 'a"b': [] }],
    ["an index without fields", { items: [{ fields: [] }] }],
    ["an index with a field twice", { items: [{ fields: ["a", "a"] }] }],
    ["an index on a strange path", { items: [{ fields: ["a.$b"] }] }],
    ["many of another field", { items: [{ fields: ["a"], many: "b" }] }],
    ["an inverted index that is unique", { items: [{ fields: ["a"], inverted: true, unique: true }] }],
    ["an inverted index that is partial", { items: [{ fields: ["a"], inverted: true, whenExists: "a" }] }],
  ];
  test.each(schemas)("refuses a schema with %s", async (_name, bad) => {
    await expect(openEmbeddedStore({ folder, schema: bad })).rejects.toThrow(UnsupportedQueryError);
  });

  test("refuses an array in an index that is not declared for one, and objects in any", async () => {
    const list = { _id: "x", account: 1, number: 1, half: [1, 2], tags: [] } as unknown as Item;
    const object = { _id: "x", account: 1, number: 1, half: 1, tags: [{ a: 1 }] } as unknown as Item;
    await expect(items.insertOne(list)).rejects.toThrow("declared `many`");
    await expect(items.insertOne(object)).rejects.toThrow("only scalars can be indexed");
    expect(await items.count({}, { limit: 9 })).toBe(0);
  });

  const scans: readonly [name: string, filter: Filter][] = [
    ["a field without an index", { seen: false }],
    ["a field in the middle of an index", { half: 3 }],
    ["the missing of a partial index", { rare: { $exists: false } }],
    ["$ne", { account: { $ne: 1 } }],
    ["$exists", { account: { $exists: true } }],
    ["$or with a part without an index", { $or: [{ account: 1, number: 1 }, { half: 3 }] }],
  ];

  test("scans up to 1,000 documents, and no more", async () => {
    await fill(1000);
    for (const [, filter] of scans) await items.find(filter, { limit: 1 });
    await items.insertOne({ _id: "rare", account: 1, number: 5000, half: 1, tags: [], rare: 1 });
    for (const [name, filter] of scans)
      await expect(items.find(filter, { limit: 1 }).then(() => name)).rejects.toThrow("needs an index");
    await expect(items.updateMany({ half: 3 }, { $inc: { half: 1 } })).rejects.toThrow(
      "items by half needs an index",
    );
    expect(await items.count({}, { limit: 5000 })).toBe(1001);
    expect(await items.find({ rare: { $exists: true } }, { limit: 9 })).toHaveLength(1);
    expect(
      await items.find({ $or: [{ account: 1, number: 1 }, { _id: "rare" }] }, { limit: 9 }),
    ).toHaveLength(2);
  }, 20_000);

  test("finds what lacks the first field of an index without a scan", async () => {
    await fill(1001);
    const lacking = async () =>
      (await items.find({ account: { $exists: false } }, { limit: 9 })).map(({ number }) => number);
    expect(await lacking()).toEqual([]);
    await items.updateOne({ account: 1, number: 7 }, { $unset: { account: true } });
    expect(await lacking()).toEqual([7]);
    await items.updateOne({ _id: "i7" }, { $set: { account: 1 } });
    expect(await lacking()).toEqual([]);
  });

  test("pages through more than one page in order, without repeats, also in arrays and backwards", async () => {
    await fill(1700);
    const all = await items.find({ account: 1 }, { sort: { half: -1 }, limit: 5000, projection: ["half"] });
    expect(all.map(({ half }) => half)).toEqual(
      Array.from({ length: 1700 }, (_, at) => 849 - Math.floor(at / 2)),
    );
    const tagged = await items.find({ account: 1, tags: { $in: ["all", "t3", "t1699"] } }, { limit: 5000 });
    expect(new Set(tagged.map(({ _id }) => _id)).size).toBe(1700);
    expect(tagged).toHaveLength(1700);
    expect(
      await items.updateMany({ account: 1, half: { $gte: 800 } }, { $inc: { half: 1000 } }),
    ).toMatchObject({
      modified: 100,
    });
    expect(await items.deleteMany({ account: 1, half: { $lt: 800 } })).toBe(1600);
    expect(await items.count({ account: 1, tags: "all" }, { limit: 5000 })).toBe(100);
  }, 20_000);

  test("lets others run during long work, and gets along with what they change", async () => {
    await fill(3000);
    const others = { turns: 0, run: true };
    const running = (async () => {
      for (; others.run; others.turns++) {
        await new Promise((resolve) => setImmediate(resolve));
        if (others.turns < 50) await items.deleteOne({ account: 1, number: 2999 - others.turns });
      }
    })();
    const found = await items.find({ account: 1 }, { sort: { number: 1 }, limit: 5000 });
    await items.updateMany({ account: 1, half: { $gte: 0 } }, { $inc: { half: 1 } });
    others.run = false;
    await running;
    expect(others.turns).toBeGreaterThan(5);
    expect(found.map(({ number }) => number)).toEqual(found.map((_, at) => at));
    expect(found.length).toBeGreaterThanOrEqual(2950);
  }, 20_000);

  test("spares a document that stopped matching before its turn to be deleted came", async () => {
    await fill(700);
    const deletion = items.deleteMany({ account: 1, half: { $gte: 0 } });
    await items.updateOne({ _id: "i0" }, { $set: { half: -1 } });
    expect(await deletion).toBe(699);
    expect(await items.find({}, { limit: 9 })).toMatchObject([{ _id: "i0", half: -1 }]);
  }, 20_000);

  test("fills an index again that a process left half filled", async () => {
    await fill(450);
    await store.close();
    const database = await SqliteDatabase.open(join(folder, "liaison.db"));
    database.exec('DELETE FROM "index items account,half" WHERE k1 > 9; UPDATE "indexes" SET complete = 0');
    database.close();
    store = await openEmbeddedStore({ folder, schema });
    items = store.collection<Item>("items");
    expect(await items.count({ account: 1, half: { $gte: 0 } }, { limit: 1000 })).toBe(450);
  }, 20_000);

  test("rebuilds an index that is inverted from now on, and one that was left half filled", async () => {
    await fill(450);
    const inverted: StoreSchema = {
      items: [{ fields: ["account", "tags"], many: "tags", inverted: true }],
    };
    const tables = () => names(join(folder, "liaison.db"));
    for (const left of ["complete", "half"]) {
      await store.close();
      if (left === "half") {
        const database = await SqliteDatabase.open(join(folder, "liaison.db"));
        database.exec('UPDATE "indexes" SET complete = 0');
        database.close();
      }
      store = await openEmbeddedStore({ folder, schema: inverted });
      items = store.collection<Item>("items");
      expect(await items.find({ account: 1, tags: "t7" }, { limit: 9 })).toMatchObject([{ _id: "i7" }]);
      expect(await items.find({ account: 1, tags: "all" }, { limit: 999 })).toHaveLength(450);
      expect(await items.find({ account: 2, tags: "all" }, { limit: 999 })).toEqual([]);
    }
    await store.close();
    expect(await tables()).not.toContain("index items account,tags many tags");
    expect(await tables()).toContain("index items account,tags inverted many tags");
    store = await openEmbeddedStore({ folder, schema });
  }, 20_000);

  test("takes arrays in an index once it is declared for them", async () => {
    await fill(3);
    await store.close();
    const many: StoreSchema = { items: [{ fields: ["account", "half"], many: "half" }] };
    store = await openEmbeddedStore({ folder, schema: many });
    items = store.collection<Item>("items");
    await items.insertOne({ _id: "x", account: 1, number: 9, half: [0, 7], tags: [] } as unknown as Item);
    expect(await items.count({ account: 1, half: 0 }, { limit: 9 })).toBe(3);
  });

  test("samples a large collection without reading it all, and none of another account", async () => {
    await fill(2000);
    await items.insertOne({ _id: "other", account: 2, number: 1, half: 0, tags: [] });
    const sample = await items.sample({ account: 1 }, { size: 100, projection: ["account"] });
    expect(new Set(sample.map(({ _id }) => _id)).size).toBe(100);
    expect(sample.every(({ account }) => account === 1)).toBe(true);
    expect(await items.sample({ account: 2 }, { size: 100 })).toHaveLength(1);
  }, 20_000);
});
