/**
 * SecantusDB, a server that speaks MongoDB's protocol, for tests: installed once into .cache/ with Python,
 * started on a free port of loopback with data of its own, ended by its process id.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { MongoClient } from "mongodb";

const SECANTUSDB = "secantusdb==0.7.0b3";
const START_TIMEOUT = 60_000;
const STOP_TIMEOUT = 5_000;

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const venv = join(root, ".cache", "secantusdb");
const bin = (name) => join(venv, process.platform === "win32" ? "Scripts" : "bin", name);

/** Installs the server once; the folder is kept between runs. @throws Error that says what is missing */
export function installServer() {
  if (existsSync(bin("secantusd-py"))) return;
  const run = (command, args) =>
    spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  if (!run("python3", ["-m", "venv", venv])) throw new Error("python3 with venv is needed, or MONGODB_URI");
  if (!run(bin("pip"), ["install", "--quiet", SECANTUSDB]))
    throw new Error(`pip could not install ${SECANTUSDB}`);
}

/** A port of loopback that nobody listens on now. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function answers(uri, options) {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500, ...options });
  try {
    await client.db("admin").command({ hello: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}

/**
 * Starts a server of its own, with test commands on.
 * @param {{ flags?: string[], client?: object }} options `flags` for the server, such as `--auth`;
 *   `client`: options of the driver that are needed to reach it
 */
export async function startMongoServer({ flags = [], client = {} } = {}) {
  const data = await mkdtemp(join(tmpdir(), "liaison-secantusdb-"));
  const port = await freePort();
  const uri = `mongodb://127.0.0.1:${port}`;
  let running = await launch(flags, client);

  async function launch(its, how) {
    const place = ["--host", "127.0.0.1", "--port", String(port), "--storage-path", join(data, "db")];
    const child = spawn(
      bin("secantusd-py"),
      [...place, "--enable-test-commands", "--log-level", "WARNING", ...its],
      { cwd: data, stdio: ["ignore", "ignore", "inherit"] },
    );
    let isRunning = true;
    const ended = new Promise((resolve) => {
      child.once("exit", resolve).once("error", resolve);
    }).then(() => (isRunning = false));
    const end = async (signal) => {
      if (isRunning) child.kill(signal);
      await Promise.race([ended, pause(STOP_TIMEOUT, undefined, { ref: false })]);
      if (isRunning) child.kill("SIGKILL");
      await ended;
    };
    for (const until = Date.now() + START_TIMEOUT; isRunning && Date.now() < until;)
      if (await answers(uri, how)) return end;
    await end("SIGKILL");
    throw new Error("SecantusDB did not start");
  }

  return {
    uri,
    port,
    /** kill -9; the data stays. */
    kill: () => running("SIGKILL"),
    /** Starts it again on the same port and data, with other flags if they are given. */
    async restart(its = flags, how = client) {
      await running("SIGTERM");
      running = await launch(its, how);
    },
    /** Ends the process and removes the data. */
    async stop() {
      await running("SIGTERM");
      await rm(data, { recursive: true, force: true });
    },
  };
}
