/** The door to the store: MongoDB when there is an address for it, else the embedded engine. */
import type { Store, StoreSchema } from "./store.js";

/**
 * Only the engine that is used gets loaded.
 * @param options.mongodbUri as in `MONGODB_URI`; may name the database in its path (default `liaison`)
 * @param options.dataDir folder of the embedded engine, created when missing
 * @throws StoreUnavailableError when MongoDB does not answer
 * @throws StoreLockedError when another process uses the folder
 */
export async function openStore(options: {
  readonly mongodbUri?: string | undefined;
  readonly dataDir: string;
  readonly schema: StoreSchema;
}): Promise<Store> {
  const { mongodbUri, dataDir, schema } = options;
  if (mongodbUri !== undefined) {
    const { openMongoStore } = await import("./mongodb/store.js");
    return openMongoStore({ uri: mongodbUri, schema });
  }
  const { openEmbeddedStore } = await import("./embedded/store.js");
  return openEmbeddedStore({ folder: dataDir, schema });
}
