/** One noisy account never delays another: a few lanes each, and none while its installation is limited. */
import { describe, expect, test } from "@jest/globals";
import type { ConversationEvent } from "../../src/conversation/event.js";
import { RetryableError } from "../../src/github/errors.js";
import { engines } from "../support/stores.js";
import { hold } from "./open-door.js";
import { useWorker } from "./use-worker.js";
import { comment, until } from "./workshop.js";

const [noisy, quiet] = [1001, 2002];
const quietPlace = comment(1, "").place;

describe.each(engines())("on the $name engine", (engine) => {
  const { bench, open } = useWorker(engine);

  const putNoisy = async (count: number) => {
    for (let n = 1; n <= count; n += 1) await bench().inbox.put(comment(n, `noisy ${n}`));
  };
  /** Of another account with an installation of its own. */
  const putQuiet = (issue: number, text: string) => {
    const event = comment(issue, text, text, quiet);
    return bench().inbox.put({ ...event, place: { ...quietPlace, ...event.place, installation: 7002 } });
  };
  const noisyOnly = (handle: () => Promise<unknown>) => (event: ConversationEvent) =>
    "text" in event && event.text.startsWith("noisy") ? handle() : Promise.resolve();

  test("200 deliveries of an account that takes forever leave room for another's", async () => {
    await putNoisy(200);
    const release = hold();
    const { handled, worker } = open(
      noisyOnly(() => release.promise),
      { concurrency: 8, lanesOfAnAccount: 4 },
    );
    worker.nudge();
    await until(() => handled.length === 4);
    const waited: number[] = [];
    for (let n = 1; n <= 20; n += 1) {
      const started = performance.now();
      await putQuiet(n, `quiet ${n}`);
      worker.nudge();
      await until(() => handled.includes(`quiet ${n}`));
      waited.push(performance.now() - started);
    }
    expect(handled.filter((text) => text.startsWith("noisy"))).toHaveLength(4);
    waited.sort((a, b) => a - b);
    expect(waited[18]).toBeLessThan(500);
    const stopping = worker.stop();
    release.resolve();
    await stopping;
  });

  test.each([
    ["its own installation", 7001, 4, 200],
    ["an installation it only asks something of", 7002, 20, 20],
  ])("after a limit of %s (%i) %i questions are asked, not %i", async (_, installation, most, all) => {
    await putNoisy(all);
    const limited = noisyOnly(() => Promise.reject(new RetryableError("wait", 60_000, installation)));
    const { handled, work } = open(limited, { lanesOfAnAccount: 4 });
    await work();
    expect(handled.length).toBeLessThanOrEqual(most);
    await putQuiet(1, "quiet");
    await work();
    expect(handled).toContain("quiet");
    expect(handled.length).toBeLessThanOrEqual(most + 1);
  });

  test("when the limit is over, everything is worked on", async () => {
    await putNoisy(12);
    let limits = 1;
    const limited = noisyOnly(() =>
      limits-- > 0 ? Promise.reject(new RetryableError("wait", 60_000, 7001)) : Promise.resolve(),
    );
    const { ended, work } = open(limited, { lanesOfAnAccount: 1 });
    await work();
    expect(ended.map(({ state }) => state)).toEqual(["postponed"]);
    await work(59_000);
    expect(ended).toHaveLength(1);
    await work(20_000);
    expect(ended.filter(({ state }) => state === "done")).toHaveLength(12);
  });

  test("what is due later lets what arrives before it go first", async () => {
    const due = new Date(bench().clock.now().getTime() + 60_000);
    await bench().inbox.put(comment(1, "owed"), due);
    await bench().inbox.put(comment(1, "meanwhile"));
    const { handled, work } = open();
    await work();
    expect(handled).toEqual(["meanwhile"]);
    await work(30_000);
    expect(handled).toEqual(["meanwhile"]);
    await work(30_000);
    expect(handled).toEqual(["meanwhile", "owed"]);
  });

  test("the inbox knows what was stored, by account and GUID", async () => {
    await bench().inbox.put(comment(1, "a"));
    expect(await bench().inbox.knows(noisy, "a")).toBe(true);
    expect(await bench().inbox.knows(noisy, "b")).toBe(false);
    expect(await bench().inbox.knows(quiet, "a")).toBe(false);
  });
});
