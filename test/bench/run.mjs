/**
 * `npm run bench [-- SECTION …]`: measures, and prints Markdown. Sections: suggestions, parser, start,
 * delivery, records; all without any. `--quick` for small sizes; `--sizes 1000,100000`; `--seed N`; `--data DIR`
 * keeps the made-up stores for the next time; `--kill` also kills imports. Draws .github/benchmarks/growth.svg
 * when suggestions are measured at several sizes. Needs the build; not part of `npm test`.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

import { benchDelivery } from "./delivery/index.mjs";
import { benchRecords } from "./records.mjs";
import { benchStart, benchSuggestions, drawGrowth } from "./size.mjs";
import { table } from "./table.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    kill: { type: "boolean", default: false },
    sizes: { type: "string" },
    seed: { type: "string", default: "1" },
    data: { type: "string" },
  },
});
const say = (text) => process.stdout.write(`${text}\n`);
const allSizes = values.quick ? "1000,10000" : "1000,10000,100000,1000000";
const data = values.data ?? (await mkdtemp(join(tmpdir(), "liaison-bench-")));
await mkdir(data, { recursive: true });
const options = { data, sizes: (values.sizes ?? allSizes).split(",").map(Number), seed: Number(values.seed) };
const seen = [];

const sections = {
  suggestions: async () => say(await benchSuggestions(options, seen)),
  parser: async () => {
    const file = fileURLToPath(new URL("parser.mjs", import.meta.url));
    const { rates, worst } = JSON.parse((await promisify(execFile)(process.execPath, [file])).stdout);
    const thousands = (rate) => `${Math.round(rate).toLocaleString("en")},000`;
    say(
      table(
        ["200 characters of", "comments per CPU second", "cheapest scan", "share"],
        rates.map(({ what, parse, scan }) => [
          what,
          thousands(parse),
          thousands(scan),
          (parse / scan).toFixed(2),
        ]),
      ),
    );
    say("");
    const ms = (number) => `${number.toFixed(1)} ms`;
    say(
      table(
        ["the worst texts", "64 KB", "32 KB", "16 KB"],
        worst.map(({ what, whole, half, quarter }) => [
          `\`${what.replaceAll("|", "\\|")}\``,
          ms(whole),
          ms(half),
          ms(quarter),
        ]),
      ),
    );
  },
  start: async () => say(await benchStart(options, seen)),
  delivery: async () => say(await benchDelivery({ data, count: values.quick ? 300 : 2_000 })),
  records: () => benchRecords({ rows: values.quick ? 10_000 : 100_000, kill: values.kill }),
};

const unknown = positionals.filter((name) => !(name in sections));
if (unknown.length > 0)
  throw new Error(`no such section: ${unknown.join(", ")}; there are ${Object.keys(sections).join(", ")}`);

const { model } = cpus()[0] ?? { model: "unknown" };
say(
  `Node ${process.version}, ${cpus().length} × ${model}, load ${loadavg()[0].toFixed(1)}, ${new Date().toISOString().slice(0, 10)}, seed ${options.seed}`,
);
try {
  for (const name of positionals.length > 0 ? positionals : Object.keys(sections)) {
    say(`\n### ${name}\n`);
    await sections[name]();
  }
  if (options.sizes.length > 1 && seen.length > 0) await drawGrowth(seen);
} finally {
  if (values.data === undefined) await rm(data, { recursive: true, force: true });
}
