/**
 * A look at a store that changes nothing of its schema: no index is built or dropped, nothing is made
 * that is not there. For those who ask what starting this release on it would mean.
 */
import type { StoreLook } from "./look.js";
import type { StoreSchema } from "./store.js";

export type { StoreLook } from "./look.js";

/**
 * @param options as of `openStore`
 * @throws StoreUnavailableError, StoreRefusedError, StoreLockedError as `openStore` does
 */
export async function inspectStore(options: {
  readonly mongodbUri?: string | undefined;
  readonly dataDir: string;
  readonly schema: StoreSchema;
}): Promise<StoreLook> {
  const { mongodbUri, dataDir, schema } = options;
  if (mongodbUri !== undefined) {
    const { inspectMongo } = await import("./mongodb/inspect.js");
    return inspectMongo(mongodbUri, schema);
  }
  const { inspectEmbedded } = await import("./embedded/inspect.js");
  return inspectEmbedded(dataDir, schema);
}
