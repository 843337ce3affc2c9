/**
 * Several `liaison serve` on one MongoDB: any may get any delivery, starting them anew one after the
 * other loses nothing, and a changed config counts in all of them at once.
 */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startMongoServer, type MongoServer } from "../mongo/server.mjs";
import type { ServeProcess } from "../e2e/serve-process.js";
import type { Issue } from "../../src/sandbox/github/index.js";
import { describeOwnServer } from "./own-server.js";
import { setStage, type Stage } from "./stage.js";

/** GitHub lets us send once more what nobody took; we do so at the next process, this often. */
const mostTries = 5;

describeOwnServer("three processes", () => {
  let server: MongoServer | undefined;
  let stage: Stage;
  let apps: ServeProcess[];
  beforeAll(async () => {
    server = await startMongoServer();
    stage = await setStage(server.uri);
    apps = await Promise.all([stage.start(), stage.start(), stage.start()]);
  }, 120_000);
  afterAll(async () => {
    await stage.close();
    await server?.stop();
  });

  let turn = 0;
  /** Pia comments; the delivery goes to the processes by turns. @returns how often it was sent */
  const say = async (issue: Issue, body: string): Promise<number> => {
    const { pia } = stage.world.sample.people;
    let worst = 0;
    for (const delivery of stage.deliveriesOf(() => stage.world.comment(pia, issue, body))) {
      let tries = 0;
      let status = 0;
      while (status !== 202 && tries < mostTries) {
        const { url } = apps[(turn += 1) % apps.length] ?? { url: "" };
        status = await stage.post(url, delivery);
        tries += 1;
      }
      expect(status).toBe(202);
      worst = Math.max(worst, tries);
    }
    return worst;
  };

  test("restarted one after the other, they take each delivery at the second try at last, and answer it once", async () => {
    const { login, invoice, export: third } = stage.world.sample.issues;
    const issues = [login, invoice, third];
    const numbers = [1, 2, 3, 5, 6, 7];
    let worst = 0;
    const link = async (contact: number | undefined) => {
      for (const issue of issues)
        worst = Math.max(worst, await say(issue, `/add_contacts [contact:${contact}]`));
    };
    for (const [n, app] of [...apps].entries()) {
      const [code] = await Promise.all([app.end("SIGTERM"), link(numbers[2 * n])]);
      expect(code).toBe(0);
      [apps[n]] = await Promise.all([stage.start(), link(numbers[2 * n + 1])]);
    }
    await stage.answered(numbers.length * issues.length);

    expect(worst).toBe(2);
    for (const issue of issues) {
      expect(stage.repliesEach(issue)).toEqual(numbers.map(() => 1));
      expect(await stage.linked(issue)).toEqual(numbers);
    }
  }, 120_000);

  test("a push to one of them counts in all others from the moment it is acknowledged", async () => {
    const { world, replies } = stage;
    const { login } = world.sample.issues;
    const [inAll, here] = [world.comments.size, replies(login).length];
    const bots = [...world.comments.values()].filter(({ author }) => author === world.app.bot).length;
    const askEach = () => Promise.all(apps.map(() => say(login, "/contacts")));
    await askEach();
    await stage.answered(bots + apps.length);
    expect(replies(login)).toHaveLength(here + apps.length);

    const off = stage.deliveriesOf(() =>
      world.pushFile(world.sample.people.olivia, login.repository, ".github/liaison.yml", "enabled: false\n"),
    );
    expect(off.map(({ event }) => event)).toEqual(["push"]);
    for (const delivery of off) expect(await stage.post(apps[0]?.url ?? "", delivery)).toBe(202);
    await askEach();
    await stage.answered(bots + apps.length);
    expect(replies(login)).toHaveLength(here + apps.length);
    expect(world.comments.size).toBe(inAll + 3 * apps.length);
  }, 120_000);
});
