/**
 * From `liaison serve` to a ready app, and what it keeps in memory then: the real command as a process,
 * beside a GitHub that knows nothing, on loopback.
 */
import { execFileSync, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { quantile } from "./random.mjs";

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

async function emptyGithub() {
  const server = createServer((request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end("[]");
    request.resume();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

const megabytes = (pid) =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;

/** Milliseconds of CPU a process has used, on Linux; elsewhere NaN. */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return NaN;
  }
}

async function startOnce(dataDir, apiUrl, idle) {
  const began = performance.now();
  const child = spawn(process.execPath, [main, "serve"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      PATH: process.env.PATH,
      APP_ID: "1",
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: "only for measuring, and only here",
      GITHUB_API_URL: apiUrl,
      HOST: "127.0.0.1",
      PORT: "0",
      LIAISON_DATA_DIR: dataDir,
      LOG_LEVEL: "error",
    },
  });
  try {
    const url = await listening(child);
    while ((await fetch(`${url}/readyz`)).status !== 200) await pause(5);
    const ready = performance.now() - began;
    const cpu = cpuOf(child.pid);
    await pause(idle);
    return { ready, cpu, memory: megabytes(child.pid) };
  } finally {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  }
}

async function listening(child) {
  for await (const line of createInterface(child.stderr)) {
    const [url] = /http:\/\/\S+/u.exec(line) ?? [];
    if (url !== undefined) {
      child.stderr.resume();
      return url;
    }
  }
  throw new Error("the app did not start");
}

/** @returns medians of milliseconds until ready, and megabytes after `idle` milliseconds */
export async function measureStart(dataDir, { times = 3, idle = 20_000 } = {}) {
  const github = await emptyGithub();
  try {
    const runs = [];
    for (let run = 0; run < times; run++)
      runs.push(
        await startOnce(dataDir, `http://127.0.0.1:${github.address().port}`, run === times - 1 ? idle : 0),
      );
    const median = (what) =>
      quantile(
        runs.map((its) => its[what]),
        0.5,
      );
    return { ready: median("ready"), cpu: median("cpu"), memory: runs.at(-1).memory };
  } finally {
    github.close();
  }
}
