/**
 * One measured stage in a process of its own: `node stage.mjs import|dry-run|export|bare FOLDER FILE ROWS`.
 * Prints how many rows are done after each batch of an import, and what it saw at the end, each as a line
 * of JSON. Memory is compared between the first fifth and the end.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { pipeline } from "node:stream/promises";

import { exportContacts } from "../../dist/records/export.js";
import { importContacts } from "../../dist/records/import.js";
import { schema } from "../../dist/store/documents.js";
import { openStore } from "../../dist/store/open.js";
import { makeRows } from "./contacts.mjs";

const source = { account: 1, group: "" };
const [stage, folder, file, rowsText] = process.argv.slice(2);
const rows = Number(rowsText);
const loop = monitorEventLoopDelay({ resolution: 1 });
const memory = { early: 0 };
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

/** Memory of the whole process when a fifth is done. */
function sawRows(done) {
  if (memory.early === 0 && done >= rows / 5) memory.early = process.memoryUsage.rss();
}

const stages = {
  import: (store) => bringIn(store, false),
  "dry-run": (store) => bringIn(store, true),
  async export(store) {
    let done = 0;
    async function* counted() {
      for await (const piece of exportContacts({ store, source })) {
        sawRows((done += 500));
        yield piece;
      }
    }
    await pipeline(counted, createWriteStream(file));
    return {};
  },
};

const bringIn = (store, dryRun) =>
  importContacts({
    store,
    source,
    dryRun,
    input: createReadStream(file),
    onProgress({ rows: done }) {
      sawRows(done);
      say({ rows: done });
    },
  });

/** What SQLite takes for the bare documents: no keys, no checks, one index. */
async function insertBare() {
  const { default: Database } = await import("libsql");
  const database = new Database(join(folder, "bare.db"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec(
    "CREATE TABLE documents (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, doc TEXT NOT NULL)",
  );
  const insert = database.prepare("INSERT INTO documents (id, doc) VALUES (?, ?)");
  let done = 0;
  for (const row of makeRows(rows)) {
    if (done % 100 === 0) database.exec("BEGIN");
    insert.run([`1:${done}`, JSON.stringify(row)]);
    if (++done % 100 === 0 || done === rows) {
      database.exec("COMMIT");
      sawRows(done);
      await new Promise(setImmediate);
    }
  }
  database.close();
  return {};
}

async function withStore(work) {
  const store = await openStore({ dataDir: folder, schema });
  try {
    return await measured(() => work(store));
  } finally {
    await store.close();
  }
}

async function measured(work) {
  loop.enable();
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  const totals = await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  const seconds = (performance.now() - began) / 1000;
  loop.disable();
  const end = process.memoryUsage.rss();
  return {
    ...totals,
    seconds,
    cpu: (user + system) / 1e6,
    peak: process.resourceUsage().maxRSS * 1024,
    growth: end - memory.early,
    stall: loop.max / 1e6,
  };
}

const seen = await (stage === "bare" ? measured(insertBare) : withStore(stages[stage]));
say(seen);
