/**
 * Drill `github`: one in five requests to GitHub goes wrong, in every way there is: refused before
 * anything happened, and, what is worse, done without a proper answer.
 */
import { setTimeout as pause } from "node:timers/promises";

import { againstSerial } from "./parts/against-serial.mjs";
import { embedded } from "./parts/engines.mjs";
import { createDeck, triedTooLittle } from "./parts/deck.mjs";
import { seeded } from "./parts/random.mjs";
import { tellVerdict } from "./parts/verdict.mjs";

const share = 0.2;
/** A second attempt of something that was done but not answered comes about now. */
const quietMs = 4_000;

const limited = { message: "You have exceeded a secondary rate limit. Please wait a few minutes." };
const soon = { "retry-after": "1" };

/** The app has asked again by then: what is done now is done twice. */
const lateMs = 3_000;
/** How long a second answer may stand, in milliseconds. */
const longestTwin = 45_000;
/** Each kind of fault is tried at least so often. */
const leastOf = (commands) => Math.max(1, Math.floor(commands / 50));

/** Name, weight, and what goes wrong. The slow ones are rarer: everybody waits for them. */
const faults = (delayMs) => [
  ["500 before", 3, { status: 500 }],
  ["502 before", 3, { status: 502 }],
  ["500 after", 4, { status: 500, afterEffect: true }],
  ["502 after", 4, { status: 502, afterEffect: true }],
  ["503 with retry-after", 2, { status: 503, headers: soon }],
  ["429", 3, { status: 429, headers: soon }],
  ["secondary limit", 3, { status: 403, headers: soon, body: limited }],
  ["reset before", 3, { reset: true }],
  ["reset after", 4, { reset: true, afterEffect: true }],
  ["reset, done late", 4, { reset: true, effectAfterMs: lateMs }],
  ["broken JSON", 4, { brokenJson: true }],
  ["late start", 1, { delayMs }],
  ["late answer", 1, { answerAfterMs: delayMs }],
];

export async function github({ commands, seed, delayMs }) {
  const found = await againstSerial({
    name: "github",
    engine: embedded,
    commands,
    seed,
    minutes: 5 + commands / 100,
    quietMs,
    disturb: (stage, signal, ledger) =>
      failOften({ stage, ledger, random: seeded(seed), delayMs, least: leastOf(commands) }),
  });
  const { ending, issues } = found;
  const ways = Object.entries(ending.ways ?? {}).map(([name, times]) => `${name} ${times}`);
  return tellVerdict(found, {
    name: "github",
    tried: `${commands} commands on ${issues} issues, ${ending.failed} of ${ending.asked} requests to GitHub went wrong (${ways.join(", ")}; late is ${delayMs / 1000} s)`,
    seen: `${ending.postponed} tries were postponed, ${ending.takenBack} second answers were taken back`,
  });
}

async function failOften({ stage, ledger, random, delayMs, least }) {
  let asked = 0;
  const app = stage.start();
  const url = await app.url;
  const deck = createDeck(faults(delayMs), random, least);
  stage.github.faults.each(() => {
    asked += 1;
    return random.chance() < share ? deck.draw() : undefined;
  });
  return {
    where: () => url,
    /** A good day again: until then a second answer may come, and until now it may stand. */
    async calm() {
      stage.github.faults.clear();
      await pause(Math.max(lateMs, delayMs) + 500);
      const isSingle = () => ledger.entries.every(({ answers }) => answers.length === 1);
      await ledger.until(isSingle, AbortSignal.timeout(longestTwin));
    },
    async end() {
      await app.stop();
      const failed = Object.values(deck.drawn).reduce((sum, times) => sum + times, 0);
      return {
        ...{ ways: deck.drawn, asked, failed, takenBack: ledger.takenBack() },
        problems: triedTooLittle(deck.drawn, least),
        postponed: await app.logged('"state":"postponed"'),
      };
    },
  };
}
