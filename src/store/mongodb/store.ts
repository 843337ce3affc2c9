/**
 * MongoDB through the official driver: majority writes, retried by the driver once where that is safe.
 * A server that says nothing for half a minute is given up; whoever must not lose work tries again
 * later (`StoreUnavailableError`). The door, which GitHub waits ten seconds for, has its own limit.
 */
import { MongoClient, type Db } from "mongodb";

import type { Document } from "../engine.js";
import {
  StoreUnavailableError,
  type Collection,
  type Store,
  type StoredDocument,
  type StoreSchema,
} from "../store.js";
import { checkSchema, SubsetCollection } from "../subset.js";
import { refuse } from "../subset/values.js";
import { MongoCollection } from "./collection.js";
import { translated } from "./errors.js";
import { bringToSchema, fieldsByName } from "./indexes.js";

/**
 * Milliseconds. A call outlives the election of a primary that goes fast, and no longer trouble; `ping`
 * must reject within 2 s even when a server accepts connections but says nothing. Silence is borne for long:
 * what is given up on a server that is only slow is asked for twice, and makes it slower.
 */
const SILENCE_TIMEOUT = 30_000;
const SELECTION_TIMEOUT = 5_000;
const CONNECT_TIMEOUT = 1_500;
const PING_TIMEOUT = 1_700;

/**
 * Connects and brings the indexes to the schema.
 * @param options.database default: the one named in the URI, else `liaison`
 * @throws StoreUnavailableError when no server answers
 */
export async function openMongoStore(options: {
  readonly uri: string;
  readonly schema: StoreSchema;
  readonly database?: string;
}): Promise<Store> {
  const { uri, schema } = options;
  checkSchema(schema);
  const name = options.database ?? databaseNamed(uri);
  await bringAllToSchema(uri, name, schema);
  const client = clientOf(uri, SILENCE_TIMEOUT);
  return new MongoStore(client, client.db(name), schema);
}

/** With a client of its own, which waits without end: an index of a million contacts takes its time. */
async function bringAllToSchema(uri: string, name: string, schema: StoreSchema): Promise<void> {
  const client = clientOf(uri, 0);
  try {
    await client.connect();
    for (const [collection, indexes] of Object.entries(schema))
      await bringToSchema(client.db(name), collection, indexes);
  } catch (error) {
    throw translated(error, new Map());
  } finally {
    await client.close();
  }
}

const clientOf = (uri: string, socketTimeoutMS: number): MongoClient =>
  new MongoClient(uri, {
    appName: "liaison",
    ignoreUndefined: true,
    retryWrites: true,
    retryReads: true,
    // The journal by name: whether a majority has it on disk is a setting of the server.
    writeConcern: { w: "majority", journal: true },
    socketTimeoutMS,
    serverSelectionTimeoutMS: SELECTION_TIMEOUT,
    connectTimeoutMS: CONNECT_TIMEOUT,
  });

/** Without a database in the URI the driver would say `test`. */
export const databaseNamed = (uri: string): string => /^[^/]*\/\/[^/]+\/([^/?]+)/.exec(uri)?.[1] ?? "liaison";

class MongoStore implements Store {
  readonly engine = "mongodb";
  readonly #client: MongoClient;
  readonly #database: Db;
  readonly #schema: StoreSchema;

  constructor(client: MongoClient, database: Db, schema: StoreSchema) {
    this.#client = client;
    this.#database = database;
    this.#schema = schema;
  }

  collection<T extends StoredDocument>(name: string): Collection<T> {
    const indexes = Object.hasOwn(this.#schema, name) ? this.#schema[name] : undefined;
    if (indexes === undefined) return refuse(`${name} is not a collection of the schema`);
    const engine = new MongoCollection(this.#database.collection<Document>(name), fieldsByName(indexes));
    return new SubsetCollection(engine, indexes) as unknown as Collection<T>;
  }

  async ping(): Promise<void> {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), PING_TIMEOUT);
    try {
      await this.#database.command({ ping: 1 }, { signal: timeout.signal });
    } catch (error) {
      if (timeout.signal.aborted) throw new StoreUnavailableError("MongoDB does not answer in time");
      throw translated(error, new Map());
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}
