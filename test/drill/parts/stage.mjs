/**
 * The stage of a drill: a local GitHub in this process, which outlives every death of the app, with
 * several accounts (GitHub's limits hold for each installation on its own), and a store with contacts.
 */
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";

import { importContacts } from "../../../dist/records/import.js";
import { startGitHub, World } from "../../../dist/sandbox/github/index.js";
import { startApp } from "./app.mjs";
import { contacts } from "./commands.mjs";
import { atInterruption } from "./ending.mjs";

export const webhookSecret = "a secret for drills";

const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

/** @param {{ name: string, engine: object, accounts: number, issuesEach: number, seed: number }} options */
export async function setStage({ name, engine, accounts, issuesEach, seed }) {
  const world = new World({ seed });
  const dana = world.person("dana", { name: "Dana Developer" });
  const places = Array.from({ length: accounts }, (_, index) => furnish(world, dana, index));
  const issues = Array.from({ length: issuesEach }, (_, nth) =>
    places.map(({ repository }) => world.openIssue(dana, repository, `Issue ${nth + 1}`)),
  ).flat();
  const github = await startGitHub({ world, publicKey: keys.publicKey });
  const folder = await mkdtemp(join(tmpdir(), `liaison-drill-${name}-`));
  await fill(engine, folder, places);
  const environment = {
    APP_ID: String(world.app.id),
    PRIVATE_KEY: keys.privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: github.url,
    GITHUB_THROTTLE: "off",
    ...engine.environment(folder),
  };
  const running = new Set();
  const remove = async () => {
    await engine.remove(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const forget = atInterruption(async () => {
    await Promise.all([...running].map((app) => app.kill()));
    await remove();
  });
  return {
    world,
    github,
    folder,
    dana,
    /** One of every account, then the next of every account, and so on. */
    issues,
    /** @param log name of the process, for its file of logs */
    start(log = "app") {
      const app = startApp({ environment, cwd: folder, log: join(folder, `${log}.log`) });
      running.add(app);
      void app.exited.then(() => running.delete(app));
      return app;
    },
    open: () => engine.open(folder),
    /** @param keep leaves the folder with data and logs as evidence */
    async close({ keep = false } = {}) {
      await Promise.all([...running].map((app) => app.kill()));
      await github.close();
      if (!keep) await remove();
      forget();
    },
  };
}

function furnish(world, dana, index) {
  const account = world.organization(`customer-care-${index + 1}`, { members: [dana] });
  const repository = world.repository(account, "helpdesk", {
    files: { ".github/liaison.yml": "suggestions: 3\n" },
  });
  world.role(repository, dana, "write");
  world.install(dana, account);
  return { account, repository };
}

async function fill(engine, folder, places) {
  const rows = contacts.map((one) => [one.firstName, one.lastName, one.email, one.state].join(","));
  const file = ["first_name,last_name,email,state", ...rows, ""].join("\n");
  const store = await engine.open(folder);
  try {
    for (const { account } of places) {
      const source = { account: account.id, group: "" };
      await importContacts({ store, source, input: Readable.from([Buffer.from(file)]) });
    }
  } finally {
    await store.close();
  }
}
