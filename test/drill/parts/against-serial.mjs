/**
 * One drill over commands: the same ones first one after the other on an undisturbed app, then under
 * whatever the drill does to it; then what came out of both is compared.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { makeCommands } from "./commands.mjs";
import { converse } from "./conversation.mjs";
import { embedded } from "./engines.mjs";
import { keepLedger } from "./ledger.mjs";
import { differences, readOutcome } from "./outcome.mjs";
import { setStage } from "./stage.mjs";

/** So many commands an installation, fewer than GitHub takes comments of one app in a minute. */
const commandsEach = 40;
const issuesEach = 4;
/** A second answer would come now. */
const quiet = 1_000;

/**
 * @param {object} options
 * @param {(stage: object, signal: AbortSignal, ledger: object) => Promise<object>} options.disturb starts the app in
 *   whatever number, begins to trouble it, and returns `where`, `calm()` and `end()`, see the drills
 * @param {number} options.minutes after which everything unanswered counts as lost
 */
export async function againstSerial({
  name,
  engine,
  commands: count,
  seed,
  disturb,
  minutes,
  quietMs = quiet,
}) {
  const accounts = Math.max(2, Math.ceil(count / commandsEach));
  const commands = makeCommands({ count, issues: accounts * issuesEach, seed });
  const shape = { name, accounts, issuesEach, seed };
  const serial = await runSerially({ ...shape, engine: embedded }, commands, minutes);
  const stage = await setStage({ ...shape, engine });
  const signal = AbortSignal.timeout(minutes * 60_000);
  const ledger = keepLedger(stage.world);
  let problems = [];
  try {
    const trouble = await disturb(stage, signal, ledger);
    const began = performance.now();
    const talk = await converse({ stage, ledger, commands, where: trouble.where, isSerial: false, signal });
    const seconds = (performance.now() - began) / 1000;
    await trouble.calm();
    await pause(quietMs);
    const ending = await trouble.end();
    problems = [...differences(serial, await readOutcome(stage, ledger)), ...(ending.problems ?? [])];
    if (problems.length > 0)
      await writeFile(join(stage.folder, "problems.json"), JSON.stringify(problems, null, 1));
    return { problems, talk, seconds, ending, folder: stage.folder, issues: stage.issues.length };
  } catch (error) {
    problems = [{ kind: "drill broke off", detail: error.message }];
    return { problems, talk: {}, seconds: 0, ending: {}, folder: stage.folder, issues: stage.issues.length };
  } finally {
    ledger.stop();
    await stage.close({ keep: problems.length > 0 });
  }
}

async function runSerially(shape, commands, minutes) {
  const stage = await setStage({ ...shape, name: `${shape.name}-serial` });
  const signal = AbortSignal.timeout(minutes * 60_000);
  const ledger = keepLedger(stage.world);
  try {
    const app = stage.start();
    const url = await app.url;
    const { isAnswered } = await converse({
      stage,
      ledger,
      commands,
      where: () => url,
      isSerial: true,
      signal,
    });
    await app.stop();
    const outcome = await readOutcome(stage, ledger);
    const wrong = differences(outcome, outcome);
    if (!isAnswered || wrong.length > 0)
      throw new Error(`the undisturbed run went wrong already: ${JSON.stringify(wrong.slice(0, 3))}`);
    return outcome;
  } finally {
    ledger.stop();
    await stage.close();
  }
}
