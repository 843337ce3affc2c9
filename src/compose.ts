/**
 * The composition root: the only place that knows every room. Puts the app together on a store and
 * on GitHub, starts it, and stops it in the order in which nothing is lost.
 */
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { quickActionNames } from "./commands/index.js";
import type { Tools } from "./commands/quick-action.js";
import { storedLastGood } from "./config/last-good.js";
import { createConfigLoader, type ConfigLoader } from "./config/loader.js";
import { createAccounts, type Accounts } from "./conversation/accounts.js";
import type { Conversation } from "./conversation/conversation.js";
import { createConversation } from "./conversation/index.js";
import { createIssueNews } from "./conversation/issue-news.js";
import { createMemberships } from "./conversation/memberships.js";
import { createReplyStore } from "./conversation/reply-store.js";
import { createTriage } from "./conversation/triage.js";
import { createContacts } from "./crm/contacts.js";
import { createAudit } from "./crm/audit.js";
import { createErasures } from "./crm/erase.js";
import { createIssues } from "./crm/issues.js";
import { createIssueLabels } from "./crm/issue-labels.js";
import { createLinks } from "./crm/links.js";
import { createMerges } from "./crm/merge.js";
import { createOrganizations } from "./crm/organizations.js";
import { contactShelf, organizationShelf } from "./crm/record-shelves.js";
import { createRecords } from "./crm/records.js";
import type { GitHub } from "./github/github.js";
import { createGitHub } from "./github/probot.js";
import { createInbox, type Inbox } from "./intake/inbox.js";
import { createAccept } from "./intake/accept.js";
import { readPayload } from "./intake/payloads.js";
import { startServer } from "./intake/server.js";
import { createWorker, type WorkLog } from "./intake/worker.js";
import { createParser, type Parser } from "./quick-actions/index.js";
import type { Settings } from "./settings.js";
import type { ConfigDocument } from "./store/documents.js";
import type { Store } from "./store/store.js";
import { createOrganizationSuggester } from "./suggest/organizations.js";
import { createSuggester, rankContacts } from "./suggest/suggester.js";

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
    now: Date.now,
  });
  const accounts = createAccounts(store, now, (login) => github.account(login));
  const conversation = createConversation(conversationOn(store, { github, parser, loader, accounts }));
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

function conversationOn(
  store: Store,
  rooms: {
    readonly github: GitHub;
    readonly parser: Parser;
    readonly loader: ConfigLoader;
    readonly accounts: Accounts;
  },
): Conversation {
  const contacts = createContacts(store, now);
  const organizations = createOrganizations(store, now);
  const suggester = createSuggester(store, { now });
  const issues = createIssues(store, now);
  const audit = createAudit(store, now);
  const links = createLinks(store, now);
  const tools: Tools = {
    contacts,
    organizations,
    links,
    issues,
    audit,
    records: createRecords(
      { contacts: contactShelf(contacts), organizations: organizationShelf(organizations) },
      audit,
    ),
    merges: createMerges(store, now),
    erasures: createErasures(store, now),
    suggestOrganizations: createOrganizationSuggester(store),
    suggest: (source, query, options) => suggester.suggest(source, query, options),
    rank: rankContacts,
  };
  return {
    ...rooms,
    installation: (id: number) => rooms.github.installation(id),
    memberships: createMemberships(now),
    triage: createTriage(now),
    issueLabels: createIssueLabels(store),
    replies: createReplyStore(store, now),
    tools,
    lookups: {
      contactsByNumbers: (source, numbers) => contacts.byNumbers(source, numbers),
      organizationsByNumbers: (source, numbers) => organizations.byNumbers(source, numbers),
      issuesByIds: (ids) => issues.byIds(ids),
      remarks: (issue, source) => links.remarks(issue, source),
    },
    now,
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
