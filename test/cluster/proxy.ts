/**
 * A TCP proxy on loopback between the driver and the server, which reads the commands that go through. It
 * can cut the connection at one of them (before it reached the server, or after, so that only the answer is
 * lost), slow all of them down, and go away. The driver's own questions (hello, ping) pass untouched.
 */
import { BSON } from "mongodb";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../mongo/server.mjs";

/** `<command> <collection>`, such as `insert deliveries`. */
export type Step = string;

export interface Cut {
  readonly step: Step;
  /** The how manieth of these from now on; the first is 1. */
  readonly occurrence: number;
  readonly when: "before" | "after";
}

export interface Proxy {
  /** A URI of MongoDB without a database. */
  readonly uri: string;
  /** The commands that went through since this was called last. */
  taken(): readonly Step[];
  /** Arms one cut; undefined disarms it. */
  cut(at: Cut | undefined): void;
  /** Has the armed cut been made? */
  wasCut(): boolean;
  /** Every command waits so long before it goes on, in milliseconds. */
  delay(milliseconds: number): void;
  leave(): Promise<void>;
  comeBack(): Promise<void>;
}

const OP_MSG = 2013;
const headerBytes = 16;
const own = new Set(["hello", "ismaster", "isMaster", "ping", "endSessions", "buildInfo", "saslStart"]);

/** @param target port of the server */
export async function openProxy(target: number): Promise<Proxy> {
  const port = await freePort();
  const open = new Set<Socket>();
  let steps: Step[] = [];
  let armed: Cut | undefined;
  let left = 0;
  let waits = 0;
  let server: Server;

  /** Takes notice of a command. @returns where the connection ends, if it does */
  const notice = (step: Step): Cut["when"] | undefined => {
    steps.push(step);
    if (armed?.step !== step || (left -= 1) !== 0) return undefined;
    return armed.when;
  };

  function connect(client: Socket): void {
    const upstream = createConnection(target, "127.0.0.1");
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on("error", end).on("close", () => {
        open.delete(socket);
        end();
      });
    }
    let isDeaf = false;
    upstream.on("data", (chunk: Buffer) => (isDeaf ? end() : client.write(chunk)));
    let order = Promise.resolve();
    eachMessage(client, (message) => {
      const step = stepOf(message);
      const when = step === undefined ? undefined : notice(step);
      if (when === "before") {
        end();
        return;
      }
      isDeaf ||= when === "after";
      if (step !== undefined && waits > 0) order = order.then(() => pause(waits));
      order = order.then(() => void upstream.write(message));
    });
  }

  const listen = () =>
    new Promise<void>((resolve) => {
      server = createServer(connect).listen(port, "127.0.0.1", resolve);
    });
  await listen();
  return {
    uri: `mongodb://127.0.0.1:${port}`,
    taken() {
      const seen = steps;
      steps = [];
      return seen;
    },
    cut(at) {
      armed = at;
      left = at?.occurrence ?? 0;
    },
    wasCut: () => armed !== undefined && left <= 0,
    delay(milliseconds) {
      waits = milliseconds;
    },
    leave: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
    comeBack: listen,
  };
}

/** MongoDB's messages begin with their length. */
function eachMessage(socket: Socket, take: (message: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= headerBytes && rest.length >= rest.readInt32LE(0)) {
      const size = rest.readInt32LE(0);
      take(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
  });
}

/** The first field of a command is its name, with the collection for a value. */
function stepOf(message: Buffer): Step | undefined {
  if (message.readInt32LE(12) !== OP_MSG) return undefined;
  const start = headerBytes + 5; // flags, and the kind of the first section
  const end = start + message.readInt32LE(start);
  const [first] = Object.entries(BSON.deserialize(message.subarray(start, end)));
  if (first === undefined || own.has(first[0])) return undefined;
  return `${first[0]} ${String(first[1])}`;
}
