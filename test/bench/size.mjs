/**
 * The sections that depend on the number of contacts: suggestions, addresses looked up, start and
 * memory, each measured at several sizes in processes of their own; and how they grow, as a plot.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { plotGrowth } from "./growth.mjs";
import { measureStart } from "./start.mjs";
import { table } from "./table.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const plot = here("../../.github/benchmarks/growth.svg");

async function run(file, ...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [here(file), ...args.map(String)]);
  return stdout === "" ? undefined : JSON.parse(stdout);
}

/** Stores full of contacts, made where they are not there yet. */
async function furnish({ data, sizes, seed }) {
  const folders = [];
  for (const size of sizes) {
    const folder = join(data, `${size}-${seed}`);
    await run("furnish.mjs", folder, size, seed);
    folders.push({ size, folder });
  }
  return folders;
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const pair = ([middle, most], digits = 1) => `${middle.toFixed(digits)} / ${most.toFixed(digits)}`;

/** @returns Markdown; `seen` gets what growth is drawn from */
export async function benchSuggestions(options, seen) {
  const rows = [];
  for (const { size, folder } of await furnish(options)) {
    const { sets, six, rss } = await run("suggest/measure.mjs", folder);
    seen.push(
      { name: "suggestion, CPU p50", size, cost: sets[0].cpu[0] },
      { name: "suggestion, documents p50", size, cost: sets[0].documents[0] },
    );
    seen.push({ name: "six addresses, CPU", size, cost: six.together.cpu });
    for (const [at, { recall, strict, wall, cpu, documents }] of sets.entries())
      rows.push([
        size.toLocaleString("en"),
        options.seed + at,
        percent(recall),
        percent(strict),
        pair(wall),
        pair(cpu),
        pair(documents, 0),
      ]);
    rows.push([
      `${size.toLocaleString("en")}, 6 addresses`,
      "",
      `${six.together.calls} call`,
      `${six.single.calls} calls one by one`,
      "",
      `${six.together.cpu.toFixed(2)} against ${six.single.cpu.toFixed(2)}`,
      `memory ${Math.round(rss / 2 ** 20)} MB`,
    ]);
    if (size === 10_000) rows.push(await besideFullScan(folder, size, sets[0]));
  }
  return table(
    [
      "contacts",
      "seed of the queries",
      "recall@5",
      "that very contact",
      "ms p50 / p95",
      "CPU ms p50 / p95",
      "documents read p50 / p95",
    ],
    rows,
  );
}

async function besideFullScan(folder, size, { cpu }) {
  const scan = await run("suggest/full-scan.mjs", folder, 100);
  const times = Math.round(scan.cpu[0] / cpu[0]);
  return [
    `${size.toLocaleString("en")}, Fuse.js alone`,
    scan.queries,
    percent(scan.recall),
    "",
    `${times} × ours at p50`,
    pair(scan.cpu),
    size.toLocaleString("en"),
  ];
}

export async function benchStart(options, seen) {
  const empty = { size: 0, folder: await mkdtemp(join(options.data, "empty-")) };
  const rows = [];
  for (const { size, folder } of [empty, ...(await furnish(options))]) {
    const { ready, cpu, memory } = await measureStart(size === 0 ? folder : join(folder, "data"));
    if (size > 0)
      seen.push({ name: "start, CPU", size, cost: cpu }, { name: "memory, idle", size, cost: memory });
    rows.push([
      size.toLocaleString("en"),
      `${Math.round(ready)} ms`,
      `${Math.round(cpu)} ms`,
      `${Math.round(memory)} MB`,
    ]);
  }
  return table(["contacts", "until ready", "CPU until ready", "memory, idle"], rows);
}

/** Everything relative to its cost at the smallest size. */
export async function drawGrowth(seen) {
  const names = [...new Set(seen.map(({ name }) => name))];
  const series = names.map((name) => {
    const its = seen.filter((point) => point.name === name).sort((a, b) => a.size - b.size);
    return { name, points: its.map(({ size, cost }) => [size, cost / its[0].cost]) };
  });
  await mkdir(here("../../.github/benchmarks"), { recursive: true });
  await writeFile(plot, plotGrowth(series));
}
