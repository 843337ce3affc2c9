/**
 * Whatever MongoDB answers while a comment is handled (a closed connection, not primary, shutting down, out
 * of time, not confirmed by a majority), once or several times in a row: the comment ends as undisturbed.
 */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { setTimeout as pause } from "node:timers/promises";
import { startMongoServer, type MongoServer } from "../mongo/server.mjs";
import { admin, describeOwnServer, failNext, type FailPoint } from "./own-server.js";
import { setStage, type Stage } from "./stage.js";
import { startToggling, type Toggling } from "./toggling.js";

const kinds: readonly (readonly [string, Omit<FailPoint, "failCommands">])[] = [
  ["the connection closes", { closeConnection: true }],
  ["not primary (10107)", { errorCode: 10107 }],
  ["primary stepped down (189)", { errorCode: 189 }],
  ["out of time (262)", { errorCode: 262 }],
  ["not confirmed (64)", { writeConcernError: { code: 64, errmsg: "waiting for replication timed out" } }],
];
/**
 * A primary that steps down tells the driver who watches it; a fail point changes nothing that it could tell,
 * and the driver would look again only after ten seconds.
 */
const looksAgain = "?serverMonitoringMode=poll";
const reads = ["find"];
const writes = ["insert", "update", "findAndModify", "delete"];
const commandsOf = (data: Omit<FailPoint, "failCommands">) =>
  "writeConcernError" in data ? writes : [...reads, ...writes];

/**
 * Where the worker fails so often that the driver gives up, the lane stays leased until the lease is over;
 * that takes too long for a table, so several times in a row is for what the door does.
 */
const timesOf = (command: string) => (command === "insert" ? [1, 2, 3] : [1]);

const cases = kinds.flatMap(([name, data]) =>
  commandsOf(data).flatMap((command) =>
    timesOf(command).map((times) => [times, command, name, data] as const),
  ),
);

describeOwnServer("a comment ends as undisturbed though", () => {
  let server: MongoServer | undefined;
  let stage: Stage;
  let toggling: Toggling;
  beforeAll(async () => {
    server = await startMongoServer();
    stage = await setStage(server.uri, server.uri, looksAgain);
    toggling = await startToggling(stage, await stage.start());
  }, 120_000);
  afterAll(async () => {
    await stage.close();
    await server?.stop();
  });

  test.each(cases)(
    "%i × %s: %s",
    async (times, command, _, data) => {
      const uri = server?.uri ?? "";
      const expected = toggling.expected();
      await failNext(uri, times, { failCommands: [command], ...data });
      const verdict = await toggling
        .next()
        .finally(() => admin(uri, { configureFailPoint: "failCommand", mode: "off" }));
      expect(verdict).toEqual(expected);
    },
    40_000,
  );

  test("and nothing follows later", async () => {
    await pause(2_000);
    expect(toggling.repliesEach()).toEqual(Array.from({ length: cases.length + 2 }, () => 1));
  });
});
