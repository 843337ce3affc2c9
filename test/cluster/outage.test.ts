/**
 * MongoDB goes away and comes back, killed in the middle of work: `/readyz` says so within two seconds,
 * deliveries are sent away with 503, and once it is there again everything is answered once. A process that
 * starts without it waits. LIAISON_TEST_OUTAGE_SECONDS makes the outage longer than CI's.
 */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { setTimeout as pause } from "node:timers/promises";
import type { Delivery } from "../../src/sandbox/github/index.js";
import { freePort, startMongoServer, type MongoServer } from "../mongo/server.mjs";
import { startServe, type ServeProcess } from "../e2e/serve-process.js";
import { describeOwnServer } from "./own-server.js";
import { setStage, type Stage } from "./stage.js";

const outageMs = Number(process.env.LIAISON_TEST_OUTAGE_SECONDS ?? 6) * 1000;

describeOwnServer("while MongoDB is away", () => {
  let server: MongoServer;
  let stage: Stage;
  beforeEach(async () => {
    server = await startMongoServer();
    stage = await setStage(server.uri);
  });
  afterEach(async () => {
    await stage.close();
    await server.stop();
  });

  const readyz = async (url: string) => {
    const start = performance.now();
    const status = await fetch(`${url}/readyz`).then(
      ({ status: its }) => its,
      () => 0,
    );
    return { status, inTime: performance.now() - start < 2_000 };
  };
  const comment = (contact: number): readonly Delivery[] => {
    const { people, issues } = stage.world.sample;
    return stage.deliveriesOf(() =>
      stage.world.comment(people.pia, issues.login, `/add_contacts [contact:${contact}]`),
    );
  };
  const readyAgain = async (app: ServeProcess) => {
    const end = Date.now() + 30_000;
    while ((await readyz(app.url)).status !== 200 && Date.now() < end) await pause(100);
  };

  test("killed in the middle of work: 503 within ten seconds, then each delivery is answered once", async () => {
    const app = await stage.start();
    const waiting = new Set([1, 2, 3, 5, 6, 7].flatMap(comment));
    const post = async (delivery: Delivery) => {
      const status = await stage.post(app.url, delivery);
      if (status === 202) waiting.delete(delivery);
      return status;
    };
    const load = Promise.all([...waiting].slice(0, 4).map(post));
    await pause(150);
    await server.kill();
    await load;
    expect(await readyz(app.url)).toEqual({ status: 503, inTime: true });
    const start = performance.now();
    expect(await Promise.all([...waiting].map(post))).toEqual([...waiting].map(() => 503));
    expect(performance.now() - start).toBeLessThan(10_000);
    await pause(outageMs);
    expect(app.child.exitCode).toBeNull();
    await server.restart();
    await readyAgain(app);
    for (const delivery of [...waiting]) expect(await post(delivery)).toBe(202);
    await stage.answered(6);
    const { login } = stage.world.sample.issues;
    expect(stage.repliesEach(login)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await stage.linked(login)).toEqual([1, 2, 3, 5, 6, 7]);
    expect(app.output()).not.toMatch(/"state":"failed"|unhandled/i);
    expect(await app.end("SIGTERM")).toBe(0);
  }, 240_000);

  test("a process that starts waits, alive and not ready, and works when MongoDB is there", async () => {
    await server.kill();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const starting = startServe({ ...stage.environment, PORT: String(port) }, stage.folder);
    for (const end = Date.now() + 30_000; (await readyz(url)).status === 0 && Date.now() < end;)
      await pause(100);
    const [delivery] = comment(1);
    if (delivery === undefined) throw new Error("GitHub says nothing");
    expect(await readyz(url)).toEqual({ status: 503, inTime: true });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await stage.post(url, delivery)).toBe(503);
    await server.restart();
    const app = await starting;
    expect(app.output()).toContain("waiting for the store");
    expect(await stage.post(app.url, delivery)).toBe(202);
    await stage.answered(1);
    expect(stage.repliesEach(stage.world.sample.issues.login)).toEqual([1]);
    expect(await app.end("SIGTERM")).toBe(0);
  }, 240_000);
});
