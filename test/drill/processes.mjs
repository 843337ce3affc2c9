/**
 * Drill `processes`: three processes share one MongoDB server; any of them gets any delivery, and one at
 * a time is killed with `kill -9` and started again. Needs MONGODB_URI, or Python for SecantusDB.
 */
import { setTimeout as pause } from "node:timers/promises";

import { againstSerial } from "./parts/against-serial.mjs";
import { onMongo } from "./parts/engines.mjs";
import { findMongo } from "./parts/mongo.mjs";
import { seeded } from "./parts/random.mjs";
import { tellVerdict } from "./parts/verdict.mjs";

const count = 3;
/** Milliseconds between two kills, at most: the lanes of a killed process wait until its leases end. */
const longestPause = 700;
const mostKills = 60;

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
      disturb: (stage, signal) => killOneAtATime(stage, seeded(seed), signal),
    });
    const { ending, issues, talk } = found;
    return tellVerdict(found, {
      name: "processes",
      tried: `${commands} commands on ${issues} issues, ${count} processes on one ${mongo.name}, one at a time killed ${ending.kills} times`,
      seen: `${talk.again} tries of deliveries were not heard and sent again`,
    });
  } finally {
    await mongo.stop();
  }
}

async function killOneAtATime(stage, random, signal) {
  const running = Array.from({ length: count }, (_, index) => started(index));
  await Promise.all(running.map(({ up }) => up));
  let isCalm = false;
  let kills = 0;
  let turn = 0;

  const killing = (async () => {
    while (!isCalm && !signal.aborted && kills < mostKills) {
      await pause(random.below(longestPause));
      if (isCalm) return;
      const index = random.below(count);
      await running[index].app.kill();
      kills += 1;
      running[index] = started(index);
      await running[index].up;
    }
  })();
  killing.catch(() => undefined); // calm() hears it

  function started(index) {
    const app = stage.start(`app-${index + 1}`);
    const one = { app, url: undefined, up: app.url.then((url) => (one.url = url)) };
    return one;
  }

  return {
    /** In turn, those that are up. */
    where() {
      const up = running.filter(({ app, url }) => url !== undefined && !app.hasEnded());
      return up[(turn += 1) % Math.max(1, up.length)]?.url;
    },
    async calm() {
      isCalm = true;
      await killing;
    },
    async end() {
      await Promise.all(running.map(({ app }) => app.stop()));
      return { kills };
    },
  };
}
