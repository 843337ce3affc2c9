/** Bodies that are too long or too slow: the answer gets through, and nothing is kept of the rest. */
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { maxBody, webhookPath } from "../../src/intake/door.js";
import { ask, delivery, guid, openDoor, post, signatureOf, type OpenDoor } from "./open-door.js";

const megabyte = 1024 * 1024;

let door: OpenDoor | undefined;
afterEach(async () => {
  await door?.stop();
});

const padded = (length: number) => Buffer.alloc(length, " ").fill("{}", 0, 2);
const tooLong = [413, "the body is over 25 MB\n"];

test("25 MB are taken", async () => {
  door = await openDoor();
  expect((await post(door.url, padded(maxBody))).status).toBe(202);
  expect(door.read).toEqual([["ping", guid, {}]]);
});

test("a byte more is refused by its length, and the sender hears so every time", async () => {
  door = await openDoor();
  const body = padded(maxBody + 1);
  for (let time = 1; time <= 5; time++) {
    const { status, text } = await post(door.url, body, { "x-hub-signature-256": "sha256=any" });
    expect([time, status, text]).toEqual([time, ...tooLong]);
  }
  expect(door.read).toEqual([]);
  expect(door.refused.map(({ status }) => status)).toEqual([413, 413, 413, 413, 413]);
});

test("a byte more is refused when nobody said how long it would be", async () => {
  door = await openDoor();
  function* chunks() {
    for (let sent = 0; sent < 25; sent++) yield padded(megabyte);
    yield Buffer.from(" ");
  }
  const headers = delivery("", { "x-hub-signature-256": "sha256=any" });
  const heard = await ask(door.url, { method: "POST", path: webhookPath, headers, body: chunks() });
  expect([heard.status, heard.text]).toEqual(tooLong);
  expect(door.read).toEqual([]);
});

test("whoever sends on without end is cut off, and memory does not grow with it", async () => {
  door = await openDoor();
  const { port } = new URL(door.url);
  const before = process.memoryUsage().rss;
  const heard = await sendForever(Number(port), delivery("", { "x-hub-signature-256": "sha256=any" }));
  expect(heard.text).toMatch(/^HTTP\/1\.1 413 [\s\S]*the body is over 25 MB\n$/);
  expect(heard.seconds).toBeLessThan(5);
  expect((process.memoryUsage().rss - before) / megabyte).toBeLessThan(25 + 150);
});

/** Posts chunks until the other side ends the connection. */
function sendForever(port: number, headers: Record<string, string>) {
  const head = Object.entries({ ...headers, host: "localhost", "transfer-encoding": "chunked" });
  const chunk = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(0x10000, " "), Buffer.from("\r\n")]);
  const started = performance.now();
  return new Promise<{ text: string; seconds: number }>((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const end = setTimeout(() => socket.destroy(), 10_000);
    let text = "";
    const pump = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.write(
      `POST ${webhookPath} HTTP/1.1\r\n${head.map((pair) => pair.join(": ")).join("\r\n")}\r\n\r\n`,
    );
    socket.on("drain", pump).on("data", (data) => (text += data.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(end);
      resolve({ text, seconds: (performance.now() - started) / 1000 });
    });
    pump();
  });
}

describe("a body that does not come", () => {
  const slowly = (port: number, sent: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.setTimeout(4_000, () => socket.destroy());
      let text = "";
      socket.on("data", (data) => (text += data.toString()));
      socket.on("error", () => undefined).on("close", () => resolve(text));
      socket.write(sent);
    });
  const head = (headers: Record<string, string>) =>
    `POST ${webhookPath} HTTP/1.1\r\nHost: localhost\r\n` +
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("");

  test("is waited for only so long", async () => {
    door = await openDoor({ requestTimeout: 300 });
    const text = await slowly(
      Number(new URL(door.url).port),
      `${head(delivery("{}"))}Content-Length: 100\r\n\r\n{"half`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(door.read).toEqual([]);
    expect(door.refused).toMatchObject([{ delivery: guid, status: 400, why: "the body did not arrive" }]);
  });

  test("nor are headers waited for longer", async () => {
    door = await openDoor({ requestTimeout: 300 });
    const text = await slowly(Number(new URL(door.url).port), head(delivery("{}")));
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("because its sender hung up does no harm", async () => {
    door = await openDoor();
    const socket = connect(Number(new URL(door.url).port), "127.0.0.1");
    await new Promise((resolve) =>
      socket.write(`${head(delivery("{}"))}Content-Length: 100\r\n\r\n{"half`, resolve),
    );
    socket.destroy();
    const body = "{}";
    const headers = { "x-hub-signature-256": signatureOf(body) };
    expect((await post(door.url, body, headers)).status).toBe(202);
  });
});
