/**
 * Drill `github`: one in five requests to GitHub goes wrong, in every way there is: refused before
 * anything happened, and, what is worse, done without a proper answer.
 */
import { againstSerial } from "./parts/against-serial.mjs";
import { embedded } from "./parts/engines.mjs";
import { seeded } from "./parts/random.mjs";
import { tellVerdict } from "./parts/verdict.mjs";

const share = 0.2;
/** A second attempt of something that was done but not answered comes about now. */
const quietMs = 4_000;

const limited = { message: "You have exceeded a secondary rate limit. Please wait a few minutes." };
const soon = { "retry-after": "1" };

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
    disturb: (stage) => failOften(stage, seeded(seed), delayMs),
  });
  const { ending, issues } = found;
  const ways = Object.entries(ending.ways ?? {}).map(([name, times]) => `${name} ${times}`);
  return tellVerdict(found, {
    name: "github",
    tried: `${commands} commands on ${issues} issues, ${ending.failed} of ${ending.asked} requests to GitHub went wrong (${ways.join(", ")}; late is ${delayMs / 1000} s)`,
    seen: `${ending.postponed} tries were postponed`,
  });
}

async function failOften(stage, random, delayMs) {
  const ways = {};
  let asked = 0;
  const app = stage.start();
  const url = await app.url;
  const choices = faults(delayMs).map(([name, weight, fault]) => [weight, { name, fault }]);
  stage.github.faults.each(() => {
    asked += 1;
    if (random.chance() >= share) return undefined;
    const { name, fault } = random.weighted(choices);
    ways[name] = (ways[name] ?? 0) + 1;
    return fault;
  });
  return {
    where: () => url,
    calm: async () => undefined,
    async end() {
      stage.github.faults.clear();
      await app.stop();
      const failed = Object.values(ways).reduce((sum, times) => sum + times, 0);
      return { ways, asked, failed, postponed: await app.logged('"state":"postponed"') };
    },
  };
}
