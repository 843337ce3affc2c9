/**
 * `npm run test:mongo`: the store's contract, the end-to-end tests and those of several processes on a
 * real MongoDB server (MONGODB_URI) or, without one, on SecantusDB, a server that speaks MongoDB's
 * protocol, installed with Python into .cache/ and started on a free port for the time of the tests.
 * With `--all` every test that uses a store, with paths (`-- test/crm`) only those. Further arguments go
 * to jest: `npm run test:mongo -- --json --outputFile=mongo.json -t races`.
 */
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installServer, startMongoServer } from "./server.mjs";

/** All tests that use a store, not only the contract and the end-to-end ones. */
const ALL = "--all";
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

async function start() {
  try {
    installServer();
    return await startMongoServer();
  } catch (error) {
    process.stderr.write(`MongoDB was not tested: ${error.message}\n`);
    return process.exit(1);
  }
}

function jest(uri, args) {
  const everything = ["test/crm", "test/suggest", "test/records", "test/conversation", "test/intake"];
  const wanted = ["test/store", "test/e2e", "test/cluster", ...(args.includes(ALL) ? everything : [])];
  const folders = args.some((arg) => arg.startsWith("test/")) ? [] : wanted;
  const patience = "--testTimeout=120000"; // the Python server is many times slower than MongoDB
  const command = ["--experimental-vm-modules", "--no-warnings", join(root, "node_modules/jest/bin/jest.js")];
  const child = spawn(
    process.execPath,
    [...command, ...folders, patience, ...args.filter((arg) => arg !== ALL)],
    {
      cwd: root,
      stdio: "inherit",
      env: {
        ...process.env,
        LIAISON_TEST_MONGODB_URI: uri,
        ...(!given && { LIAISON_TEST_OWN_MONGODB: "1" }),
      },
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
