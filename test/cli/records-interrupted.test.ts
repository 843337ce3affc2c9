/**
 * An import that is killed again and again and then repeated ends as if it had run once: the same
 * people in the same order, byte by byte in an export. Only numbers may differ: those that a killed
 * run had taken for rows that it did not write stay unused.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { createAccounts } from "../../src/conversation/accounts.js";
import { createContacts } from "../../src/crm/contacts.js";
import { exportContacts } from "../../src/records/export.js";
import { importContacts } from "../../src/records/import.js";
import { schema } from "../../src/store/documents.js";
import { openStore } from "../../src/store/open.js";
import { liaison } from "./run.js";

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const source = { account: 1001, group: "" };
const rows = 3_000;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "liaison-killed-"));
  await withStore("data", (store) =>
    createAccounts(store, () => new Date()).remember({ id: 1001, login: "acme", type: "Organization" }, 7001),
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** One in three without address, many namesakes, and an organization for every ten. */
function list(): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const email = at % 3 === 0 ? "" : `p${at}@acme.com`;
    return `P${at % 50},Q,${email},Firm ${Math.floor(at / 10) % 300}`;
  });
  return `first_name,last_name,email,organization\n${lines.join("\n")}\n`;
}

async function withStore<R>(
  data: string,
  work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<R>,
) {
  const store = await openStore({ dataDir: join(folder, data), schema });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const exported = (data: string): Promise<string> =>
  withStore(data, async (store) => {
    let text = "";
    for await (const piece of exportContacts({ store, source })) text += piece;
    return text;
  });

const written = (): Promise<number> =>
  withStore("data", async (store) => (await createContacts(store).counts(source)).all);

/** Starts the import and kills it so many milliseconds after its data folder is in use. */
async function importKilledAfter(milliseconds: number): Promise<void> {
  const args = [main, "import", "--group", "acme", "people.csv"];
  const env = { PATH: process.env.PATH ?? "" };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: "ignore" });
  const exit = once(child, "exit");
  await Promise.race([exit, pause(milliseconds)]);
  child.kill("SIGKILL");
  await exit;
}

test("an import killed at any moment and repeated ends as if run once", async () => {
  const text = list();
  await writeFile(join(folder, "people.csv"), text);
  await withStore("undisturbed", (store) =>
    importContacts({ store, source, input: Readable.from([Buffer.from(text)]) }),
  );

  const seen: number[] = [];
  for (let wait = 300; seen.length < 8 && (seen.at(-1) ?? 0) < rows; wait += 100 + Math.random() * 400) {
    await importKilledAfter(wait);
    seen.push(await written());
  }
  expect([...seen].sort((a, b) => a - b)).toEqual(seen); // what was written stays
  expect(seen.filter((count) => count % 500 !== 0)).toEqual([]); // whole batches only

  const { code, stdout } = await liaison(["import", "--group", "acme", "people.csv"], { cwd: folder });
  const before = seen.at(-1) ?? 0;
  expect(stdout).toContain(
    `${rows} rows: ${rows - before} created, 0 updated, ${before} unchanged, 0 rejected`,
  );
  expect(code).toBe(0);
  expect(await exported("data")).toBe(await exported("undisturbed"));
}, 60_000);
