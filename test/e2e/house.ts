/**
 * The whole house for end-to-end tests: a store, the local GitHub (checked against GitHub's own
 * descriptions), the real app in front of it, and signed deliveries between them.
 */
import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { startApp, type App } from "../../src/compose.js";
import { webhookPath } from "../../src/intake/door.js";
import { createLog } from "../../src/log.js";
import { importContacts } from "../../src/records/import.js";
import {
  createSampleWorld,
  deliver,
  type Comment,
  type Deliverer,
  type Exchange,
  type Issue,
  type Person,
  type SampleWorld,
} from "../../src/sandbox/github/index.js";
import type { IssueDocument, Source } from "../../src/store/documents.js";
import { schema } from "../../src/store/documents.js";
import type { Store } from "../../src/store/store.js";
import { checkedGitHub, type CheckedGitHub } from "../support/checked-github.js";
import type { Engine } from "../support/stores.js";

const contacts = fileURLToPath(new URL("../../fixtures/contacts.csv", import.meta.url));
export const webhookSecret = "a secret for tests";

export interface House {
  readonly world: SampleWorld;
  readonly github: CheckedGitHub<SampleWorld>;
  readonly store: Store;
  /** The one that runs now. */
  readonly app: App;
  /** Everything the app logged, at level trace. */
  readonly log: string[];
  /** While muted, GitHub delivers nothing; what happens then is not delivered later either. */
  mute(on: boolean): void;
  /** Two seconds pass on GitHub, whose times have no fractions. */
  later(): void;
  /** Ends the app and starts another on the same store. */
  restart(): Promise<void>;
  /** Resolves when all that happened was delivered, worked on and answered. */
  settle(): Promise<void>;
  /** Comments, as a person on GitHub would. @returns the app's comments on that issue afterwards */
  say(person: Person, issue: Issue, body: string): Promise<readonly string[]>;
  /** The app's comments on an issue, oldest first, without their hidden marker. */
  replies(issue: Issue): readonly string[];
  replyComments(issue: Issue): readonly Comment[];
  /** Contents of the app's reactions on an issue and its comments. */
  reactions(issue: Issue): readonly string[];
  /** Numbers of all linked contacts, dormant ones too. */
  linked(issue: Issue): Promise<readonly number[]>;
  /** What the app asked GitHub for while `deed` was carried out, tokens left out. */
  asked(deed: () => Promise<unknown>): Promise<readonly Exchange[]>;
  close(): Promise<void>;
}

export interface HouseOptions {
  readonly engine: Engine;
  /** Changes the stage before the app starts. */
  readonly furnish?: (world: SampleWorld) => void;
  /** Groups of acme that get the sample contacts; as the account config of the sample world needs them. */
  readonly groups?: readonly string[];
  /** Opens the app's `/metrics`. */
  readonly metricsToken?: string;
}

export async function openHouse(options: HouseOptions): Promise<House> {
  const { engine, furnish, groups = ["sales", ""], metricsToken } = options;
  let ahead = 0;
  const world = createSampleWorld({ now: () => new Date(Date.now() + ahead) });
  furnish?.(world);
  const github = await checkedGitHub(world);
  const opened = await engine.open(schema, "house");
  const { store } = opened;
  for (const group of groups) await fill(store, { account: world.sample.acme.id, group });
  const log: string[] = [];
  const { privateKey, url: apiUrl } = github;
  const start = () =>
    startApp(
      {
        github: { appId: world.app.id, privateKey, webhookSecret, apiUrl, throttle: false },
        http: { host: "127.0.0.1", port: 0, ...(metricsToken !== undefined && { metricsToken }) },
      },
      store,
      createLog({ level: "trace", format: "json", destination: { write: (line) => log.push(line) } }),
    );
  const listen = () => deliver(world, { url: `${app.url}${webhookPath}`, secret: webhookSecret });
  let app = await start();
  let deliverer = listen();
  const settle = () => settled(deliverer, app);
  const replyComments = (issue: Issue) =>
    commentsOn(world, issue).filter(({ author }) => author === world.app.bot);
  const replies = (issue: Issue) => replyComments(issue).map(({ body }) => withoutMarker(body));
  return {
    world,
    github,
    store,
    get app() {
      return app;
    },
    log,
    mute(on) {
      deliverer.stop();
      if (!on) deliverer = listen();
    },
    later() {
      ahead += 2_000;
    },
    async restart() {
      deliverer.stop();
      await app.stop();
      app = await start();
      deliverer = listen();
    },
    settle,
    async say(person, issue, body) {
      world.comment(person, issue, body);
      await settle();
      return replies(issue);
    },
    replies,
    replyComments,
    reactions: (issue) => reactionsOn(world, issue),
    async linked({ id, number, repository }) {
      const _id = `${repository.owner.id}:${repository.id}:${number}`;
      const document = await store.collection<IssueDocument>("issues").findOne({ _id });
      if (document && document.issueId !== id) throw new Error("the stored issue is another one");
      return document?.links.map(({ contact }) => contact) ?? [];
    },
    async asked(deed) {
      const before = github.requests.length;
      await deed();
      return github.requests.slice(before).filter(({ path }) => !path.endsWith("/access_tokens"));
    },
    async close() {
      deliverer.stop();
      await app.stop();
      await opened.destroy();
      await github.close();
    },
  };
}

async function fill(store: Store, source: Source): Promise<void> {
  await importContacts({ store, source, input: createReadStream(contacts) });
}

async function settled(deliverer: Deliverer, app: App): Promise<void> {
  await deliverer.idle();
  await app.idle();
  await deliverer.idle(); // what the app said is delivered too
  await app.idle();
}

const commentsOn = (world: SampleWorld, issue: Issue): readonly Comment[] =>
  [...world.comments.values()].filter((comment) => comment.issue === issue);

function reactionsOn(world: SampleWorld, issue: Issue): readonly string[] {
  const targets = new Set<unknown>([issue, ...commentsOn(world, issue)]);
  return [...world.reactions.values()]
    .filter(({ target }) => targets.has(target))
    .map(({ content }) => content);
}

const withoutMarker = (body: string): string => body.replace(/\n\n<!-- liaison:reply:[^>]* -->$/, "");
