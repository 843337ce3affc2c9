/** A MongoDB server that asks for a password, and one that speaks TLS only. */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMongoStore } from "../../src/store/mongodb/store.js";
import {
  StoreRefusedError,
  StoreUnavailableError,
  type Store,
  type StoredDocument,
} from "../../src/store/store.js";
import { startMongoServer, type MongoServer } from "../mongo/server.mjs";
import { admin, describeOwnServer } from "./own-server.js";

interface Thing extends StoredDocument {
  readonly account: number;
}
const schema = { things: [{ fields: ["account"] }] };

describeOwnServer("the way into MongoDB", () => {
  let folder: string;
  let server: MongoServer | undefined;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "liaison-doors-"))));
  afterEach(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const works = async (uri: string): Promise<void> => {
    const store: Store = await openMongoStore({ uri, schema });
    try {
      const things = store.collection<Thing>("things");
      await things.insertOne({ _id: "a", account: 7 });
      expect(await things.find({ account: 7 }, { limit: 2 })).toEqual([{ _id: "a", account: 7 }]);
      await store.ping();
    } finally {
      await store.close();
    }
  };

  test("with --auth: the right password opens it, a wrong one is told as that, and so is none", async () => {
    server = await startMongoServer();
    const roles = [{ role: "readWrite", db: "liaison" }];
    await admin(server.uri, { createUser: "liaison", pwd: "right", roles });
    await server.restart(["--auth"]);
    const as = (user: string) => `mongodb://${user}@127.0.0.1:${server?.port ?? 0}/liaison?authSource=admin`;
    await works(as("liaison:right"));
    await expect(openMongoStore({ uri: as("liaison:wrong"), schema })).rejects.toThrow(StoreRefusedError);
    await expect(openMongoStore({ uri: server.uri, schema })).rejects.toThrow(StoreRefusedError);
    await expect(openMongoStore({ uri: as("liaison:wrong"), schema })).rejects.not.toThrow(/wrong/);
  }, 120_000);

  test("with TLS: who knows the server's certificate gets in, others do not", async () => {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    const request = [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "2",
      "-keyout",
      key,
      "-out",
      cert,
    ];
    execFileSync("openssl", [...request, ...subject], { stdio: "ignore" });
    const client = { tls: true, tlsCAFile: cert };
    server = await startMongoServer({ flags: ["--tls-cert-file", cert, "--tls-key-file", key], client });
    const address = `${server.uri}/liaison`;
    await works(`${address}?tls=true&tlsCAFile=${encodeURIComponent(cert)}`);
    for (const uri of [`${address}?tls=true`, address])
      await expect(openMongoStore({ uri, schema })).rejects.toThrow(StoreUnavailableError);
  }, 120_000);
});
