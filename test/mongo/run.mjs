/**
 * `npm run test:mongo`: the store's contract and the end-to-end tests on a real MongoDB server
 * (MONGODB_URI) or, without one, on SecantusDB, a server that speaks MongoDB's protocol, installed
 * with Python into .cache/ and started on a free port for the time of the tests.
 * With `--all` every test that uses a store. Further arguments go to jest: `npm run test:mongo -- --json --outputFile=mongo.json -t races`.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MongoClient } from "mongodb";

/** All tests that use a store, not only the contract and the end-to-end ones. */
const ALL = "--all";
const SECANTUSDB = "secantusdb==0.7.0b3";
const START_TIMEOUT = 60_000;
const STOP_TIMEOUT = 5_000;

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const venv = join(root, ".cache", "secantusdb");
const bin = (name) => join(venv, process.platform === "win32" ? "Scripts" : "bin", name);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function fail(reason) {
  process.stderr.write(`MongoDB was not tested: ${reason}\n`);
  process.exit(1);
}

/** Installs the server once; the folder is kept between runs. */
function install() {
  if (existsSync(bin("secantusd-py"))) return;
  const run = (command, args) =>
    spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  if (!run("python3", ["-m", "venv", venv])) fail("python3 with venv is needed, or MONGODB_URI");
  if (!run(bin("pip"), ["install", "--quiet", SECANTUSDB])) fail(`pip could not install ${SECANTUSDB}`);
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function answers(uri) {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500 });
  try {
    await client.db("admin").command({ hello: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}

/** Starts a server with data of its own; `stop` ends that process and removes the data. */
async function start() {
  install();
  const data = await mkdtemp(join(tmpdir(), "liaison-secantusdb-"));
  const port = await freePort();
  const options = ["--host", "127.0.0.1", "--port", String(port), "--storage-path", join(data, "db")];
  const server = spawn(
    bin("secantusd-py"),
    [...options, "--enable-test-commands", "--log-level", "WARNING"],
    {
      cwd: data,
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  let running = true;
  const ended = new Promise((resolve) => {
    server.once("exit", resolve).once("error", resolve);
  }).then(() => (running = false));
  const stop = async () => {
    server.kill("SIGTERM");
    await Promise.race([ended, pause(STOP_TIMEOUT)]);
    if (running) server.kill("SIGKILL");
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  const uri = `mongodb://127.0.0.1:${port}`;
  for (const end = Date.now() + START_TIMEOUT; running && Date.now() < end;)
    if (await answers(uri)) return { uri, stop };
  await stop();
  return fail("SecantusDB did not start");
}

function jest(uri, args) {
  const everything = ["test/crm", "test/suggest", "test/records", "test/conversation", "test/intake"];
  const folders = ["test/store", "test/e2e", ...(args.includes(ALL) ? everything : [])];
  const patience = "--testTimeout=120000"; // the Python server is many times slower than MongoDB
  const command = ["--experimental-vm-modules", "--no-warnings", join(root, "node_modules/jest/bin/jest.js")];
  const child = spawn(
    process.execPath,
    [...command, ...folders, patience, ...args.filter((arg) => arg !== ALL)],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, LIAISON_TEST_MONGODB_URI: uri },
    },
  );
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code ?? 1)).once("error", () => resolve(1));
  });
}

const given = process.env.MONGODB_URI;
const server = given ? { uri: given, stop: async () => undefined } : await start();
const code = await jest(server.uri, process.argv.slice(2));
await server.stop();
process.exit(code);
