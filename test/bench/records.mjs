/**
 * Records at size: import, repeated import, dry run and export of 100,000 made-up contacts (10,000 with
 * `--quick`) on a fresh embedded store, each in a process of its own, beside the bare inserts of the
 * same rows into SQLite. Prints a Markdown table. `--kill` also kills imports of the whole list at
 * several points and compares what repeating them leads to.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";

import { makeFile } from "./contacts.mjs";

const stageFile = fileURLToPath(new URL("./stage.mjs", import.meta.url));
const say = (line) => process.stdout.write(`${line}\n`);

const start = ({ folder, file, rows }, stage, data, path = file) =>
  spawn(process.execPath, [stageFile, stage, join(folder, data), path, String(rows)], {
    stdio: ["ignore", "pipe", "inherit"],
  });

/** @returns what the stage saw: its last line */
async function run(bench, stage, data, path) {
  const child = start(bench, stage, data, path);
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (code !== 0) throw new Error(`${stage} ended with ${code}`);
  return JSON.parse(output.trim().split("\n").at(-1));
}

function row(rows, name, seen, bare) {
  const { seconds, cpu, peak, growth, stall } = seen;
  const megabytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;
  const times = (seconds / bare.seconds).toFixed(1);
  const speed = Math.round(rows / seconds).toLocaleString("en");
  const perCpu = Math.round(rows / cpu).toLocaleString("en");
  return `| ${name} | ${speed} | ${perCpu} | ${times} | ${megabytes(peak)} | ${megabytes(growth)} | ${Math.round(stall)} ms |`;
}

async function measure(bench) {
  const { rows, folder } = bench;
  const bare = await run(bench, "bare", ".");
  const seen = [
    ["bare inserts into SQLite", bare],
    ["first import", await run(bench, "import", "data")],
    ["the same import again", await run(bench, "import", "data")],
    ["dry run", await run(bench, "dry-run", "data")],
    ["export", await run(bench, "export", "data", join(folder, "exported.csv"))],
  ];
  const { model } = cpus()[0] ?? { model: "unknown" };
  say(
    `${rows.toLocaleString("en")} contacts, Node ${process.version}, ${cpus().length} × ${model}, load ${loadavg()[0]?.toFixed(1)}, ${new Date().toISOString().slice(0, 10)}\n`,
  );
  say(
    "| | rows/s | rows per CPU second | time, bare = 1 | peak memory | growth from 20 % to 100 % | longest stall |",
  );
  say("|---|--:|--:|--:|--:|--:|--:|");
  for (const [name, its] of seen) say(row(rows, name, its, bare));
}

/** Kills an import as soon as it has told of so many rows. */
async function killAt(bench, data, rows) {
  const child = start(bench, "import", data);
  const exit = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    if (JSON.parse(line).rows < rows) continue;
    child.kill("SIGKILL");
    break;
  }
  const [, signal] = await exit;
  if (signal !== "SIGKILL") throw new Error(`the import ended before ${rows} rows`);
}

/** An import that is killed at several points, then let to its end, beside one that is not disturbed. */
async function killAndRepeat(bench) {
  const { folder, rows } = bench;
  await run(bench, "import", "undisturbed");
  for (const part of [0.2, 0.5, 0.8]) await killAt(bench, "killed", rows * part);
  const { unchanged, created } = await run(bench, "import", "killed");
  const exports = ["undisturbed", "killed"].map((data) => [data, join(folder, `${data}.csv`)]);
  for (const [data, path] of exports) await run(bench, "export", data, path);
  const [undisturbed, repeated] = await Promise.all(exports.map(([, path]) => readFile(path)));
  const same = undisturbed.equals(repeated);
  say(
    `\nKilled at 20 %, 50 % and 80 % of the rows, then ${unchanged} unchanged and ${created} created: ${same ? "the same" : "ANOTHER"} export.`,
  );
  if (!same) process.exitCode = 1;
}

/** @param rows how many contacts; `kill`: also kill and repeat imports */
export async function benchRecords({ rows, kill }) {
  const folder = await mkdtemp(join(tmpdir(), "liaison-bench-"));
  const bench = { rows, folder, file: join(folder, "contacts.csv") };
  try {
    await pipeline(Readable.from(makeFile(rows)), createWriteStream(bench.file));
    await measure(bench);
    if (kill) await killAndRepeat(bench);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
