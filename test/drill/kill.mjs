/**
 * Drill `kill`: `kill -9` of the app again and again while it works, at random moments, also while it
 * starts; each time it is started again at once. What was not acknowledged is delivered again.
 */
import { setTimeout as pause } from "node:timers/promises";

import { againstSerial } from "./parts/against-serial.mjs";
import { embedded } from "./parts/engines.mjs";
import { seeded } from "./parts/random.mjs";
import { tellVerdict } from "./parts/verdict.mjs";

/**
 * Milliseconds between the start of listening and the next kill, at most; twice as many after a life in
 * which nothing was answered, so that a slow machine gets on as well.
 */
const longestLife = 450;
const longestOfAll = 15_000;
/** One in so many kills hits the app while it starts. */
const hitsStart = 8;

export async function kill({ commands, seed }) {
  const found = await againstSerial({
    name: "kill",
    engine: embedded,
    commands,
    seed,
    minutes: 3 + commands / 100,
    disturb: (stage, signal, ledger) => killAgainAndAgain({ stage, ledger, random: seeded(seed), signal }),
  });
  const { ending, talk } = found;
  return tellVerdict(found, {
    name: "kill",
    tried: `${commands} commands on ${found.issues} issues, \`kill -9\` ${ending.kills} times, every ${ending.everyMs} ms on average`,
    seen: `${talk.again} tries of deliveries were not heard and sent again`,
  });
}

async function killAgainAndAgain({ stage, ledger, random, signal }) {
  let began = performance.now();
  let app = stage.start();
  let url = await app.url;
  const startTakes = performance.now() - began;
  const answered = () => ledger.entries.filter(({ answers }) => answers.length > 0).length;
  let life = longestLife;
  let before = 0;
  let isCalm = false;
  let kills = 0;
  began = performance.now();
  let lasted = 0;

  const killing = (async () => {
    while (!isCalm && !signal.aborted) {
      await pause(random.below(life));
      if (isCalm) return;
      await strike();
      const count = answered();
      life = count > before ? longestLife : Math.min(longestOfAll, life * 2);
      before = count;
      while (random.below(hitsStart) === 0) {
        await pause(random.below(startTakes));
        await strike();
      }
      url = await app.url;
    }
  })();
  killing.catch(() => undefined); // calm() hears it

  async function strike() {
    url = undefined;
    await app.kill();
    kills += 1;
    lasted = performance.now() - began;
    app = stage.start();
  }

  return {
    where: () => url,
    async calm() {
      isCalm = true;
      await killing;
    },
    async end() {
      const code = await app.stop();
      return { kills, code, everyMs: Math.round(lasted / Math.max(1, kills)) };
    },
  };
}
