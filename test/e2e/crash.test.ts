/**
 * kill -9 while deliveries are being worked on: after a restart every stored delivery is answered
 * once, and every effect is there once. What was not acknowledged is sent again, as GitHub can.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { webhookPath } from "../../src/intake/door.js";
import {
  createSampleWorld,
  signed,
  type Delivery,
  type SampleWorld,
} from "../../src/sandbox/github/index.js";
import type { IssueDocument } from "../../src/store/documents.js";
import type { Store } from "../../src/store/store.js";
import { importContacts } from "../../src/records/import.js";
import { createReadStream } from "node:fs";
import { checkedGitHub, type CheckedGitHub } from "../support/checked-github.js";
import { processEngines, type ProcessEngine } from "../support/process-engines.js";
import { startServe, type ServeProcess } from "./serve-process.js";

const webhookSecret = "a secret for tests";
const kills = 4;
const comments = 24;

describe.each(processEngines())("on the $name engine", (engine) => {
  test("every delivery is answered once, however often the process is killed", async () => {
    const stage = await setStage(engine);
    try {
      const waiting = stage.makeComments(comments);
      let app = await stage.start();
      for (let kill = 0; kill < kills; kill++) {
        const posting = post(stage.world, app, waiting);
        await sleep(60 + 120 * Math.random());
        await app.end("SIGKILL");
        await posting;
        app = await stage.start();
      }
      await post(stage.world, app, waiting);
      expect([...waiting.values()]).toEqual([]);
      await stage.answered(comments);
      await sleep(500); // a doubled reply would come now
      expect(await app.end("SIGTERM")).toBe(0);

      for (const issue of stage.issues) expect(stage.repliesPerComment(issue)).toEqual(stage.onceEach(issue));
      const store = await engine.open(stage.folder);
      for (const issue of stage.issues) expect(await linked(store, issue)).toEqual([1, 2, 3, 5, 6, 7]);
      await store.close();
    } finally {
      await stage.close();
    }
  }, 120_000);
});

/** Sends what was not acknowledged yet; what is, is crossed off. */
async function post(world: SampleWorld, app: ServeProcess, waiting: Map<string, Delivery>): Promise<void> {
  await Promise.all(
    [...waiting.values()].map(async (delivery) => {
      const { headers, body } = signed(world, delivery, webhookSecret);
      const status = await fetch(`${app.url}${webhookPath}`, { method: "POST", headers, body }).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 202) waiting.delete(delivery.guid);
    }),
  );
}

type StageIssue = ReturnType<SampleWorld["openIssue"]>;

async function linked(store: Store, { number, repository }: StageIssue): Promise<readonly number[]> {
  const document = await store
    .collection<IssueDocument>("issues")
    .findOne({ _id: `${repository.owner.id}:${repository.id}:${number}` });
  return (document?.links ?? []).map(({ contact }) => contact).sort((a, b) => a - b);
}

async function setStage(engine: ProcessEngine) {
  const world = createSampleWorld();
  const github: CheckedGitHub<SampleWorld> = await checkedGitHub(world);
  const folder = await mkdtemp(join(tmpdir(), "liaison-crash-"));
  const store = await engine.open(folder);
  const input = createReadStream(new URL("../../fixtures/contacts.csv", import.meta.url));
  await importContacts({ store, source: { account: world.sample.acme.id, group: "sales" }, input });
  await store.close();
  const { login, invoice, export: third } = world.sample.issues;
  const issues = [login, invoice, third];
  const running = new Set<ServeProcess>();
  return {
    world,
    folder,
    issues,
    async start() {
      const app = await startServe(
        {
          APP_ID: String(world.app.id),
          PRIVATE_KEY: github.privateKey,
          WEBHOOK_SECRET: webhookSecret,
          GITHUB_API_URL: github.url,
          GITHUB_THROTTLE: "off",
          ...engine.environment(folder),
        },
        folder,
      );
      running.add(app);
      return app;
    },
    /** Comments that each link one of six contacts, round and round over the issues. */
    makeComments(count: number): Map<string, Delivery> {
      const made = new Map<string, Delivery>();
      const stop = world.onDelivery((delivery) => made.set(delivery.guid, delivery));
      const contacts = [1, 2, 3, 5, 6, 7];
      for (let n = 0; n < count; n++) {
        const issue = issues[n % issues.length] ?? login;
        const contact = contacts[Math.floor(n / issues.length) % contacts.length] ?? 1;
        world.comment(world.sample.people.pia, issue, `/add_contacts [contact:${contact}]`);
      }
      stop();
      return made;
    },
    /** For each comment with a command, how many replies carry its marker. */
    repliesPerComment(issue: StageIssue) {
      const here = [...world.comments.values()].filter((comment) => comment.issue === issue);
      const replies = here.filter(({ author }) => author === world.app.bot);
      const asked = here.filter(({ body }) => body.startsWith("/add"));
      return asked.map(({ id }) => replies.filter(({ body }) => body.includes(`:${id} -->`)).length);
    },
    onceEach: (issue: StageIssue) =>
      [...world.comments.values()].filter((c) => c.issue === issue && c.body.startsWith("/add")).map(() => 1),
    async answered(count: number) {
      const replies = () =>
        [...world.comments.values()].filter(({ author }) => author === world.app.bot).length;
      for (const end = Date.now() + 60_000; replies() < count && Date.now() < end;) await sleep(50);
    },
    async close() {
      for (const app of running) if (app.child.exitCode === null) await app.end("SIGKILL");
      await github.close();
      await engine.remove(folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
