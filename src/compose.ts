/**
 * The composition root: the only place that knows every room. Puts the app together on a store and
 * on GitHub, starts it, and stops it in the order in which nothing is lost.
 */
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { quickActionNames } from "./commands/index.js";
import { createCaseNotes } from "./compose/case-notes.js";
import { createContentLeft } from "./compose/content-left.js";
import { composeCatchUp, keepCatchingUp } from "./compose/catching-up.js";
import { composeConversation } from "./compose/conversation.js";
import { doorLog, workLog } from "./compose/delivery-log.js";
import { keepLabels } from "./compose/label-work.js";
import { packageVersion } from "./compose/version.js";
import { watchedParser, watchedStore } from "./compose/watching.js";
import { storedLastGood } from "./config/last-good.js";
import { createConfigLoader } from "./config/loader.js";
import { storedStamps } from "./config/stamps.js";
import { createAccounts } from "./conversation/accounts.js";
import { createContentBudget } from "./conversation/content-budget.js";
import type { CommentEvent } from "./conversation/event.js";
import { createMayBeSecond } from "./conversation/handle-posted.js";
import { createIssueNews } from "./conversation/issue-news.js";
import { createReplyStore } from "./conversation/reply-store.js";
import { createIssues } from "./crm/issues.js";
import { createGitHub } from "./github/probot.js";
import { createInbox, type Inbox } from "./intake/inbox.js";
import { createAccept } from "./intake/accept.js";
import { readPayload } from "./intake/payloads.js";
import { startServer } from "./intake/server.js";
import { createWorker } from "./intake/worker.js";
import type { Metrics } from "./metrics/metrics.js";
import { createParser } from "./quick-actions/index.js";
import type { Settings } from "./settings.js";
import type { ConfigDocument, ConfigStampDocument } from "./store/documents.js";
import type { Store } from "./store/store.js";

export interface App {
  /** Where it listens: `http://host:port`. */
  readonly url: string;
  /** Resolves when every delivery that is due has been worked on, and all labels have followed. */
  idle(): Promise<void>;
  /** Stops listening, ends what runs (at most 10 s), and leaves the store open. */
  stop(): Promise<void>;
}

const now = () => new Date();

/** Finished deliveries are remembered this long, so that a redelivery is recognised. */
const rememberedFor = 7 * 24 * 60 * 60_000;
const housekeepingEvery = 60 * 60_000;
const longestStop = 10_000;

/** Starts the app on an open store; whoever opened it closes it after `stop`. */
export async function startApp(
  settings: Pick<Settings, "github" | "http">,
  opened: Store,
  log: Logger,
): Promise<App> {
  const { metricsToken, ...http } = settings.http;
  const metrics =
    metricsToken === undefined ? undefined : await openMetrics(opened, () => contentLeft.left());
  const store = metrics ? watchedStore(opened, metrics) : opened;
  const notes = createCaseNotes();
  const github = createGitHub({
    ...settings.github,
    log,
    observe(call) {
      notes.called();
      metrics?.asked(call);
    },
  });
  const plainParser = createParser(quickActionNames);
  const parser = metrics ? watchedParser(plainParser, metrics) : plainParser;
  const loader = createConfigLoader({
    lastGood: storedLastGood(store.collection<ConfigDocument>("configs"), now),
    stamps: storedStamps(store.collection<ConfigStampDocument>("configStamps")),
    now: Date.now,
  });
  const accounts = createAccounts(store, now, (login) => github.account(login));
  const inbox = createInbox(store, now);
  const budget = createContentBudget(store, now);
  const contentLeft = createContentLeft(budget);
  const rationing = settings.github.throttle
    ? { budget, keep: (event: CommentEvent, due: Date) => inbox.put(event, due) }
    : undefined;
  const rooms = { github, parser, loader, accounts, rationing };
  const conversation = contentLeft.noting(notes.noting(composeConversation(store, rooms, now, metrics)));
  await inbox.recover({ breakLeases: store.engine === "embedded" });
  const worker = createWorker({
    inbox,
    conversation,
    log: workLog(log, notes, metrics),
    now,
    name: randomUUID(),
  });
  const server = await startServer({
    ...http,
    verify: (body, signature) => github.verify(body, signature),
    read: (name, guid, payload) =>
      readPayload(name, guid, payload, {
        appId: github.appId,
        mayConcern: (text) => parser.mayConcern(text),
        oldest: () => new Date(Date.now() - rememberedFor),
      }),
    accept: createAccept({
      inbox,
      accounts,
      loader,
      issueNews: createIssueNews(createIssues(store, now)),
      mayBeSecond: createMayBeSecond(createReplyStore(store, now)),
      arrived: () => worker.nudge(),
    }),
    ...doorLog(log, metrics),
    ready: () => store.ping(),
    metrics: metrics && metricsToken !== undefined ? { ...metrics, token: metricsToken } : undefined,
  });
  worker.start();
  const housekeeping = keepHouse(inbox, log);
  const stopCatchingUp = keepCatchingUp(composeCatchUp(store, github, inbox, now), log);
  const labels = keepLabels(store, { inbox, arrived: () => worker.nudge() }, now, log);
  return {
    url: server.url,
    async idle() {
      await worker.idle();
      while ((await labels.round(0)) > 0) await worker.idle();
    },
    async stop() {
      clearInterval(housekeeping);
      stopCatchingUp();
      await Promise.race([Promise.all([server.stop(), worker.stop(), labels.stop()]), delay(longestStop)]);
    },
  };
}

/** Loaded only where somebody watches. Its own looks into the store are not timed. */
async function openMetrics(store: Store, contentLeft: () => ReadonlyMap<number, number>): Promise<Metrics> {
  const { createMetrics } = await import("./metrics/metrics.js");
  const inbox = createInbox(store, now);
  const version = await packageVersion();
  return createMetrics({ version, queue: () => inbox.queue(), contentLeft, now: Date.now });
}

function keepHouse(inbox: Inbox, log: Logger): NodeJS.Timeout {
  const tidy = async () => {
    await inbox.forgetFinishedBefore(new Date(Date.now() - rememberedFor));
    await inbox.recover({ breakLeases: false });
  };
  const keep = () => {
    tidy().catch((error: unknown) => log.error({ err: error }, "housekeeping"));
  };
  keep();
  return setInterval(keep, housekeepingEvery).unref();
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
