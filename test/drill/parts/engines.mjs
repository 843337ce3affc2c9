/** Where the data of a drill lives: files in its folder, or a database of its own on a MongoDB server. */
import { basename, join } from "node:path";
import { MongoClient } from "mongodb";

import { schema } from "../../../dist/store/documents.js";
import { openStore } from "../../../dist/store/open.js";

export const embedded = {
  name: "embedded",
  environment: (folder) => ({ LIAISON_DATA_DIR: join(folder, "data") }),
  open: (folder) => openStore({ dataDir: join(folder, "data"), schema }),
  remove: async () => undefined,
};

/** @param server the address of the server; each folder gets a database called after it */
export function onMongo(server) {
  const databaseOf = (folder) => basename(folder).replace(/\W/g, "_");
  const uriOf = (folder) => {
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
