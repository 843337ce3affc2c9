/**
 * The parser, in a process of its own (`node parser.mjs`, prints a line of JSON): how many comments of
 * 200 characters a second, beside the cheapest scan there could be, and how long the worst texts take.
 * All per second of CPU, which another job on the machine disturbs least.
 */
import { quickActions } from "../../dist/commands/index.js";
import { createParser } from "../../dist/quick-actions/index.js";

const parser = createParser(quickActions.map(({ name }) => name));
const length = 200;
const sized = (text) => text.slice(0, length).padEnd(length, "x");

const texts = {
  chatter: sized(
    "Thanks, I could see the same thing on my side today. It only happens with the second account, and after a while. Could somebody have a look at the attached trace, please? There is no hurry at all, though.",
  ),
  "chatter with links": sized(
    "Thanks, I could see the same on my side. It only happens with the second account, and/or after a while. Could you have a look at https://acme.example/trace/42, please?\nThere is no hurry at all, though.",
  ),
  "a command": sized(
    "Thanks, I talked to both of them, and they can reproduce it with the latest release.\n\n/add_contacts [contact:jane@acme.com] [contact:bob@acme.com]\n\nLet us look at it tomorrow, all of us together.",
  ),
  "a command beside a list and code": sized(
    "Thanks, they can reproduce it:\n\n- with `1.2`\n- with `1.3`\n\n/add_contacts [contact:jane@acme.com] [contact:bob@acme.com]\n\nLet us look at it tomorrow, all of us together.",
  ),
};

/** No less can be asked: is there a line that starts with a slash? */
const cheapest = /^[ \u3000]{0,3}[/／]/mu;

const spent = (before) => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** @returns thousands of calls a second of CPU */
function rate(work) {
  const rounds = [];
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage();
    const began = performance.now();
    let calls = 0;
    for (; performance.now() - began < 300; calls += 500) for (let n = 0; n < 500; n++) work();
    rounds.push(calls / spent(before));
  }
  return Math.max(...rounds);
}

const fill = (unit, size) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
/** What Markdown and the language open, nest or look ahead for. */
const units = [
  ...[
    "[",
    "`",
    "` `` ``` ",
    "<",
    '<a b="',
    "<!--",
    "- ",
    "  - ",
    "|",
    "> a\n",
    ">>>\n",
    "[](",
    "[[]",
    "[a]: b\n",
  ],
  ...[
    "a|b\n-|-\n",
    "|\n|-\n",
    "a\n\n-\n",
    "a\n=\n",
    "a\n-\n",
    "> > ",
    "> # a\n",
    "> - ",
    "> ```\n",
    "1. ",
    "# ",
    "\\",
  ],
  ...[
    "/x\n",
    "/contcats\n",
    "[contact:",
    '"',
    '\\"',
    '"[',
    "a@",
    'k:"',
    ",",
    "e\u0301",
    "\t",
    "![",
    "[^1]: x\n",
    "</",
  ],
];
const shapes = {
  "after a command": (unit, size) => `/contacts\n${fill(unit, size - 10)}`,
  "before a command": (unit, size) => `x ${fill(unit, size - 12)}\n/contacts`,
  "in commands": (unit, size) => fill(`/add_contacts ${fill(unit, 1_200).replaceAll("\n", " ")}\n`, size),
  "between commands": (unit, size) => fill(`/contacts\n${unit}\n`, size),
};

function milliseconds(text) {
  const tries = [];
  for (let n = 0; n < 3; n++) {
    const before = process.cpuUsage();
    parser.parse(text);
    tries.push(spent(before));
  }
  return Math.min(...tries);
}

/** The texts that take longest at 64 KB, and what they take at a half and a quarter of it. */
function worst(count) {
  const tried = Object.entries(shapes).flatMap(([place, shape]) =>
    units.map((unit) => ({ place, unit, shape, whole: milliseconds(shape(unit, 65_536)) })),
  );
  tried.sort((a, b) => b.whole - a.whole);
  return tried.slice(0, count).map(({ place, unit, shape, whole }) => ({
    what: `${JSON.stringify(unit)} ${place}`,
    whole,
    half: milliseconds(shape(unit, 32_768)),
    quarter: milliseconds(shape(unit, 16_384)),
  }));
}

let found = 0;
const rates = Object.entries(texts).map(([what, text]) => ({
  what,
  parse: rate(() => parser.parse(text)),
  scan: rate(() => (found += cheapest.test(text) ? 1 : 0)),
}));
process.stdout.write(`${JSON.stringify({ rates, worst: worst(8), found: found > 0 })}\n`);
