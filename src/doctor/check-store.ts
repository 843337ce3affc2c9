/**
 * The store: can be opened, has the indexes of this release, keeps a document, gives it back and forgets
 * it. Its schema is looked at and never changed. While the app runs, files are its own, and left alone.
 */
import { stat, statfs } from "node:fs/promises";
import { schema } from "../store/documents.js";
import { StoreLockedError } from "../store/embedded/lock.js";
import { inspectStore, type StoreLook } from "../store/inspect.js";
import { findingsOf, type Finding } from "./finding.js";

export interface StorePlace {
  readonly mongodbUri?: string;
  readonly dataDir: string;
}

const of = findingsOf("store");
const gigabyte = 1024 ** 3;

export async function checkStore(place: StorePlace): Promise<readonly Finding[]> {
  if (place.mongodbUri !== undefined) return [await tryOut(place)];
  const folder = await stat(place.dataDir).catch(() => undefined);
  if (folder === undefined)
    return [of.ok("The data folder is not there yet; the app makes it when it first starts.")];
  if (!folder.isDirectory())
    return [of.problem("LIAISON_DATA_DIR is not a folder.", "Name a folder, or one that is yet to be made.")];
  return [await tryOut(place), await checkRoom(place.dataDir), checkMode(folder.mode)];
}

async function tryOut(place: StorePlace): Promise<Finding> {
  try {
    return judge(await inspectStore({ ...place, schema }));
  } catch (error) {
    return explainStore(error, place);
  }
}

const mostNamed = 5;

function judge({ engine, version, isEmpty, missing, keeps }: StoreLook): Finding {
  const which = engine === "mongodb" ? `MongoDB ${version}` : `The embedded store (SQLite ${version})`;
  if (isEmpty) return of.ok(`${which} answers, and holds nothing of Liaison yet.`);
  if (keeps === false)
    return of.problem(`${which} does not give back what it was given.`, "Restore it from a backup.");
  if (missing.length === 0) return of.ok(`${which} has its indexes, and keeps what it is given.`);
  const more = missing.length > mostNamed ? ` and ${missing.length - mostNamed} more` : "";
  return of.warning(
    `${which} lacks what this release needs: ${missing.slice(0, mostNamed).join("; ")}${more}.`,
    "The app makes it when it starts, before it is ready; with many contacts this takes a while.",
  );
}

/** Neither addresses nor passwords of a server are told. */
function explainStore(error: unknown, { mongodbUri, dataDir }: StorePlace): Finding {
  if (error instanceof StoreLockedError)
    return of.skipped(
      "The data folder is in use, most likely by the app itself, so it was left alone; stop the app to have it checked.",
    );
  const name = error instanceof Error ? error.name : "unknown";
  if (mongodbUri !== undefined)
    return of.problem(
      `MongoDB cannot be used (${name}).`,
      "Check MONGODB_URI, that the server runs, and that this user may read, write and make indexes.",
    );
  return of.problem(
    `The data folder cannot be used (${name}).`,
    `Check who owns ${dataDir} and its files, and that no later release of Liaison has written them.`,
  );
}

async function checkRoom(folder: string): Promise<Finding> {
  const { ok, warning, problem } = findingsOf("disk");
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const message = `${(free / gigabyte).toFixed(1)} GB are free where the data folder is.`;
  if (free < gigabyte / 10) return problem(message, "Make room: nothing can be stored on a full disk.");
  return free < gigabyte ? warning(message, "Make room before it is full.") : ok(message);
}

function checkMode(mode: number): Finding {
  const { ok, warning } = findingsOf("data folder");
  return (mode & 0o077) === 0 || process.platform === "win32"
    ? ok("Only its owner can read the data folder.")
    : warning("Others on this machine can read the data folder.", "Run: chmod 700 on LIAISON_DATA_DIR.");
}
