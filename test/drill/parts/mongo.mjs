/** The MongoDB server of a drill: the one of MONGODB_URI, else SecantusDB, which Python can install. */
import { spawnSync } from "node:child_process";

import { atInterruption } from "./ending.mjs";
import { installServer, startMongoServer } from "../../mongo/server.mjs";

/** @returns `uri`, `name` and `stop()`; without a server `why` there is none */
export async function findMongo() {
  const given = process.env.MONGODB_URI;
  if (given) return { uri: given, name: "MongoDB server", stop: async () => undefined };
  if (spawnSync("python3", ["--version"]).status !== 0)
    return { why: "not tried, there is neither MONGODB_URI nor Python 3" };
  installServer();
  const server = await startMongoServer();
  const forget = atInterruption(() => server.stop());
  return { uri: server.uri, name: "SecantusDB", stop: () => server.stop().finally(forget) };
}
