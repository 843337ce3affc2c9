/**
 * `node measure.mjs FOLDER`: asks the suggester of a furnished store all its queries, in a process of its
 * own, and counts at the `Collection` interface how many documents are read for each. Prints a line of JSON.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { schema } from "../../../dist/store/documents.js";
import { openStore } from "../../../dist/store/open.js";
import { createSuggester } from "../../../dist/suggest/suggester.js";
import { quantile } from "../random.mjs";
import { counting } from "../counting.mjs";
import { judge } from "../typos.mjs";
import { source } from "../source.mjs";

const folder = process.argv[2];
const most = 5;

const asPerson = ({ firstName, lastName, emailKey = "" }) => ({
  first: firstName,
  last: lastName,
  email: emailKey,
});

async function ask(suggester, counts, { typed }) {
  counts.documents = counts.calls = 0;
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const answers = await suggester.suggest(source, typed, { limit: most });
  const wall = performance.now() - began;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { answers, wall, cpu: (user + system) / 1000, documents: counts.documents, calls: counts.calls };
}

/** Waits until nothing more is read: the sample of the source is complete. */
async function settle(counts) {
  for (let before = -1; before !== counts.documents;) {
    before = counts.documents;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** @returns the 95th percentile of the first questions after a start, in milliseconds of the wall clock */
async function warmUp(suggester, counts, queries) {
  const walls = [];
  for (const query of queries) walls.push((await ask(suggester, counts, query)).wall);
  await settle(counts);
  return quantile(walls.slice(0, 200), 0.95);
}

async function measureSet(suggester, counts, queries) {
  const seen = [];
  for (const query of queries) {
    const { answers, ...its } = await ask(suggester, counts, query);
    seen.push({ ...its, kind: query.kind, verdict: judge(query, answers.map(asPerson)) });
  }
  const share = (verdicts) => seen.filter(({ verdict }) => verdicts.includes(verdict)).length / seen.length;
  const spread = (what) =>
    [0.5, 0.95].map((part) =>
      quantile(
        seen.map((its) => its[what]),
        part,
      ),
    );
  return {
    recall: share(["meant", "as good"]),
    strict: share(["meant"]),
    wall: spread("wall"),
    cpu: spread("cpu"),
    documents: spread("documents"),
    calls: spread("calls"),
  };
}

/** CPU milliseconds and calls for six addresses in one question, and in six. */
async function sixAddresses(store, counts, queries) {
  const contacts = store.collection("contacts");
  const rounds = 50;
  const six = (round) => queries.slice(6 * round, 6 * round + 6).map(({ want }) => want.email);
  const ways = {
    together: (emails) => contacts.find({ ...source, emailKey: { $in: emails } }, { limit: 6 }),
    single: async (emails) => {
      for (const emailKey of emails) await contacts.findOne({ ...source, emailKey });
    },
  };
  const spent = {};
  for (const [name, look] of Object.entries(ways)) {
    counts.calls = 0;
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round++) await look(six(round));
    const { user, system } = process.cpuUsage(before);
    spent[name] = { cpu: (user + system) / 1000 / rounds, calls: counts.calls / rounds };
  }
  return spent;
}

const opened = await openStore({ dataDir: join(folder, "data"), schema });
const { store, counts } = counting(opened);
const suggester = createSuggester(store, { now: () => new Date() });
const [first, second] = await Promise.all(
  [0, 1].map(async (at) => JSON.parse(await readFile(join(folder, `queries-${at}.json`), "utf8"))),
);
// Not measured: code is compiled, and the estimates of the source are completed in the background.
const cold = await warmUp(suggester, counts, second);
const sets = [await measureSet(suggester, counts, first), await measureSet(suggester, counts, second)];
const six = await sixAddresses(store, counts, first);
process.stdout.write(`${JSON.stringify({ sets, cold, six, rss: process.memoryUsage.rss() })}\n`);
await opened.close();
