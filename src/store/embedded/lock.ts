/**
 * One process per data folder. The lock is an exclusive SQLite transaction on a file of its own, held
 * for the life of the process: the operating system frees it however the process ends, so nothing
 * stays behind after a kill. A second file beside it only tells who holds it.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { SqliteDatabase, isBusyError } from "./database.js";

/** Another process (or another store of this one) uses the folder. */
export class StoreLockedError extends Error {
  override readonly name = "StoreLockedError";
  constructor(
    readonly folder: string,
    /** Of the holder, when it is known. */
    readonly pid: number | undefined,
  ) {
    const holder = pid === undefined ? "another process" : `process ${pid}`;
    super(`${folder} is in use by ${holder}: stop it, use another LIAISON_DATA_DIR, or set MONGODB_URI`);
  }
}

/**
 * @returns what gives the lock back
 * @throws StoreLockedError at once, without waiting
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const holderFile = join(folder, "lock.pid");
  const lock = await SqliteDatabase.open(join(folder, "lock.db"));
  try {
    lock.exec("BEGIN EXCLUSIVE");
    await writeFile(holderFile, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    lock.close();
    throw isBusyError(error) ? new StoreLockedError(folder, await readPid(holderFile)) : error;
  }
  return () => {
    lock.exec("ROLLBACK");
    lock.close();
  };
}

async function readPid(file: string): Promise<number | undefined> {
  const text = await readFile(file, "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  return Number.isSafeInteger(pid) ? pid : undefined;
}
