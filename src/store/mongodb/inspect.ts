/** A look at a MongoDB database: what is there of ours, and one document tried where documents are kept. */
import { randomUUID } from "node:crypto";
import { MongoClient, type Db } from "mongodb";
import type { Document } from "../engine.js";
import { nameOfIndex, triedCollection, triedId, type StoreLook } from "../look.js";
import type { StoreSchema } from "../store.js";
import { translated } from "./errors.js";
import { fieldsByName, presentIndexes } from "./indexes.js";
import { databaseNamed } from "./store.js";

const timeouts = { socketTimeoutMS: 8_000, serverSelectionTimeoutMS: 3_000, connectTimeoutMS: 1_500 };

/** @throws StoreUnavailableError when no server answers, StoreRefusedError when it does not let us in */
export async function inspectMongo(uri: string, schema: StoreSchema): Promise<StoreLook> {
  const client = new MongoClient(uri, { appName: "liaison", writeConcern: { w: "majority" }, ...timeouts });
  try {
    await client.connect();
    return await look(client.db(databaseNamed(uri)), schema);
  } catch (error) {
    throw translated(error, new Map());
  } finally {
    await client.close();
  }
}

async function look(database: Db, schema: StoreSchema): Promise<StoreLook> {
  const info = await database.command({ buildInfo: 1 });
  const version = typeof info.version === "string" ? info.version : "unknown";
  const there = new Set(
    (await database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name),
  );
  const isEmpty = !Object.keys(schema).some((name) => there.has(name));
  if (isEmpty) return { engine: "mongodb", version, isEmpty, missing: [], keeps: undefined };
  const missing: string[] = [];
  for (const [name, definitions] of Object.entries(schema)) {
    const present = new Set(await presentIndexes(database, name));
    for (const [index, fields] of fieldsByName(definitions))
      if (!present.has(index)) missing.push(nameOfIndex(name, fields));
  }
  const keeps = there.has(triedCollection) ? await tryOut(database) : undefined;
  return { engine: "mongodb", version, isEmpty, missing, keeps };
}

async function tryOut(database: Db): Promise<boolean> {
  const collection = database.collection<Document>(triedCollection);
  const _id = triedId(randomUUID());
  await collection.insertOne({ _id, account: 0, last: 1 });
  const found = await collection.findOne({ _id });
  await collection.deleteOne({ _id });
  return found?.last === 1;
}
