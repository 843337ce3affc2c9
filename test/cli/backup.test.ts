/** liaison backup FILE : taken under a process that writes, it opens as a data folder of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import type { StoredDocument, StoreSchema } from "../../src/store/store.js";
import { liaison } from "./run.js";

interface Note extends StoredDocument {
  readonly number: number;
  readonly done?: boolean;
  readonly tags: readonly string[];
}

const script = fileURLToPath(new URL("../store/writing-process.mjs", import.meta.url));
/** As the writing process has it. */
const schema: StoreSchema = {
  notes: [
    { fields: ["number"], unique: true },
    { fields: ["tags"], many: "tags" },
  ],
};

let folder: string;
let writer: ChildProcess | undefined;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "liaison-backup-"))));
afterEach(async () => {
  if (writer?.exitCode === null && writer.signalCode === null) {
    writer.kill("SIGKILL");
    await once(writer, "exit");
  }
  await rm(folder, { recursive: true, force: true });
});

const backUp = (file: string, env: Readonly<Record<string, string>> = {}) =>
  liaison(["backup", file], { cwd: folder, env });

/** Starts a process that writes to ./data without a pause. @returns the last number it acknowledged so far */
async function startWriter(enough: number): Promise<() => number> {
  const child = spawn(process.execPath, [script, join(folder, "data"), "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  writer = child;
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  while (printed.split("\n").length <= enough && child.exitCode === null) await once(child.stdout, "data");
  return () => Number(printed.slice(0, printed.lastIndexOf("\n")).split("\n").at(-1));
}

/** Puts the copy into an empty data folder, opens it, and reads all there is, by every index. */
async function restore(file: string): Promise<readonly Note[]> {
  const data = join(folder, "restored");
  await mkdir(data);
  await copyFile(join(folder, file), join(data, "liaison.db"));
  const store = await openEmbeddedStore({ folder: data, schema });
  const notes = store.collection<Note>("notes");
  const found = await notes.find({}, { sort: { number: 1 }, limit: 100_000 });
  for (const { _id, tags } of found)
    for (const tag of tags.filter((name) => name !== "all"))
      expect((await notes.findOne({ tags: tag }))?._id).toBe(_id);
  expect(await notes.count({ tags: "all" }, { limit: 100_000 })).toBe(found.length);
  await notes.insertOne({ _id: "new", number: -1, tags: [] });
  await store.close();
  return found;
}

test("under a process that writes, the copy holds all that was acknowledged before, and nothing half done", async () => {
  const last = await startWriter(30);
  const before = last();
  const { code, stdout, stderr } = await backUp("copy.db");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^Copied \d+\.\d MB to copy\.db, and checked it\.\n$/);
  expect(writer?.exitCode).toBeNull();
  const after = last();
  expect(after).toBeGreaterThan(before); // it was not held up

  const found = await restore("copy.db");
  expect(found.map(({ number }) => number)).toEqual(found.map((_, at) => at));
  expect(found.length).toBeGreaterThan(before);
  expect(found.filter(({ number, done }) => number <= before && done !== true)).toEqual([]);
});

test("only its owner may read the copy, and nothing is left beside it", async () => {
  await startWriter(1);
  expect((await backUp("copy.db")).code).toBe(0);
  expect(((await stat(join(folder, "copy.db"))).mode & 0o777).toString(8)).toBe("600");
  expect((await readdir(folder)).sort()).toEqual(["copy.db", "data"]);
});

test("of a folder that nobody uses, too", async () => {
  const store = await openEmbeddedStore({ folder: join(folder, "data"), schema });
  await store.collection<Note>("notes").insertOne({ _id: "a", number: 0, tags: ["é\0", "all"] });
  await store.close();
  expect((await backUp("copy.db")).code).toBe(0);
  expect(await restore("copy.db")).toEqual([{ _id: "a", number: 0, tags: ["é\0", "all"] }]);
});

describe("is refused in one sentence, and leaves nothing behind:", () => {
  const fill = async () => {
    const store = await openEmbeddedStore({ folder: join(folder, "data"), schema });
    await store.close();
  };

  test("where there is no data", async () => {
    const said = await backUp("copy.db");
    expect(said).toEqual({
      code: 1,
      stdout: "",
      stderr: "There is no data in ./data. Check LIAISON_DATA_DIR.\n",
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test("over a file that is there", async () => {
    await fill();
    await writeFile(join(folder, "copy.db"), "precious");
    const { code, stderr } = await backUp("copy.db");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "copy.db is there already. Name a new file.\n" });
    expect((await stat(join(folder, "copy.db"))).size).toBe("precious".length);
  });

  test("into a folder that is not there", async () => {
    await fill();
    const { code, stderr } = await backUp("nowhere/copy.db");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "There is no folder nowhere. Make it first.\n" });
  });

  test("of data that is damaged", async () => {
    await fill();
    await writeFile(join(folder, "data", "liaison.db"), Buffer.alloc(8192, "no database "));
    const { code, stdout, stderr } = await backUp("copy.db");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^The copy could not be written: .*SQLITE_NOTADB.*\n$/);
    expect(await readdir(folder)).toEqual(["data"]);
  });

  test("of MongoDB", async () => {
    const { code, stderr } = await backUp("copy.db", { MONGODB_URI: "mongodb://127.0.0.1:1/liaison" });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Contacts are in MongoDB \(MONGODB_URI is set\): .*mongodump.*\n$/);
  });
});
