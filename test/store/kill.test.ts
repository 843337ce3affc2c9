/** The embedded engine under SIGKILL: nothing acknowledged is lost, nothing is half there, no lock stays. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { StoreLockedError } from "../../src/store/embedded/lock.js";
import type { StoredDocument, StoreSchema } from "../../src/store/store.js";

interface Note extends StoredDocument {
  readonly number: number;
  readonly done?: boolean;
  readonly tags: readonly string[];
}

const script = fileURLToPath(new URL("writing-process.mjs", import.meta.url));
const schema: StoreSchema = {
  notes: [
    { fields: ["number"], unique: true },
    { fields: ["tags"], many: "tags" },
  ],
};
const KILLS = 5;

describe("the embedded engine under SIGKILL", () => {
  let folder = "";
  let child: ChildProcess | undefined;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "liaison-kill-"))));
  afterEach(async () => {
    child?.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts the writer and resolves, once it wrote `enough` numbers, to a function that kills it and tells the last. */
  async function write(start: number, enough: number): Promise<() => Promise<number>> {
    const writer = spawn(process.execPath, [script, folder, String(start)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    child = writer;
    let printed = "";
    writer.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    const exited = once(writer, "exit");
    while (printed.split("\n").length <= enough && writer.exitCode === null)
      await Promise.race([once(writer.stdout, "data"), exited]);
    expect(writer.exitCode).toBeNull();
    return async () => {
      const closed = once(writer, "close");
      writer.kill("SIGKILL");
      await closed;
      return Number(printed.slice(0, printed.lastIndexOf("\n")).split("\n").at(-1));
    };
  }

  /** @returns how many there are now; only those after the acknowledged ones may be half done */
  async function check(acknowledged: readonly number[]): Promise<number> {
    const store = await openEmbeddedStore({ folder, schema });
    const notes = store.collection<Note>("notes");
    const found = await notes.find({}, { sort: { number: 1 }, limit: 100_000 });
    expect(found.map(({ number }) => number)).toEqual(found.map((_, at) => at));
    expect(acknowledged.filter((number) => found[number]?.done !== true)).toEqual([]);
    for (const { number, done, tags } of found) {
      const last = done === true ? [`d${number}`] : [];
      expect(tags).toEqual([`t${number}`, "all", ...last]);
      expect(await notes.count({ tags: `d${number}` }, { limit: 9 })).toBe(last.length);
    }
    expect(await notes.count({ tags: "all" }, { limit: 100_000 })).toBe(found.length);
    await store.close();
    return found.length;
  }

  test(`${KILLS} kills lose no acknowledged write, and the next process opens the folder at once`, async () => {
    const acknowledged: number[] = [];
    let next = 0;
    for (let kill = 1; kill <= KILLS; kill++) {
      const last = await (await write(next, 10 * kill))();
      for (let number = next; number <= last; number++) acknowledged.push(number);
      next = await check(acknowledged);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(150);
  }, 60_000);

  test("a second process is told which folder is in use, and by whom", async () => {
    const kill = await write(0, 1);
    const second = openEmbeddedStore({ folder, schema });
    await expect(second).rejects.toEqual(new StoreLockedError(folder, child?.pid));
    await expect(second).rejects.toThrow(`${folder} is in use by process ${child?.pid}`);
    const last = await kill();
    expect(await check([0, last])).toBeGreaterThan(last);
  }, 60_000);
});
