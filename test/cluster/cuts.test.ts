/**
 * A network that breaks at any one step of handling a comment, before the server heard of it or before we
 * heard its answer; that is slow; that goes away. LIAISON_TEST_OUTAGE_SECONDS makes it stay away longer.
 */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { setTimeout as pause } from "node:timers/promises";
import { startMongoServer, type MongoServer } from "../mongo/server.mjs";
import type { ServeProcess } from "../e2e/serve-process.js";
import { describeOwnServer } from "./own-server.js";
import { openProxy, type Proxy, type Step } from "./proxy.js";
import { setStage, type Stage } from "./stage.js";
import { startToggling, type Toggling } from "./toggling.js";

const outageMs = Number(process.env.LIAISON_TEST_OUTAGE_SECONDS ?? 5) * 1000;

describeOwnServer("a comment ends as undisturbed though the network", () => {
  let server: MongoServer | undefined;
  let proxy: Proxy;
  let stage: Stage;
  let app: ServeProcess;
  let toggling: Toggling;
  let count = 2;
  beforeAll(async () => {
    server = await startMongoServer();
    proxy = await openProxy(server.port);
    // Else the driver would ask the server for its address, and go there.
    stage = await setStage(server.uri, proxy.uri, "?directConnection=true");
    app = await stage.start();
    toggling = await startToggling(stage, app);
  }, 120_000);
  afterAll(async () => {
    await stage.close();
    await proxy.leave();
    await server?.stop();
  });

  const endsAsExpected = async () => {
    const expected = toggling.expected();
    count += 1;
    expect(await toggling.next()).toEqual(expected);
  };

  /** The steps of one comment that nothing disturbs, each with how often it came before. */
  const stepsOfOne = async () => {
    proxy.taken();
    await endsAsExpected();
    const seen = new Map<Step, number>();
    return proxy.taken().map((step) => {
      seen.set(step, (seen.get(step) ?? 0) + 1);
      return { step, occurrence: seen.get(step) ?? 1 };
    });
  };

  test("is cut at each single step, before and after the server heard", async () => {
    const steps = await stepsOfOne();
    const writes = ["insert deliveries", "findAndModify lanes", "update issues", "update deliveries"];
    expect(steps.map(({ step }) => step)).toEqual(expect.arrayContaining(writes));
    const cut: string[] = [];
    for (const { step, occurrence } of steps)
      for (const when of ["before", "after"] as const) {
        proxy.cut({ step, occurrence, when });
        await endsAsExpected();
        if (proxy.wasCut()) cut.push(`${when} ${step}`);
        proxy.cut(undefined);
      }
    expect(cut).toEqual(
      expect.arrayContaining(writes.flatMap((step) => [`before ${step}`, `after ${step}`])),
    );
  }, 120_000);

  test("delays each command by 40 ms", async () => {
    proxy.delay(40);
    await endsAsExpected();
    await endsAsExpected();
    proxy.delay(0);
  }, 60_000);

  test("delays each by five seconds, so that GitHub hears 503 before it stops listening", async () => {
    const { people, issues } = stage.world.sample;
    const deed = () => stage.world.comment(people.pia, issues.invoice, "/add_contacts [contact:2]");
    const [delivery] = stage.deliveriesOf(deed);
    if (delivery === undefined) throw new Error("GitHub says nothing");
    proxy.delay(5_000);
    const start = performance.now();
    expect(await stage.post(app.url, delivery)).toBe(503);
    expect(performance.now() - start).toBeLessThan(10_000);
    proxy.delay(0);
    expect(await stage.post(app.url, delivery)).toBe(202);
    await stage.answered(count + 1);
    expect(stage.repliesEach(issues.invoice)).toEqual([1]);
    expect(await stage.linked(issues.invoice)).toEqual([2]);
  }, 60_000);

  test("is away for some seconds", async () => {
    await proxy.leave();
    const ending = endsAsExpected();
    await pause(outageMs);
    await proxy.comeBack();
    await ending;
  }, 120_000);

  test("and nothing follows later", async () => {
    await pause(2_000);
    expect(toggling.repliesEach()).toEqual(Array.from({ length: count }, () => 1));
  });
});
