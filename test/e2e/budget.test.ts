/**
 * GitHub takes 80 comments a minute and 500 an hour from an installation: everybody gets a reaction at
 * once, and the words that are owed when there is room again. The time is the test's.
 */
import { createReadStream } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import { quickActionNames } from "../../src/commands/index.js";
import { composeConversation } from "../../src/compose/conversation.js";
import { storedLastGood } from "../../src/config/last-good.js";
import { createConfigLoader } from "../../src/config/loader.js";
import { storedStamps } from "../../src/config/stamps.js";
import { createAccounts } from "../../src/conversation/accounts.js";
import { createContentBudget } from "../../src/conversation/content-budget.js";
import { createGitHub } from "../../src/github/probot.js";
import { createInbox } from "../../src/intake/inbox.js";
import { readPayload } from "../../src/intake/payloads.js";
import { createWorker } from "../../src/intake/worker.js";
import { createParser } from "../../src/quick-actions/index.js";
import { importContacts } from "../../src/records/import.js";
import { createSampleWorld, startGitHub } from "../../src/sandbox/github/index.js";
import { schema, type ConfigDocument, type ConfigStampDocument } from "../../src/store/documents.js";
import { appKeys } from "../support/app-keys.js";
import { engines, type Engine } from "../support/stores.js";

const second = 1_000;
const minute = 60 * second;
const commands = 200;

describe.each(engines())("on the $name engine", (engine) => {
  test("200 commands in a minute: a reaction each at once, 80 comments a minute at most, every word once", async () => {
    const stage = await setStage(engine);
    try {
      for (let n = 0; n < commands; n += 1) await stage.command(n % 2 === 0 ? "999" : "1");
      await stage.work();
      expect(stage.failures).toEqual([]);
      expect(stage.reactedTo().size).toBe(commands);
      const atOnce = stage.said().length;
      expect(atOnce).toBeGreaterThan(20);
      expect(atOnce).toBeLessThan(80);
      expect(stage.left()).toBeLessThanOrEqual(1);

      for (let n = 0; n < 4; n += 1) await stage.pass(5 * second);
      stage.restart(20 * minute); // nobody works for a while, and much is overdue then
      for (let n = 0; n < 80; n += 1) await stage.pass(10 * second);
      expect(stage.answered("999")).toEqual(Array.from({ length: commands / 2 }, () => 1));
      expect(stage.most(minute)).toBeLessThanOrEqual(80);
      expect(stage.most(60 * minute)).toBeLessThanOrEqual(500);
      const all = stage.said().length;
      await stage.pass(60 * minute);
      expect(stage.said()).toHaveLength(all);
      expect(stage.failures).toEqual([]);
    } finally {
      await stage.close();
    }
  }, 180_000);
});

async function setStage(engine: Engine) {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const world = createSampleWorld({ now });
  const { privateKey, publicKey } = appKeys();
  const local = await startGitHub({ world, publicKey });
  const opened = await engine.open(schema, "budget");
  const { store } = opened;
  const { acme, people, issues } = world.sample;
  const input = createReadStream(new URL("../../fixtures/contacts.csv", import.meta.url));
  await importContacts({ store, source: { account: acme.id, group: "sales" }, input });
  const log = pino({ level: "silent" });
  const app = { appId: world.app.id, privateKey, webhookSecret: "a secret for tests", apiUrl: local.url };
  const github = createGitHub({ ...app, throttle: false, log });
  const parser = createParser(quickActionNames);
  const inbox = createInbox(store, now);
  const failures: unknown[] = [];
  const budget = createContentBudget(store, now);
  const open = () => {
    const lastGood = storedLastGood(store.collection<ConfigDocument>("configs"), now);
    const stamps = storedStamps(store.collection<ConfigStampDocument>("configStamps"));
    const rooms = {
      ...{ github, parser, loader: createConfigLoader({ lastGood, stamps, now: Date.now }) },
      accounts: createAccounts(store, now),
      rationing: { budget, keep: inbox.put.bind(inbox) },
    };
    const worker = createWorker({
      inbox,
      conversation: composeConversation(store, rooms, now),
      log: {
        ended(line) {
          if (line.state !== "done") failures.push(line);
        },
        trouble: (error) => failures.push(error),
      },
      ...{ now, name: `at ${ahead}`, pollMs: minute },
    });
    worker.start();
    return worker;
  };
  let worker = open();
  const places = [issues.login, issues.invoice, issues.export];
  const asked: { readonly id: number; readonly body: string }[] = [];
  const events: Parameters<typeof inbox.put>[0][] = [];
  const stop = world.onDelivery(({ event, guid, payload }) => {
    const reader = { appId: world.app.id, mayConcern: (text: string) => parser.mayConcern(text) };
    const incoming = readPayload(event, guid, payload, { ...reader, oldest: () => new Date(0) });
    if (incoming.kind === "conversation") events.push(incoming.event);
  });
  const said = () => [...world.comments.values()].filter(({ author }) => author === world.app.bot);
  return {
    failures,
    said,
    async command(contact: string) {
      const issue = places[asked.length % places.length] ?? issues.login;
      asked.push(world.comment(people.pia, issue, `/add_contacts [contact:${contact}]`));
      for (const event of events.splice(0)) await inbox.put(event);
    },
    work: () => worker.idle(),
    async pass(milliseconds: number) {
      ahead += milliseconds;
      await worker.idle();
    },
    restart(milliseconds: number) {
      void worker.stop();
      ahead += milliseconds;
      worker = open();
    },
    left: () => budget.left().get(acme.id)?.minute,
    /** Ids of commands with a reaction or an answer in words. */
    reactedTo: () => {
      const targets = new Set<unknown>([...world.reactions.values()].map(({ target }) => target));
      const words = said().map(({ body }) => body);
      return new Set(
        asked.filter((one) => targets.has(one) || words.some((body) => body.includes(`:${one.id} -->`))),
      );
    },
    /** How many replies each command on this contact has. */
    answered: (contact: string) =>
      asked
        .filter(({ body }) => body.includes(`:${contact}]`))
        .map(({ id }) => said().filter(({ body }) => body.includes(`:${id} -->`)).length),
    /** Most comments in any stretch of time. */
    most: (milliseconds: number) => {
      const times = said().map(({ createdAt }) => createdAt.getTime());
      return Math.max(
        ...times.map((from) => times.filter((t) => t >= from && t < from + milliseconds).length),
      );
    },
    async close() {
      stop();
      await worker.stop();
      await local.close();
      await opened.destroy();
    },
  };
}
