/**
 * `npm run drill [-- kill processes github load]`: the promise of the README, that what GitHub has handed
 * over is carried out once, tried under crashes, several processes, a failing GitHub and load. Prints a
 * Markdown table; exits with 1 when something did not hold, and says where the evidence is.
 *
 *   --full               1,000 commands, 60 s of load, 20 s of delay; else 100, 10 s, 12 s
 *   --commands N         --seconds N         --delay SECONDS
 *   --seed N             repeats what a run with that seed did; printed in any case
 *   --require-mongo      a missing MongoDB is a failure, not a skip (the server of MONGODB_URI, else SecantusDB)
 *
 * Needs the build (`npm run drill` makes it); only loopback, data in temporary folders.
 */
import { randomInt } from "node:crypto";
import { cpus } from "node:os";
import { parseArgs } from "node:util";

import { github } from "./github.mjs";
import { kill } from "./kill.mjs";
import { load } from "./load.mjs";
import { endWhenInterrupted, unlessInterrupted } from "./parts/ending.mjs";
import { processes } from "./processes.mjs";

const drills = { kill, processes, github, load };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: "boolean", default: false },
    "require-mongo": { type: "boolean", default: false },
    commands: { type: "string" },
    seconds: { type: "string" },
    delay: { type: "string" },
    seed: { type: "string" },
  },
});

const say = (line) => process.stdout.write(`${line}\n`);
const unknown = positionals.filter((name) => !(name in drills));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no drill ${unknown.join(", ")}; there are ${Object.keys(drills).join(", ")}\n`,
  );
  process.exit(2);
}

const number = (name, small, full) => Number(values[name] ?? (values.full ? full : small));
const options = {
  commands: number("commands", 100, 1000),
  seconds: number("seconds", 10, 60),
  delayMs: number("delay", 12, 20) * 1000,
  seed: Number(values.seed ?? randomInt(1, 1_000_000)),
  requireMongo: values["require-mongo"],
};

endWhenInterrupted();

const results = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(drills)) {
  process.stderr.write(`drill ${name}, seed ${options.seed} …\n`);
  results.push(await drills[name](options).catch((error) => brokenOff(name, error)));
  await unlessInterrupted();
}

const date = new Date().toISOString().slice(0, 10);
say(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, seed ${options.seed}, ${date}\n`,
);
say("| drill | what was tried | what was seen | |");
say("|---|---|---|---|");
for (const { name, tried, seen, isHeld } of results)
  say(`| ${name} | ${tried} | ${seen.join("; ")} | ${verdictOf(isHeld)} |`);
for (const { name, problems = [], folder } of results.filter(({ isHeld }) => isHeld === false)) {
  say(`\n${name}: repeat with --seed ${options.seed}; data, logs and all problems are in ${folder}`);
  for (const problem of problems.slice(0, 10)) say(`  ${JSON.stringify(problem)}`);
}
process.exit(results.some(({ isHeld }) => isHeld === false) ? 1 : 0);

/** What could not be tried to the end has not held. */
function brokenOff(name, { message }) {
  return { name, tried: "broke off", seen: [message], isHeld: false, folder: "no folder" };
}

/** @param isHeld undefined when it was not tried */
function verdictOf(isHeld) {
  if (isHeld === undefined) return "skipped";
  return isHeld ? "held" : "**NOT HELD**";
}
