/** What only the MongoDB engine has: servers that are not there, and indexes that are not ours. */
import { afterEach, describe, expect, test } from "@jest/globals";
import { createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { MongoClient } from "mongodb";

import { openMongoStore } from "../../src/store/mongodb/store.js";
import { openStore } from "../../src/store/open.js";
import { StoreUnavailableError, UnsupportedQueryError, type StoreSchema } from "../../src/store/store.js";

const schema: StoreSchema = { things: [{ fields: ["account"] }] };
const uri = process.env.LIAISON_TEST_MONGODB_URI;

describe("a MongoDB server that does not answer", () => {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    server?.close();
  });

  /** Accepts connections and never says anything; the port stays known after closing. */
  async function silentServer(): Promise<{ uri: string; close: () => Promise<void> }> {
    const silent = createServer((socket) => sockets.add(socket.on("error", () => undefined))).listen(
      0,
      "127.0.0.1",
    );
    server = silent;
    await once(silent, "listening");
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const close = async (): Promise<void> => {
      await new Promise((resolve) => silent.close(resolve));
    };
    return { uri: `mongodb://127.0.0.1:${port}/liaison`, close };
  }

  test("opening is refused within seconds when nobody listens", async () => {
    const { uri: address, close } = await silentServer();
    await close();
    const start = performance.now();
    const opening = openStore({ mongodbUri: address, dataDir: "never used", schema });
    await expect(opening).rejects.toThrow(StoreUnavailableError);
    expect(performance.now() - start).toBeLessThan(7000);
  });

  test("opening is refused when the server is silent", async () => {
    const { uri: address } = await silentServer();
    await expect(openMongoStore({ uri: address, schema })).rejects.toThrow(StoreUnavailableError);
  });

  test("a schema is checked before anything is connected", async () => {
    const opening = openMongoStore({ uri: "mongodb://127.0.0.1:9", schema: { things: [{ fields: [] }] } });
    await expect(opening).rejects.toThrow(UnsupportedQueryError);
  });
});

// Needs a server. `npm run test:mongo` always gives one, and fails when it cannot: CI never leaves this out.
(uri === undefined ? describe.skip : describe)("indexes on a MongoDB server", () => {
  const database = `liaison_test_indexes_${process.pid}`;
  const client = new MongoClient(uri ?? "mongodb://127.0.0.1:9");
  const names = async (): Promise<unknown[]> =>
    (await client.db(database).collection("things").listIndexes().toArray()).map(
      ({ name }) => name as unknown,
    );

  afterEach(async () => {
    await client.db(database).dropDatabase();
    await client.close();
  });

  test("ours follow the schema, others are left alone", async () => {
    const open = async (indexes: StoreSchema["things"] = []): Promise<void> =>
      (await openMongoStore({ uri: uri ?? "", schema: { things: indexes }, database })).close();
    await open([{ fields: ["account"] }, { fields: ["a.b", "c"], unique: true, whenExists: "c" }]);
    await client
      .db(database)
      .collection("things")
      .createIndexes([{ key: { z: 1 }, name: "somebody's" }]);
    const first = ["_id_", "liaison_account", "liaison_a.b_c_unique_when_c", "somebody's"];
    expect((await names()).sort()).toEqual([...first].sort());
    await open([{ fields: ["account"] }, { fields: ["a.b", "c"], whenExists: "c" }]);
    const second = ["_id_", "liaison_account", "liaison_a.b_c_when_c", "somebody's"];
    expect((await names()).sort()).toEqual([...second].sort());
    await open([]);
    expect((await names()).sort()).toEqual(["_id_", "somebody's"]);
  }, 30_000);
});
