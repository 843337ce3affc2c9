/**
 * Drill `load`: chatter, commands, edits, news of issues, pings and repeated deliveries, from senders that
 * each send the next when the last is acknowledged: as fast as the machine takes them.
 */
import { setTimeout as pause } from "node:timers/promises";

import { contacts } from "./parts/commands.mjs";
import { embedded } from "./parts/engines.mjs";
import { keepLedger } from "./parts/ledger.mjs";
import { createMix } from "./parts/mix.mjs";
import { createSender } from "./parts/sender.mjs";
import { setStage } from "./parts/stage.mjs";

/** Enough to keep one process busy all the time; more would only measure how long their own queue is. */
const senders = 4;
const shape = { name: "load", engine: embedded, accounts: 24, issuesEach: 4 };
/** Milliseconds within which 99 of 100 deliveries are acknowledged. */
const longestP99 = 250;
/** Of the time: until then caches and the heap may grow. */
const warmUp = 1 / 3;
/** Bytes that the memory may be larger at the end than after warming up: less than a heap between two sweeps. */
const mostGrowth = 64 * 2 ** 20;
/** How long the queue may take to drain, for each second of load. */
const drainFactor = 6;

export async function load({ seconds, seed }) {
  const stage = await setStage({ ...shape, seed });
  const ledger = keepLedger(stage.world);
  let problems = [{ kind: "drill broke off" }];
  try {
    const app = stage.start();
    const seen = await burden({ stage, ledger, app, url: await app.url, seconds, seed });
    problems = judge(seen);
    return { ...tell(seen, seconds), isHeld: problems.length === 0, problems, folder: stage.folder };
  } finally {
    ledger.stop();
    await stage.close({ keep: problems.length > 0 });
  }
}

async function burden({ stage, ledger, app, url, seconds, seed }) {
  const sender = createSender(stage.world);
  const mix = createMix({ stage, ledger, seed, contacts: contacts.length });
  const memory = [];
  const times = [];
  const refused = new Map();
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      memory.push(await app.memory());
      stage.github.requests.length = 0;
      await pause(250);
    }
  })();
  const end = performance.now() + seconds * 1000;
  const send = async () => {
    while (performance.now() < end) {
      const delivery = mix.next();
      const message = sender.sign(delivery);
      const started = performance.now();
      const status = await sender.once(url, message);
      times.push(performance.now() - started);
      if (status !== 202) refused.set(delivery.guid, status);
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
  const started = performance.now();
  const signal = AbortSignal.timeout(Math.max(60, seconds * drainFactor) * 1000);
  await ledger.until(() => ledger.unanswered().length === 0, signal);
  const drained = (performance.now() - started) / 1000;
  isOver = true;
  await watching;
  await pause(500); // a second answer would come now
  await app.stop();
  sender.close();
  return {
    times: times.sort((a, b) => a - b),
    refused,
    memory,
    drained,
    entries: ledger.entries,
    ...mix.made,
  };
}

/** Growth is from the median of the first samples after warming up to the median of the last ones under load. */
function growthOf(memory, drained) {
  const underLoad = memory.slice(0, Math.max(4, memory.length - Math.ceil(drained * 4)));
  const start = Math.floor(underLoad.length * warmUp);
  const length = Math.max(1, Math.floor(underLoad.length / 6));
  return { from: median(underLoad.slice(start, start + length)), to: median(underLoad.slice(-length)) };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const percentile = (sorted, part) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

function judge({ times, refused, memory, drained, entries }) {
  const problems = [...refused].map(([delivery, status]) => ({ kind: "refused", delivery, detail: status }));
  for (const { answers, delivery } of entries) {
    if (answers.length === 1) continue;
    problems.push({ kind: answers.length === 0 ? "lost" : "doubled", delivery: delivery.guid });
  }
  const p99 = percentile(times, 0.99);
  if (p99 > longestP99) problems.push({ kind: "slow", detail: `p99 ${Math.round(p99)} ms` });
  const { from, to } = growthOf(memory, drained);
  if (to - from > mostGrowth) problems.push({ kind: "memory grows", detail: { from, to } });
  return problems;
}

function tell({ times, refused, memory, drained, entries, kinds }, seconds) {
  const count = (isIt) => entries.filter(({ answers }) => isIt(answers.length)).length;
  const { from, to } = growthOf(memory, drained);
  const megabytes = (bytes) => Math.round(bytes / 2 ** 20);
  const mixed = Object.entries(kinds).map(([name, times]) => `${times} ${name}`);
  const total = times.length.toLocaleString("en");
  return {
    name: "load",
    tried: `${seconds} s of ${senders} senders: ${total} deliveries (${mixed.join(", ")})`,
    seen: [
      `${Math.round(times.length / seconds)} a second, ${refused.size} refused`,
      `acknowledged in ${percentile(times, 0.5).toFixed(1)} ms (median), ${percentile(times, 0.99).toFixed(1)} ms (p99)`,
      `memory ${megabytes(from)} MB after warming up, ${megabytes(to)} MB at the end`,
      `queue drained ${drained.toFixed(1)} s later; ${count((n) => n === 0)} lost, ${count((n) => n > 1)} doubled of ${entries.length} commands`,
    ],
  };
}
