/** Many senders without a signature, slow or large: memory stays bounded, and ordinary deliveries get in. */
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { webhookPath } from "../../src/intake/door.js";
import { createRoom } from "../../src/intake/room.js";
import { ask, delivery, openDoor, post, type OpenDoor } from "./open-door.js";
import { until } from "./workshop.js";

const kilobyte = 1024;
const unsigned = { "x-hub-signature-256": "sha256=any" };

let door: OpenDoor | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await door?.stop();
});

interface Caller {
  readonly heard: () => string;
  readonly isClosed: () => boolean;
}

/** Sends what is given and keeps the connection open. */
function call(url: string, ...sent: readonly (string | Buffer)[]): Promise<Caller> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    sockets.push(socket);
    let text = "";
    let closed = false;
    socket.on("data", (data) => (text += data.toString()));
    socket.on("error", () => undefined).on("close", () => (closed = true));
    for (const part of sent) socket.write(part);
    socket.once("connect", () => resolve({ heard: () => text, isClosed: () => closed }));
  });
}

const headOf = (length: number) =>
  `POST ${webhookPath} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n` +
  Object.entries(delivery("", unsigned))
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("") +
  "\r\n";

describe("bodies that are not all here yet", () => {
  test("are refused beyond what may be kept of all together, and the sender is told to come again", async () => {
    door = await openDoor({ room: createRoom(100 * kilobyte, 10 * kilobyte) });
    const large = Buffer.alloc(60 * kilobyte, " ");
    const first = await call(door.url, headOf(1_000_000), large);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = await call(door.url, headOf(1_000_000), large, large);
    await until(() => second.heard() !== "");
    expect(second.heard()).toMatch(/^HTTP\/1\.1 503 [^]*retry-after: 5\r\n[^]*too much arrives at once/i);
    expect(first.heard()).toBe("");
    expect(door.refused.map(({ status, why }) => [status, why])).toEqual([
      [503, "too much arrives at once; send it again later"],
    ]);
    expect((await post(door.url, "{}")).status).toBe(202); // an ordinary delivery gets in all the same
  });

  test("leave their room when their sender hangs up, when they are refused and when they are accepted", async () => {
    door = await openDoor({ room: createRoom(100 * kilobyte, 10 * kilobyte) });
    const body = Buffer.alloc(100 * kilobyte, " ").fill("{}", 0, 2);
    for (let time = 0; time < 3; time++) {
      const gone = await call(door.url, headOf(1_000_000), body);
      await new Promise((resolve) => setTimeout(resolve, 30));
      sockets.at(-1)?.destroy();
      await until(() => gone.isClosed());
      await until(() => door?.refused.at(-1)?.why === "the body did not arrive");
      expect((await post(door.url, body, unsigned)).status).toBe(401);
      expect((await post(door.url, body)).status).toBe(202);
    }
  });

  test("and trickle in are cut off, however many there are", async () => {
    door = await openDoor({ requestTimeout: 300 });
    const { url } = door;
    const callers = await Promise.all(Array.from({ length: 50 }, () => call(url, headOf(1_000), "{")));
    await until(() => callers.every((caller) => caller.isClosed()));
    expect(callers.filter((caller) => caller.heard().startsWith("HTTP/1.1 408 "))).toHaveLength(50);
    expect((await post(url, "{}")).status).toBe(202);
  });
});

test("heads that trickle in are cut off too", async () => {
  door = await openDoor({ requestTimeout: 300 });
  const { url } = door;
  const callers = await Promise.all(
    Array.from({ length: 50 }, () => call(url, `POST ${webhookPath} HTTP/1.1\r\nHost: loc`)),
  );
  await until(() => callers.every((caller) => caller.isClosed()));
  expect(callers.filter((caller) => caller.heard().startsWith("HTTP/1.1 408 "))).toHaveLength(50);
});

test("beyond so many connections new ones are turned away, and later ones get in again", async () => {
  door = await openDoor({ maxConnections: 3 });
  const { url } = door;
  await Promise.all(Array.from({ length: 3 }, () => call(url, "POST ")));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const fourth = await call(url, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await until(() => fourth.isClosed());
  expect(fourth.heard()).toBe("");
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await ask(url, { path: "/healthz" })).status).toBe(200);
});

describe("/readyz", () => {
  test("asks a store that hangs once, however many want to know", async () => {
    let pings = 0;
    door = await openDoor({ ready: () => ((pings += 1), new Promise(() => undefined)) });
    const { url } = door;
    const started = performance.now();
    const all = await Promise.all(Array.from({ length: 20 }, () => ask(url, { path: "/readyz" })));
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 503));
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(pings).toBe(1);
  });

  test("asks anew once it was answered", async () => {
    const answers = [new Error("down"), undefined, new Error("down")];
    door = await openDoor({
      ready: async () => {
        const trouble = answers.shift();
        if (trouble) throw trouble;
        return Promise.resolve();
      },
    });
    const seen = [];
    for (let time = 0; time < 3; time++) seen.push((await ask(door.url, { path: "/readyz" })).status);
    expect(seen).toEqual([503, 200, 503]);
  });
});
