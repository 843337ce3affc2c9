/**
 * `node full-scan.mjs FOLDER QUERIES`: what Fuse.js alone does, with all contacts of a small store in memory
 * and the keys that suit it best. Prints a line of JSON.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Fuse from "fuse.js";

import { quantile } from "../random.mjs";
import { judge, plain } from "../typos.mjs";

const [folder, most] = [process.argv[2], Number(process.argv[3])];
const people = JSON.parse(await readFile(join(folder, "people.json"), "utf8"));
const all = JSON.parse(await readFile(join(folder, "queries-0.json"), "utf8"));
const queries = all.filter((_, at) => at % Math.ceil(all.length / most) === 0);
const comparable = (person) => ({
  person,
  address: person.email,
  name: plain(`${person.first} ${person.last}`),
  reversed: plain(`${person.last}, ${person.first}`),
});
const keys = ["address", "name", "reversed"];
const fuse = new Fuse(people.map(comparable), { keys, threshold: 0.6, ignoreFieldNorm: true });

const seen = queries.map((query) => {
  const before = process.cpuUsage();
  const answers = fuse.search(plain(query.typed), { limit: 5 }).map(({ item }) => item.person);
  const { user, system } = process.cpuUsage(before);
  return { good: judge(query, answers) !== "missed", cpu: (user + system) / 1000 };
});
const cpu = [0.5, 0.95].map((share) =>
  quantile(
    seen.map((its) => its.cpu),
    share,
  ),
);
const recall = seen.filter(({ good }) => good).length / seen.length;
process.stdout.write(`${JSON.stringify({ recall, cpu, queries: queries.length })}\n`);
