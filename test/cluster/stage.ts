/**
 * The stage for processes on one MongoDB server: a local GitHub with the sample accounts, contacts in a
 * database, `liaison serve` as often as wanted, and a sender that goes to the next one when nobody answers.
 */
import { MongoClient } from "mongodb";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { webhookPath } from "../../src/intake/door.js";
import { importContacts } from "../../src/records/import.js";
import { createSampleWorld, signed, type Delivery, type Issue } from "../../src/sandbox/github/index.js";
import { schema, type IssueDocument } from "../../src/store/documents.js";
import { openMongoStore } from "../../src/store/mongodb/store.js";
import { startServe, type ServeProcess } from "../e2e/serve-process.js";
import { checkedGitHub } from "../support/checked-github.js";

const webhookSecret = "a secret for tests";
const contacts = new URL("../../fixtures/contacts.csv", import.meta.url);

export type Stage = Awaited<ReturnType<typeof setStage>>;

/**
 * @param uri of the server, without a database
 * @param through where the processes find it, if not there
 * @param options of the driver of these processes, such as `?appName=a`
 */
export async function setStage(uri: string, through = uri, options = "") {
  const world = createSampleWorld();
  const github = await checkedGitHub(world);
  const folder = await mkdtemp(join(tmpdir(), "liaison-cluster-"));
  const store = await openMongoStore({ uri, schema, database: "cluster" });
  const source = { account: world.sample.acme.id, group: "sales" };
  await importContacts({ store, source, input: createReadStream(contacts) });
  await store.close();
  const running = new Set<ServeProcess>();
  const environment = {
    APP_ID: String(world.app.id),
    PRIVATE_KEY: github.privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: github.url,
    GITHUB_THROTTLE: "off",
    MONGODB_URI: `${through}/cluster${options}`,
  };
  const bot = () => [...world.comments.values()].filter(({ author }) => author === world.app.bot);
  return {
    world,
    folder,
    environment,
    async start(): Promise<ServeProcess> {
      const app = await startServe(environment, folder);
      running.add(app);
      return app;
    },
    /** What GitHub wants to deliver because of `deed`. */
    deliveriesOf(deed: () => void): readonly Delivery[] {
      const made: Delivery[] = [];
      const stop = world.onDelivery((delivery) => made.push(delivery));
      deed();
      stop();
      return made;
    },
    /** @returns the status; 0 when nobody answered */
    async post(url: string, delivery: Delivery): Promise<number> {
      const { headers, body } = signed(world, delivery, webhookSecret);
      const options = { method: "POST", headers, body, signal: AbortSignal.timeout(10_000) };
      return fetch(`${url}${webhookPath}`, options).then(
        async (response) => (await response.text(), response.status),
        () => 0,
      );
    },
    /** Waits until the app has written so many comments, and then whether it writes another one. */
    async answered(count: number, longest = 60_000): Promise<void> {
      for (const end = Date.now() + longest; bot().length < count && Date.now() < end;) await pause(50);
      await pause(1_000);
    },
    /** For each comment with a quick action on the issue: how many replies answer it. */
    repliesEach(issue: Issue): readonly number[] {
      const here = [...world.comments.values()].filter((comment) => comment.issue === issue);
      const asked = here.filter(({ author, body }) => author !== world.app.bot && body.startsWith("/"));
      return asked.map(({ id }) => bot().filter(({ body }) => body.includes(`:${id} -->`)).length);
    },
    replies: (issue: Issue) =>
      bot()
        .filter((comment) => comment.issue === issue)
        .map(({ body }) => body.replace(/\n\n<!-- liaison:reply:[^>]* -->$/, "")),
    /** Numbers of the linked contacts, in order. */
    async linked({ number, repository }: Issue): Promise<readonly number[]> {
      const client = new MongoClient(uri);
      const _id = `${repository.owner.id}:${repository.id}:${number}`;
      const found = await client.db("cluster").collection<IssueDocument>("issues").findOne({ _id });
      await client.close();
      return (found?.links ?? []).map(({ contact }) => contact).sort((a, b) => a - b);
    },
    async close() {
      for (const app of running) if (app.child.exitCode === null) await app.end("SIGKILL");
      await github.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
