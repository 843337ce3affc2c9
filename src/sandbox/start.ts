/**
 * The sandbox, put together: the local GitHub with its sample world, and the real app in front of it
 * on a store of its own. Everything goes through signed deliveries and HTTP; nothing is short-cut.
 */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import { startApp } from "../compose.js";
import { webhookPath } from "../intake/door.js";
import { importContacts } from "../records/import.js";
import { schema } from "../store/documents.js";
import { openStore } from "../store/open.js";
import { createSampleWorld, deliver, startGitHub, type SampleWorld } from "./github/index.js";

export interface Sandbox {
  readonly world: SampleWorld;
  /** Of the local GitHub's API. */
  readonly githubUrl: string;
  readonly appUrl: string;
  /** Resolves when all that happened so far has been delivered, worked on and answered. */
  idle(): Promise<void>;
  /** Stops everything and removes the data. */
  close(): Promise<void>;
}

/** The sample contacts: they belong to acme's group `sales`, the contact source of the help desk. */
const contactsFile = fileURLToPath(new URL("../../fixtures/contacts.csv", import.meta.url));
const contactGroups = ["sales", ""];

export async function startSandbox(log: Logger): Promise<Sandbox> {
  const world = createSampleWorld();
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const github = await startGitHub({ world, publicKey });
  const webhookSecret = randomBytes(32).toString("hex");
  const folder = await mkdtemp(join(tmpdir(), "liaison-sandbox-"));
  const store = await openStore({ mongodbUri: undefined, dataDir: folder, schema });
  for (const group of contactGroups) {
    const source = { account: world.sample.acme.id, group };
    await importContacts({ store, source, input: createReadStream(contactsFile) });
  }
  const app = await startApp(
    {
      github: { appId: world.app.id, privateKey, webhookSecret, apiUrl: github.url, throttle: false },
      http: { host: "127.0.0.1", port: 0 },
    },
    store,
    log,
  );
  const deliverer = deliver(world, { url: `${app.url}${webhookPath}`, secret: webhookSecret });
  return {
    world,
    githubUrl: github.url,
    appUrl: app.url,
    async idle() {
      await deliverer.idle();
      await app.idle();
      await deliverer.idle(); // what the app said on GitHub is delivered too
    },
    async close() {
      deliverer.stop();
      await app.stop();
      await github.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
