/**
 * Dockerfile, .dockerignore and compose.yaml, as far as they can be held to something without a Docker
 * engine: what they name is there, what must not get in stays out, and the scripts in them do their work.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { openDoor, type OpenDoor } from "../intake/open-door.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (file: string): string => readFileSync(`${root}${file}`, "utf8");

/** Instructions in order, continued lines joined, comments left out. */
const instructions = read("Dockerfile")
  .split("\n")
  .filter((line) => !line.startsWith("#"))
  .join("\n")
  .replaceAll("\\\n", " ")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => {
    const [, name = "", rest = ""] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    return { name, rest };
  });
const stages = instructions.flatMap(({ name, rest }) => (name === "FROM" ? [rest] : []));
const start = instructions.map(({ name }) => name).lastIndexOf("FROM");
const final = instructions.slice(start);
const textOf = (name: string): string =>
  final
    .filter((line) => line.name === name)
    .map(({ rest }) => rest)
    .join("\n");
const variables = (text: string): readonly string[] =>
  [...text.matchAll(/\b([A-Z_]{4,})=/g)].map(([, name = ""]) => name);

/** Settings that people can make, by .env.example. */
const settings = new Set([...read(".env.example").matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name));

describe("Dockerfile", () => {
  test("builds and installs in stages of their own; only their results are in the image", () => {
    expect(stages).toEqual(["node:20-slim AS build", "node:20-slim AS dependencies", "node:20-slim"]);
    const copied = final.filter(({ name }) => name === "COPY").map(({ rest }) => rest);
    expect(copied).toEqual([
      "package.json ./",
      "--from=dependencies /app/node_modules node_modules",
      "--from=build /app/dist dist",
      "fixtures/contacts.csv fixtures/contacts.csv",
    ]);
  });

  test("installs what the lockfile says, and runs no scripts of packages", () => {
    const installs = instructions
      .filter(({ rest }) => /\bnpm (ci|i|install)\b/.test(rest))
      .map(({ rest }) => rest);
    expect(installs).toHaveLength(2);
    for (const line of installs) expect(line).toMatch(/^npm ci .*--ignore-scripts/);
    expect(installs[1]).toContain("--omit=dev");
  });

  test("what is needed at run time needs no script to be installed", () => {
    const lock = z
      .object({
        packages: z.record(
          z.string(),
          z.object({ dev: z.boolean().optional(), hasInstallScript: z.boolean().optional() }),
        ),
      })
      .parse(JSON.parse(read("package-lock.json")));
    const scripted = Object.entries(lock.packages)
      .filter(([name, its]) => name !== "" && its.hasInstallScript === true && its.dev !== true)
      .map(([name]) => name);
    expect(scripted).toEqual([]);
  });

  test("runs as node, not as root, from its last word on the user", () => {
    const users = final.flatMap(({ name, rest }, at) => (name === "USER" ? [[rest, at] as const] : []));
    expect(users.map(([user]) => user)).toEqual(["node"]);
    const writes = final.flatMap(({ name }, at) => (name === "RUN" || name === "COPY" ? [at] : []));
    expect(Math.max(...writes)).toBeLessThan(users[0]?.[1] ?? -1); // so that node owns nothing of the app
  });

  test("starts a file that the build makes, with settings that exist", () => {
    expect(JSON.parse(textOf("ENTRYPOINT"))).toEqual(["node", "dist/main.js"]);
    expect(existsSync(`${root}src/main.ts`)).toBe(true);
    expect(JSON.parse(textOf("CMD"))).toEqual(["serve"]);
    const named = variables(textOf("ENV")).filter((name) => name !== "NODE_ENV");
    expect(named.filter((name) => !settings.has(name))).toEqual([]);
    expect(named).toEqual(expect.arrayContaining(["HOST", "PORT", "LIAISON_DATA_DIR"]));
  });

  test("holds no secret", () => {
    const all = instructions.map(({ name, rest }) => `${name} ${rest}`).join("\n");
    expect(all).not.toMatch(/SECRET|PRIVATE_KEY|TOKEN|PASSWORD|APP_ID|MONGODB_URI/i);
  });
});

describe("what goes to the builder", () => {
  const [first, ...kept] = read(".dockerignore")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

  test("is only what is named", () => {
    expect(first).toBe("*");
    expect(kept.filter((line) => !line.startsWith("!"))).toEqual([]);
    expect(kept.join("\n")).not.toMatch(/env$|\.git\b|pem|data|node_modules|dist/m);
  });

  test("is all that is copied, and is there", () => {
    const sources = instructions
      .filter(({ name, rest }) => name === "COPY" && !rest.startsWith("--from="))
      .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));
    expect(new Set(sources)).toEqual(new Set(kept.map((line) => line.slice(1))));
    expect(sources.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
  });
});

describe("the health check", () => {
  let door: OpenDoor | undefined;
  afterEach(() => door?.stop());
  const [program = "", ...args] = z
    .array(z.string())
    .parse(JSON.parse(/CMD (\[.*\])$/.exec(textOf("HEALTHCHECK"))?.[1] ?? "[]"));
  const check = async (port: string) => {
    const child = spawn(program === "node" ? process.execPath : program, args, {
      env: { PORT: port },
      stdio: "ignore",
    });
    const [code] = (await once(child, "exit")) as [number | null];
    return code;
  };

  test("finds an app that lives, though its store is away", async () => {
    door = await openDoor({ ready: () => Promise.reject(new Error("away")) });
    expect(await check(new URL(door.url).port)).toBe(0);
  });

  test("fails where nothing listens", async () => {
    door = await openDoor();
    const { port } = new URL(door.url);
    await door.stop();
    expect(await check(port)).toBe(1);
  });
});

const service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  networks: z.array(z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
});
const compose = z
  .object({
    services: z.record(z.string(), service),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
    networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(parse(read("compose.yaml"), { merge: true }));

describe("compose.yaml", () => {
  const services = Object.entries(compose.services);
  const members = services.flatMap(([name, { command }]) => (command?.[0] === "mongod" ? [name] : []));
  const app = compose.services.liaison;

  test("everything it refers to is declared in it", () => {
    for (const [, its] of services) {
      expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(its.networks));
      expect(Object.keys(compose.services)).toEqual(
        expect.arrayContaining(Object.keys(its.depends_on ?? {})),
      );
      expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(its.secrets ?? []));
      for (const volume of its.volumes ?? [])
        expect(Object.keys(compose.volumes)).toContain(volume.split(":")[0]);
    }
  });

  test("the app is set up by settings that exist, without root's rights or a disk to write on", () => {
    expect(Object.keys(app?.environment ?? {}).filter((name) => !settings.has(name))).toEqual([]);
    expect(app).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
    expect(app?.environment?.PRIVATE_KEY_PATH).toBe("/run/secrets/private_key");
    expect(app?.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
  });

  test("the app's MongoDB is the three members, each with a disk of its own, out of reach from outside", () => {
    const hosts = /^mongodb:\/\/([^/]+)\/liaison\?replicaSet=rs0$/.exec(
      app?.environment?.MONGODB_URI ?? "",
    )?.[1];
    expect(members).toHaveLength(3);
    expect(hosts?.split(",")).toEqual(members);
    const disks = members.map((name) => compose.services[name]?.volumes?.[0]);
    expect(disks).toEqual(members.map((name) => `${name}:/data/db`));
    for (const name of members) {
      expect(compose.services[name]).toMatchObject({
        networks: ["store"],
        healthcheck: { test: expect.anything() },
      });
      expect(compose.services[name]?.ports).toBeUndefined();
      expect(compose.services[name]?.command).toEqual(expect.arrayContaining(["--replSet", "rs0"]));
    }
    expect(compose.networks.store).toEqual({ internal: true });
  });

  describe("the replica set", () => {
    const script = compose.services["replica-set"]?.command?.at(-1) ?? "";
    /** Runs it against a pretended shell of MongoDB. @returns what it initiated */
    function run(status: () => unknown) {
      const initiated: unknown[] = [];
      let elections = 2;
      const shell = {
        rs: { status, initiate: (config: unknown) => initiated.push(config) },
        db: { hello: () => ((elections -= 1) < 0 ? { primary: "mongo1:27017" } : {}) },
        sleep: () => undefined,
      };
      runInNewContext(script, shell, { timeout: 5_000 });
      return initiated;
    }
    const fails = (codeName: string) => () => {
      throw Object.assign(new Error(codeName), { codeName });
    };

    test("is made once, of all members", () => {
      const hosts = members.map((name, _id) => ({ _id, host: `${name}:27017` }));
      expect(JSON.parse(JSON.stringify(run(fails("NotYetInitialized"))))).toEqual([
        { _id: "rs0", members: hosts },
      ]);
    });

    test("is left alone where it is", () => {
      expect(run(() => ({ ok: 1 }))).toEqual([]);
    });

    test("is not made out of any other trouble", () => {
      expect(() => run(fails("Unauthorized"))).toThrow("Unauthorized");
    });

    test("has to be there before the app starts", () => {
      expect(app?.depends_on).toEqual({ "replica-set": { condition: "service_completed_successfully" } });
    });
  });
});

test("secrets that these files ask for stay out of the repository", () => {
  expect(read(".gitignore").split("\n")).toEqual(expect.arrayContaining([".env", "*.pem"]));
  expect(Object.values(compose.secrets).map(({ file }) => file)).toEqual([expect.stringMatching(/\.pem$/)]);
});
