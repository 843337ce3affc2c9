/**
 * Drill `processes`: three processes share one MongoDB server; any of them gets any delivery, and one at
 * a time is killed with `kill -9` and started again. Needs MONGODB_URI, or Python for SecantusDB.
 */
import { setTimeout as pause } from "node:timers/promises";

import { againstSerial } from "./parts/against-serial.mjs";
import { onMongo } from "./parts/engines.mjs";
import { findMongo } from "./parts/mongo.mjs";
import { triedTooLittle } from "./parts/deck.mjs";
import { seeded } from "./parts/random.mjs";
import { tellVerdict } from "./parts/verdict.mjs";

const count = 3;
/** Milliseconds between two kills, at most: the lanes of a killed process wait until its leases end. */
const longestPause = 700;
const mostKills = 60;
const leastKills = 4;
/** Milliseconds that a process is stopped for, and then goes on as if nothing had been: longer than a lease. */
const frozenFor = { least: 16_000, more: 4_000 };
/** How often that is done. */
const zombiesOf = (commands) => (commands >= 500 ? 3 : 1);

export async function processes({ commands, seed, requireMongo }) {
  const mongo = await findMongo();
  if (mongo.uri === undefined) {
    const tried = `${count} processes on one MongoDB server: ${mongo.why}`;
    return { name: "processes", tried, seen: [], isHeld: requireMongo ? false : undefined };
  }
  try {
    const found = await againstSerial({
      name: "processes",
      engine: onMongo(mongo.uri),
      commands,
      seed,
      minutes: 4 + commands / 50,
      disturb: (stage, signal) => killOneAtATime(stage, seeded(seed), signal, zombiesOf(commands)),
    });
    const { ending, issues, talk } = found;
    return tellVerdict(found, {
      name: "processes",
      tried: `${commands} commands on ${issues} issues, ${count} processes on one ${mongo.name}, one at a time killed ${ending.tried.kills} times, one stopped ${ending.tried.zombies} times for 16 to 20 s`,
      seen: `${talk.again} tries of deliveries were not heard and sent again`,
    });
  } finally {
    await mongo.stop();
  }
}

async function killOneAtATime(stage, random, signal, leastZombies) {
  const running = Array.from({ length: count }, (_, index) => started(index));
  await Promise.all(running.map(({ up }) => up));
  let isCalm = false;
  const tried = { kills: 0, zombies: 0 };
  let turn = 0;

  /** The last one freezes at work, again and again; the others are killed meanwhile. */
  const freezing = (async () => {
    while (tried.zombies < leastZombies && !signal.aborted) {
      await pause(random.below(longestPause));
      const one = running[count - 1];
      one.isFrozen = true;
      await one.app.freeze(frozenFor.least + random.below(frozenFor.more));
      one.isFrozen = false;
      tried.zombies += 1;
    }
  })();
  freezing.catch(() => undefined); // calm() hears it

  const killing = (async () => {
    while ((!isCalm || tried.kills < leastKills) && !signal.aborted && tried.kills < mostKills) {
      await pause(random.below(longestPause));
      if (isCalm && tried.kills >= leastKills) return;
      const index = random.below(count - 1);
      await running[index].app.kill();
      tried.kills += 1;
      running[index] = started(index);
      await running[index].up;
    }
  })();
  killing.catch(() => undefined); // calm() hears it

  function started(index) {
    const app = stage.start(`app-${index + 1}`);
    const one = { app, isFrozen: false, url: undefined, up: app.url.then((url) => (one.url = url)) };
    return one;
  }

  return {
    /** In turn, those that are up and awake. */
    where() {
      const up = running.filter(
        ({ app, url, isFrozen }) => url !== undefined && !isFrozen && !app.hasEnded(),
      );
      return up[(turn += 1) % Math.max(1, up.length)]?.url;
    },
    async calm() {
      isCalm = true;
      await Promise.all([killing, freezing]);
    },
    async end() {
      await Promise.all(running.map(({ app }) => app.stop()));
      return { tried, problems: triedTooLittle(tried, leastZombies) };
    },
  };
}
