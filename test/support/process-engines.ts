/** The engines for tests that start Liaison as a process: what to put into its environment. */
import { basename } from "node:path";
import { MongoClient } from "mongodb";
import { schema } from "../../src/store/documents.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/store.js";

export interface ProcessEngine {
  readonly name: Store["engine"];
  /** Settings that make a process use the data that belongs to this folder. */
  environment(folder: string): Readonly<Record<string, string>>;
  /** The same data, opened here; close it before a process starts. */
  open(folder: string): Promise<Store>;
  /** Removes data that is not in the folder. */
  remove(folder: string): Promise<void>;
}

const server = process.env.LIAISON_TEST_MONGODB_URI;

export function processEngines(): readonly ProcessEngine[] {
  const embedded: ProcessEngine = {
    name: "embedded",
    environment: (folder) => ({ LIAISON_DATA_DIR: `${folder}/data` }),
    open: (folder) => openStore({ dataDir: `${folder}/data`, schema }),
    remove: () => Promise.resolve(),
  };
  return server === undefined || server === "" ? [embedded] : [embedded, onMongo(server)];
}

function onMongo(server: string): ProcessEngine {
  const databaseOf = (folder: string) => basename(folder).replace(/\W/g, "_");
  const uriOf = (folder: string) => {
    const uri = new URL(server);
    uri.pathname = `/${databaseOf(folder)}`;
    return uri.href;
  };
  return {
    name: "mongodb",
    environment: (folder) => ({ MONGODB_URI: uriOf(folder) }),
    open: (folder) => openStore({ mongodbUri: uriOf(folder), dataDir: folder, schema }),
    async remove(folder) {
      const client = new MongoClient(server);
      await client.db(databaseOf(folder)).dropDatabase();
      await client.close();
    },
  };
}
