/**
 * A copy of the data folder while it is in use: SQLite writes what one reader sees at one moment into
 * a new file (`VACUUM INTO`), so that copying files by hand, which can tear a write apart, is never
 * needed. Writers of the folder go on meanwhile.
 */
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

import { StoreUnavailableError } from "../store.js";
import { SqliteDatabase } from "./database.js";
import { databaseFile } from "./store.js";

/** There is nothing to copy, or no place for the copy. The message is one sentence with its remedy. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/**
 * Copies all that is acknowledged when it is called; needs no lock, so the app may run. The copy is
 * there under its name only when it is whole, checked and on disk.
 * @param file must not be there yet; readable for its owner only
 * @returns the size of the copy in bytes
 * @throws BackupError
 */
export async function backUpFolder(folder: string, file: string): Promise<number> {
  const source = join(folder, databaseFile);
  if (!(await isThere(source)))
    throw new BackupError(`There is no data in ${folder}. Check LIAISON_DATA_DIR.`);
  if (await isThere(file)) throw new BackupError(`${file} is there already. Name a new file.`);
  const unfinished = `${file}.unfinished`;
  try {
    await createEmpty(unfinished);
    await copy(source, unfinished);
    await check(unfinished);
    await sync(unfinished);
    await rename(unfinished, file);
    await sync(dirname(file));
  } finally {
    for (const end of ["", "-journal", "-wal", "-shm"]) await rm(`${unfinished}${end}`, { force: true });
  }
  return (await stat(file)).size;
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** SQLite fills an empty file and keeps its mode. What an earlier try has left behind is overwritten. */
async function createEmpty(file: string): Promise<void> {
  if (!(await isThere(dirname(file))))
    throw new BackupError(`There is no folder ${dirname(file)}. Make it first.`);
  await rm(file, { force: true });
  await (await open(file, "wx", 0o600)).close();
}

async function copy(source: string, target: string): Promise<void> {
  const database = await SqliteDatabase.open(source);
  try {
    database.exec("PRAGMA busy_timeout = 5000");
    database.run("VACUUM INTO ?", [target]);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    throw new BackupError(
      `The copy could not be written: ${error.message}. Check that its disk has room for all of the data.`,
      { cause: error },
    );
  } finally {
    database.close();
  }
}

async function check(file: string): Promise<void> {
  const database = await SqliteDatabase.open(file);
  try {
    const [[found] = []] = database.all("PRAGMA quick_check(1)");
    if (found !== "ok")
      throw new BackupError(
        "The copy was thrown away, because SQLite finds it damaged: the data folder is damaged, too, or the disk. Keep earlier backups.",
      );
  } finally {
    database.close();
  }
}

/** Of a file or a folder: until then a power cut could take it. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
