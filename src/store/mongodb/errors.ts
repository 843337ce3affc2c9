/**
 * MongoDB's errors as the store's: duplicate keys, "not now" (connections, elections, shutdowns), and
 * mistakes in a query that only a look at the document could show.
 */
import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoDriverError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from "mongodb";

import {
  DuplicateKeyError,
  StoreRefusedError,
  StoreUnavailableError,
  UnsupportedQueryError,
} from "../store.js";

const DUPLICATE_KEY = 11000;
/** Shutting down, not primary, stepping down, out of time, exhausted or unreachable. */
const NOT_NOW = new Set([
  6, 7, 50, 63, 64, 89, 91, 100, 134, 150, 189, 202, 234, 262, 317, 358, 384, 9001, 10107, 11600, 11602,
  13388, 13435, 13436,
]);
/** The driver does not export these classes: no connection was free in time, or they were just closed. */
const POOL_TROUBLE = new Set(["MongoWaitQueueTimeoutError", "MongoPoolClosedError"]);
/** Not authorized, authentication failed. */
const REFUSED = new Set([13, 18]);
/** Bad value, type mismatch, path not viable, conflicting update, immutable field. */
const MISTAKE = new Set([2, 9, 14, 28, 40, 66]);

/** Fields of the indexes by the names they have on the server. */
export type IndexFields = ReadonlyMap<string, readonly string[]>;

/** @returns the store's error for one of the driver's; any other error as it is */
export function translated(error: unknown, indexes: IndexFields): unknown {
  if (isConnectionError(error) || isUnconfirmed(error)) return unavailable(error);
  if (!(error instanceof MongoServerError)) return error;
  if (error.code === DUPLICATE_KEY) return duplicate(error.keyPattern, error.message, indexes);
  if (NOT_NOW.has(Number(error.code)) || error.hasErrorLabel("RetryableWriteError"))
    return unavailable(error);
  if (REFUSED.has(Number(error.code))) return refused(error);
  return MISTAKE.has(Number(error.code)) ? new UnsupportedQueryError(error.message, { cause: error }) : error;
}

/** What failed in an unordered bulk write, or undefined when it failed for another reason than duplicate keys. */
export function duplicatesOf(
  error: unknown,
  indexes: IndexFields,
): Map<number, DuplicateKeyError> | undefined {
  if (!(error instanceof MongoBulkWriteError) || isUnconfirmed(error)) return undefined;
  const failures = [error.writeErrors].flat();
  if (failures.length === 0 || failures.some(({ code }) => code !== DUPLICATE_KEY)) return undefined;
  failures.sort((left, right) => left.index - right.index);
  return new Map(failures.map(({ index, errmsg }) => [index, duplicate(undefined, errmsg ?? "", indexes)]));
}

const isConnectionError = (error: unknown): boolean =>
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  error instanceof MongoOperationTimeoutError ||
  error instanceof MongoNotConnectedError ||
  error instanceof MongoTopologyClosedError ||
  error instanceof MongoClientClosedError ||
  (error instanceof MongoDriverError && POOL_TROUBLE.has(error.name));

/** Written, but not by a majority (yet): a new primary may not know of it. Whoever wrote does it again. */
const isUnconfirmed = (error: unknown): boolean =>
  error instanceof MongoWriteConcernError ||
  (error instanceof MongoBulkWriteError && error.result.getWriteConcernError() !== undefined);

const refused = (cause: unknown): StoreRefusedError =>
  new StoreRefusedError(
    "MongoDB refuses the user or the password of MONGODB_URI, or that user may not write",
    {
      cause,
    },
  );

const unavailable = (cause: unknown): StoreUnavailableError =>
  new StoreUnavailableError("MongoDB does not answer", { cause });

/** A bulk write's errors carry no key pattern; the message names the index. */
function duplicate(pattern: unknown, message: string, indexes: IndexFields): DuplicateKeyError {
  if (typeof pattern === "object" && pattern !== null) return new DuplicateKeyError(Object.keys(pattern));
  const name = / index: (\S+) dup key/.exec(message)?.[1] ?? "_id_";
  return new DuplicateKeyError(indexes.get(name) ?? ["_id"]);
}
