/**
 * `npm run bench [-- --quick]`: import, repeated import, dry run and export of 100,000 made-up contacts
 * (10,000 with --quick) on a fresh embedded store, each in a process of its own, beside the bare
 * inserts of the same rows into SQLite. Prints a Markdown table. `-- --kill` also kills imports of the
 * whole list and compares what repeating them leads to. Needs the build; not part of `npm test`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { makeFile } from "./contacts.mjs";

const stageFile = fileURLToPath(new URL("./stage.mjs", import.meta.url));
const rows = process.argv.includes("--quick") ? 10_000 : 100_000;
const folder = await mkdtemp(join(tmpdir(), "liaison-bench-"));
const file = join(folder, "contacts.csv");
const say = (line) => process.stdout.write(`${line}\n`);

const start = (stage, data, path) =>
  spawn(process.execPath, [stageFile, stage, join(folder, data), path, String(rows)], {
    stdio: ["ignore", "pipe", "inherit"],
  });

async function run(stage, data, path = file) {
  const child = start(stage, data, path);
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (code !== 0) throw new Error(`${stage} ended with ${code}`);
  return JSON.parse(output);
}

function row(name, seen, bare) {
  const { seconds, cpu, peak, growth, stall } = seen;
  const megabytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;
  const times = (seconds / bare.seconds).toFixed(1);
  const speed = Math.round(rows / seconds).toLocaleString("en");
  const perCpu = Math.round(rows / cpu).toLocaleString("en");
  return `| ${name} | ${speed} | ${perCpu} | ${times} | ${megabytes(peak)} | ${megabytes(growth)} | ${Math.round(stall)} ms |`;
}

async function measure() {
  const bare = await run("bare", ".");
  const seen = [
    ["bare inserts into SQLite", bare],
    ["first import", await run("import", "data")],
    ["the same import again", await run("import", "data")],
    ["dry run", await run("dry-run", "data")],
    ["export", await run("export", "data", join(folder, "exported.csv"))],
  ];
  const { model } = cpus()[0] ?? { model: "unknown" };
  say(
    `${rows.toLocaleString("en")} contacts, Node ${process.version}, ${cpus().length} × ${model}, load ${loadavg()[0]?.toFixed(1)}, ${new Date().toISOString().slice(0, 10)}\n`,
  );
  say(
    "| | rows/s | rows per CPU second | time, bare = 1 | peak memory | growth from 20 % to 100 % | longest stall |",
  );
  say("|---|--:|--:|--:|--:|--:|--:|");
  for (const [name, its] of seen) say(row(name, its, bare));
}

/** Kills the import at moments spread over an undisturbed one, then lets it end. */
async function killAndRepeat() {
  const { seconds } = await run("import", "undisturbed");
  for (const part of [0.2, 0.5, 0.5]) {
    const child = start("import", "killed", file);
    const exit = once(child, "exit");
    await Promise.race([exit, pause(seconds * part * 1000)]);
    child.kill("SIGKILL");
    await exit;
  }
  const { unchanged, created } = await run("import", "killed");
  for (const data of ["undisturbed", "killed"]) await run("export", data, join(folder, `${data}.csv`));
  const [undisturbed, repeated] = await Promise.all(
    ["undisturbed", "killed"].map((data) => readFile(join(folder, `${data}.csv`))),
  );
  const same = undisturbed.equals(repeated);
  say(
    `\nKilled three times, then ${unchanged} unchanged and ${created} created: ${same ? "the same" : "ANOTHER"} export.`,
  );
  if (!same) process.exitCode = 1;
}

try {
  await pipeline(Readable.from(makeFile(rows)), createWriteStream(file));
  await measure();
  if (process.argv.includes("--kill")) await killAndRepeat();
} finally {
  await rm(folder, { recursive: true, force: true });
}
