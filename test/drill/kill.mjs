/**
 * Drill `kill`: `kill -9` of the app again and again while it works, at random moments, also while it
 * starts; each time it is started again at once. What was not acknowledged is delivered again.
 */
import { setTimeout as pause } from "node:timers/promises";

import { againstSerial } from "./parts/against-serial.mjs";
import { embedded } from "./parts/engines.mjs";
import { triedTooLittle } from "./parts/deck.mjs";
import { seeded } from "./parts/random.mjs";
import { tellVerdict } from "./parts/verdict.mjs";

/**
 * Milliseconds between the start of listening and the next kill, at most; on a machine where a start takes
 * longer, as long as that. Twice as many after a life in which nothing was answered.
 */
const shortestLife = 450;
/** Both kinds of kill are tried at least so often. */
const leastOf = (commands) => Math.max(2, Math.floor(commands / 50));
/** However fast the machine: a life ends at the latest when so many commands more are answered. */
const mostAnswered = (commands) => Math.ceil(commands / (4 * leastOf(commands)));
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
    disturb: (stage, signal, ledger) =>
      killAgainAndAgain({
        stage,
        ledger,
        random: seeded(seed),
        signal,
        least: leastOf(commands),
        most: mostAnswered(commands),
      }),
  });
  const { ending, talk } = found;
  return tellVerdict(found, {
    name: "kill",
    tried: `${commands} commands on ${found.issues} issues, \`kill -9\` ${ending.kills["at work"]} times at work and ${ending.kills["while starting"]} times while starting, every ${ending.everyMs} ms on average; a start takes ${ending.startMs} ms`,
    seen: `${talk.again} tries of deliveries were not heard and sent again`,
  });
}

async function killAgainAndAgain({ stage, ledger, random, signal, least, most }) {
  let began = performance.now();
  let app = stage.start();
  let url = await app.url;
  const starts = [performance.now() - began];
  const startTakes = () => [...starts].sort((a, b) => a - b)[Math.floor(starts.length / 2)];
  const longestLife = () => Math.max(shortestLife, startTakes());
  const answered = () => ledger.entries.filter(({ answers }) => answers.length > 0).length;
  let life = longestLife();
  let before = 0;
  let isCalm = false;
  const kills = { "at work": 0, "while starting": 0 };
  began = performance.now();
  let lasted = 0;
  let started = began;

  const killing = (async () => {
    while (!isCalm && !signal.aborted) {
      await lived(random.below(life));
      if (isCalm) return;
      await strike("at work");
      const count = answered();
      life = count > before ? longestLife() : Math.min(longestOfAll, life * 2);
      before = count;
      for (let first = mustHitStart(); first || random.below(hitsStart) === 0; first = false) {
        await pause(random.below(startTakes()));
        await strike("while starting");
      }
      url = await app.url;
      starts.push(performance.now() - started);
    }
  })();
  killing.catch(() => undefined); // calm() hears it

  async function lived(milliseconds) {
    const end = performance.now() + milliseconds;
    const enough = answered() + most;
    while (performance.now() < end && answered() < enough && !isCalm) await pause(5);
  }

  function mustHitStart() {
    return kills["while starting"] < least;
  }

  async function strike(when) {
    url = undefined;
    await app.kill();
    kills[when] += 1;
    lasted = performance.now() - began;
    started = performance.now();
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
      const all = kills["at work"] + kills["while starting"];
      const pace = { everyMs: Math.round(lasted / Math.max(1, all)), startMs: Math.round(startTakes()) };
      return { kills, code, ...pace, problems: triedTooLittle(kills, least) };
    },
  };
}
