/**
 * The embedded engine on a disk that is full, as a limit on the size of files makes it for one process:
 * writes are refused as "not now", nothing is half there, and with space it goes on where it stopped.
 */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import type { StoredDocument, StoreSchema } from "../../src/store/store.js";

interface Note extends StoredDocument {
  readonly number: number;
  readonly done?: boolean;
  readonly tags: readonly string[];
}

const script = fileURLToPath(new URL("filling-process.mjs", import.meta.url));
const schema: StoreSchema = {
  notes: [
    { fields: ["number"], unique: true },
    { fields: ["tags"], many: "tags" },
  ],
};

describe("the embedded engine on a full disk", () => {
  let folder = "";
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "liaison-full-"))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Writes until it is refused, with files of at most `blocks` of 512 bytes (or 1,024, as the shell counts). */
  const fill = (blocks: number, start: number) => {
    const command = `ulimit -f ${blocks}; exec "$0" "$@"`;
    const { stdout, stderr, status } = spawnSync(
      "sh",
      ["-c", command, process.execPath, script, folder, String(start)],
      { encoding: "utf8", timeout: 60_000 },
    );
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    return JSON.parse(stdout) as {
      written: number;
      error: string;
      next: string;
      readable: number;
      isReady: boolean;
    };
  };

  test("says 'not now' again and again, still reads, and loses and halves nothing", async () => {
    const first = fill(800, 0);
    expect(first).toMatchObject({
      error: "StoreUnavailableError",
      next: "StoreUnavailableError",
      isReady: false,
    });
    expect(first.written).toBeGreaterThan(0);
    expect(first.readable).toBeGreaterThanOrEqual(first.written);

    const store = await openEmbeddedStore({ folder, schema });
    const notes = store.collection<Note>("notes");
    const found = await notes.find({}, { sort: { number: 1 }, limit: 100_000 });
    expect(found.slice(0, first.written).every(({ done }) => done === true)).toBe(true);
    for (const { number, done, tags } of found) {
      const last = done === true ? [`d${number}`] : [];
      expect(tags.slice(1)).toEqual(["all", ...last]);
      expect(await notes.count({ tags: `d${number}` }, { limit: 9 })).toBe(last.length);
    }
    expect(await notes.count({ tags: "all" }, { limit: 100_000 })).toBe(found.length);
    await store.ping();
    await notes.insertOne({ _id: "room", number: found.length, tags: ["x", "all"] });
    expect(await notes.count({ tags: "all" }, { limit: 100_000 })).toBe(found.length + 1);
    await store.close();
  }, 120_000);
});
