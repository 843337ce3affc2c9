/** The HTTP server: paths and methods, the two questions of whoever keeps us running, and its end. */
import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "@jest/globals";
import { webhookPath } from "../../src/intake/door.js";
import { ask, delivery, hold, openDoor, post, type OpenDoor } from "./open-door.js";

let door: OpenDoor | undefined;
afterEach(async () => {
  await door?.stop();
});

test.each<[string, string, number, string | undefined]>([
  ["GET", webhookPath, 405, "POST"],
  ["PUT", webhookPath, 405, "POST"],
  ["HEAD", webhookPath, 405, "POST"],
  ["OPTIONS", webhookPath, 405, "POST"],
  ["POST", "/healthz", 405, "GET, HEAD"],
  ["OPTIONS", "/readyz", 405, "GET, HEAD"],
  ["DELETE", "/readyz", 405, "GET, HEAD"],
  ["GET", "/", 404, undefined],
  ["POST", "/", 404, undefined],
  ["POST", `${webhookPath}/`, 404, undefined],
  ["POST", "/API/github/webhooks", 404, undefined],
  ["POST", "//api/github/webhooks", 404, undefined],
  ["GET", "/healthz/..%2Freadyz", 404, undefined],
  ["GET", "/probot", 404, undefined],
  ["POST", "/probot/import", 404, undefined],
  ["GET", "/healthz?deep=1", 200, undefined],
  ["GET", "/healthz", 200, undefined],
  ["HEAD", "/healthz", 200, undefined],
  ["GET", "/readyz", 200, undefined],
  ["HEAD", "/readyz", 200, undefined],
])("%s %s is answered by %i", async (method, path, status, allow) => {
  door = await openDoor();
  const heard = await ask(door.url, { method, path });
  expect([heard.status, heard.headers.allow]).toEqual([status, allow]);
  expect(heard.text === "").toBe(method === "HEAD");
  expect(door.read).toEqual([]);
});

describe("/readyz", () => {
  test("is 503 when the store does not answer, without saying why", async () => {
    door = await openDoor({ ready: () => Promise.reject(new Error("mongodb://user:password@host")) });
    const { status, text } = await ask(door.url, { path: "/readyz" });
    expect([status, text]).toEqual([503, "the store does not answer\n"]);
  });

  test("is 503 within two seconds when the store never answers", async () => {
    door = await openDoor({ ready: () => new Promise(() => undefined) });
    const started = performance.now();
    expect((await ask(door.url, { path: "/readyz" })).status).toBe(503);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect((await ask(door.url, { path: "/healthz" })).status).toBe(200);
  });
});

test("two deliveries may share a connection", async () => {
  door = await openDoor();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const asked = { method: "POST", path: webhookPath, headers: delivery("{}"), body: "{}", agent };
  const heard = [await ask(door.url, asked), await ask(door.url, asked)];
  agent.destroy();
  expect(heard.map(({ status }) => status)).toEqual([202, 202]);
  expect(heard[1]?.port).toBe(heard[0]?.port);
});

test("a port that is taken is said so", async () => {
  door = await openDoor();
  const port = Number(new URL(door.url).port);
  await expect(openDoor({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

describe("stop()", () => {
  test.each([
    ["of a sender that keeps its connection", true],
    ["of one that does not", false],
  ])("lets an open request %s finish, and takes nothing new", async (_, keepAlive) => {
    const stored = hold();
    const agent = new Agent({ keepAlive });
    const arrived = hold();
    door = await openDoor({
      accept: () => {
        arrived.resolve();
        return stored.promise;
      },
    });
    const asked = { method: "POST", path: webhookPath, headers: delivery("{}"), body: "{}", agent };
    const answer = ask(door.url, asked);
    await arrived.promise;
    const stopped = door.stop().then(() => "stopped");
    await expect(post(door.url, "{}")).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(await Promise.race([stopped, sleep(50, "still open")])).toBe("still open");
    stored.resolve();
    expect((await answer).status).toBe(202);
    expect(await Promise.race([stopped, sleep(1_000, "still open")])).toBe("stopped");
    agent.destroy();
  });

  test("does not wait for connections on which nothing happens", async () => {
    door = await openDoor();
    const agent = new Agent({ keepAlive: true });
    await ask(door.url, { path: "/healthz", agent });
    expect(await Promise.race([door.stop().then(() => "stopped"), sleep(1_000, "still open")])).toBe(
      "stopped",
    );
    agent.destroy();
  });
});
