/**
 * The composition root: the only place that knows every room. Puts the app together on a store and
 * on GitHub, starts it, and stops it in the order in which nothing is lost.
 */
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { quickActionNames } from "./commands/index.js";
import { composeConversation } from "./compose/conversation.js";
import { storedLastGood } from "./config/last-good.js";
import { createConfigLoader } from "./config/loader.js";
import { storedStamps } from "./config/stamps.js";
import { createAccounts } from "./conversation/accounts.js";
import { createIssueNews } from "./conversation/issue-news.js";
import { createIssues } from "./crm/issues.js";
import { createGitHub } from "./github/probot.js";
import { createInbox, type Inbox } from "./intake/inbox.js";
import { createAccept } from "./intake/accept.js";
import { readPayload } from "./intake/payloads.js";
import { startServer } from "./intake/server.js";
import { createWorker, type WorkLog } from "./intake/worker.js";
import { createParser } from "./quick-actions/index.js";
import type { Settings } from "./settings.js";
import type { ConfigDocument, ConfigStampDocument } from "./store/documents.js";
import type { Store } from "./store/store.js";

export interface App {
  /** Where it listens: `http://host:port`. */
  readonly url: string;
  /** Resolves when every delivery that is due has been worked on. */
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
  store: Store,
  log: Logger,
): Promise<App> {
  const github = createGitHub({ ...settings.github, log });
  const parser = createParser(quickActionNames);
  const loader = createConfigLoader({
    lastGood: storedLastGood(store.collection<ConfigDocument>("configs"), now),
    stamps: storedStamps(store.collection<ConfigStampDocument>("configStamps")),
    now: Date.now,
  });
  const accounts = createAccounts(store, now, (login) => github.account(login));
  const conversation = composeConversation(store, { github, parser, loader, accounts }, now);
  const inbox = createInbox(store, now);
  await inbox.recover({ breakLeases: store.engine === "embedded" });
  const worker = createWorker({ inbox, conversation, log: workLog(log), now, name: randomUUID() });
  const server = await startServer({
    ...settings.http,
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
      arrived: () => worker.nudge(),
    }),
    refused: (line) => log.warn(line, "delivery refused"),
    ready: () => store.ping(),
  });
  worker.start();
  const housekeeping = keepHouse(inbox, log);
  return {
    url: server.url,
    idle: () => worker.idle(),
    async stop() {
      clearInterval(housekeeping);
      await Promise.race([Promise.all([server.stop(), worker.stop()]), delay(longestStop)]);
    },
  };
}

function workLog(log: Logger): WorkLog {
  return {
    ended({ state, error, ...line }) {
      if (state === "done" && line.outcome !== "unreachable") log.info({ state, ...line }, "delivery");
      else log.warn({ state, ...line, err: error }, "delivery");
    },
    trouble: (error) => log.error({ err: error }, "worker"),
  };
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
