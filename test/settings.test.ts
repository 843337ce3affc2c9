/** The environment in, settings or every mistake out; never a value in a message. */
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  hasCredentials,
  loadEnvironment,
  readLocalSettings,
  readSettings,
  SettingsError,
} from "../src/settings.js";
import type { Environment, SettingsProblem } from "../src/settings.js";

const { privateKey: rsa } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pkcs8 = rsa.export({ type: "pkcs8", format: "pem" }).toString();
const pkcs1 = rsa.export({ type: "pkcs1", format: "pem" }).toString();
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();
const complete: Environment = { APP_ID: "123", PRIVATE_KEY: pkcs8, WEBHOOK_SECRET: "correct horse" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "liaison-settings-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function problemsOf(env: Environment): readonly SettingsProblem[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe("settings", () => {
  test("have defaults for all but the credentials", () => {
    expect(readSettings(complete)).toEqual({
      github: {
        appId: 123,
        privateKey: pkcs8,
        webhookSecret: "correct horse",
        apiUrl: "https://api.github.com",
        throttle: true,
      },
      http: { host: "127.0.0.1", port: 3000 },
      store: { dataDir: "./data" },
      log: { level: "info", format: "auto" },
    });
  });

  test("take every variable", () => {
    const env = {
      ...complete,
      GITHUB_API_URL: "http://127.0.0.1:8080/api/v3/",
      GITHUB_THROTTLE: "off",
      HOST: "0.0.0.0",
      PORT: "0",
      METRICS_TOKEN: "0123456789abcdef",
      MONGODB_URI: "mongodb+srv://u:p@db.example/liaison",
      LIAISON_DATA_DIR: "/var/lib/liaison",
      LOG_LEVEL: "trace",
      LOG_FORMAT: "json",
    };
    expect(readSettings(env)).toMatchObject({
      github: { apiUrl: "http://127.0.0.1:8080/api/v3", throttle: false },
      http: { host: "0.0.0.0", port: 0, metricsToken: "0123456789abcdef" },
      store: { mongodbUri: env.MONGODB_URI, dataDir: "/var/lib/liaison" },
      log: { level: "trace", format: "json" },
    });
  });

  test("set to nothing are not set", () => {
    expect(readSettings({ ...complete, PORT: "", PRIVATE_KEY_PATH: "", MONGODB_URI: "" }).http.port).toBe(
      3000,
    );
  });

  test.each<[string, string]>([
    ["PKCS #8", pkcs8],
    ["PKCS #1, as GitHub gives it", pkcs1],
    ["with \\n for line ends", pkcs1.replaceAll("\n", "\\n")],
    ["with CRLF", pkcs1.replaceAll("\n", "\r\n")],
    ["in Base64", Buffer.from(pkcs1).toString("base64")],
  ])("take the private key %s", (_name, key) => {
    expect(readSettings({ ...complete, PRIVATE_KEY: key }).github.privateKey).toBe(pkcs8);
  });

  test("take the private key from a file", () => {
    const path = join(folder, "app.pem");
    writeFileSync(path, pkcs1);
    expect(
      readSettings({ ...complete, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: path }).github.privateKey,
    ).toBe(pkcs8);
  });

  test("that are wrong are listed all at once, none of their values shown", () => {
    const env = {
      APP_ID: "Iv1.secretish",
      PRIVATE_KEY: "secretish",
      PORT: "secretish",
      HOST: "a secretish",
      MONGODB_URI: "postgres://secretish",
      LOG_LEVEL: "secretish",
      LOG_FORMAT: "secretish",
      GITHUB_API_URL: "ftp://secretish",
      GITHUB_THROTTLE: "secretish",
    };
    expect(
      problemsOf(env)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...Object.keys(env), "WEBHOOK_SECRET"].sort());
    expect(() => readSettings(env)).toThrow(/^(?!.*secretish)/s);
    expect(new SettingsError(problemsOf(env)).message.split("\n")).toHaveLength(10);
  });

  const without = (name: string): Environment => ({ ...complete, [name]: undefined });
  test.each<[string, Environment, string, string]>([
    ["no app id", without("APP_ID"), "APP_ID", "is not set"],
    ["app id 0", { ...complete, APP_ID: "0" }, "APP_ID", "must be the number"],
    ["no secret", without("WEBHOOK_SECRET"), "WEBHOOK_SECRET", "not set: make one with `openssl rand"],
    [
      "Probot's default secret",
      { ...complete, WEBHOOK_SECRET: "development" },
      "WEBHOOK_SECRET",
      "everybody knows",
    ],
    ["a short secret", { ...complete, WEBHOOK_SECRET: "7 chars" }, "WEBHOOK_SECRET", "too short"],
    [
      "a secret with its line end",
      { ...complete, WEBHOOK_SECRET: "correct horse\n" },
      "WEBHOOK_SECRET",
      "white space",
    ],
    ["no key", without("PRIVATE_KEY"), "PRIVATE_KEY", "is not set"],
    ["a key twice", { ...complete, PRIVATE_KEY_PATH: "a.pem" }, "PRIVATE_KEY", "both set"],
    ["a key of the wrong kind", { ...complete, PRIVATE_KEY: elliptic }, "PRIVATE_KEY", "RSA"],
    ["half a key", { ...complete, PRIVATE_KEY: pkcs1.slice(0, 400) }, "PRIVATE_KEY", "RSA"],
    [
      "a key file that is not there",
      { ...without("PRIVATE_KEY"), PRIVATE_KEY_PATH: "no/such.pem" },
      "PRIVATE_KEY_PATH",
      "cannot be read",
    ],
    [
      "a key file that holds none",
      { ...without("PRIVATE_KEY"), PRIVATE_KEY_PATH: "package.json" },
      "PRIVATE_KEY_PATH",
      "RSA",
    ],
    [
      "a short metrics token",
      { ...complete, METRICS_TOKEN: "0123456789abcde" },
      "METRICS_TOKEN",
      "too short",
    ],
    ["port 65536", { ...complete, PORT: "65536" }, "PORT", "65535"],
    ["port -1", { ...complete, PORT: "-1" }, "PORT", "65535"],
    [
      "plain http to elsewhere",
      { ...complete, GITHUB_API_URL: "http://github.example.com" },
      "GITHUB_API_URL",
      "https",
    ],
    [
      "an address with a password",
      { ...complete, GITHUB_API_URL: "https://u:p@github.example.com" },
      "GITHUB_API_URL",
      "without a user",
    ],
    [
      "loopback as part of a name",
      { ...complete, GITHUB_API_URL: "http://127.0.0.1.example.com" },
      "GITHUB_API_URL",
      "https",
    ],
  ])("refuse %s", (_name, env, name, words) => {
    expect(problemsOf(env)).toEqual([{ name, message: expect.stringContaining(words) }]);
  });

  test("without GitHub do not look at its credentials", () => {
    const env = { APP_ID: "nonsense", PORT: "8080" };
    expect(readLocalSettings(env).http.port).toBe(8080);
    expect(() => readLocalSettings({ ...env, LOG_LEVEL: "loud" })).toThrow(SettingsError);
  });
});

describe("credentials", () => {
  test.each<[Environment, boolean]>([
    [{}, false],
    [{ APP_ID: "", WEBHOOK_SECRET: "" }, false],
    [{ PORT: "3000", GITHUB_API_URL: "x" }, false],
    [{ APP_ID: "1" }, true],
    [{ PRIVATE_KEY: "x" }, true],
    [{ PRIVATE_KEY_PATH: "x" }, true],
    [{ WEBHOOK_SECRET: "x" }, true],
  ])("in %p: %p", (env, expected) => {
    expect(hasCredentials(env)).toBe(expected);
  });
});

describe("the .env file", () => {
  test("fills in what the real environment lacks", () => {
    writeFileSync(
      join(folder, ".env"),
      `PATH=/from/file\nLIAISON_TEST_ONLY=yes # a comment\nPRIVATE_KEY="${pkcs8}"\n`,
    );
    const env = loadEnvironment(folder);
    expect(env.LIAISON_TEST_ONLY).toBe("yes");
    expect(env.PATH).toBe(process.env.PATH);
    expect(readSettings({ ...complete, PRIVATE_KEY: env.PRIVATE_KEY }).github.privateKey).toBe(pkcs8);
    expect(process.env.LIAISON_TEST_ONLY).toBeUndefined();
  });

  test("need not be there", () => {
    expect(loadEnvironment(folder)).toEqual(process.env);
  });

  test("that cannot be read is a mistake like any other", () => {
    mkdirSync(join(folder, ".env"));
    expect(() => loadEnvironment(folder)).toThrow(SettingsError);
  });

  test("has an example that names every setting and needs nothing but the credentials", () => {
    const text = readFileSync(".env.example", "utf8");
    const example = parseEnv(text) as Environment;
    expect(Object.keys(example).sort()).toEqual(["APP_ID", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"]);
    const named = new Set([...text.matchAll(/^#? ?([A-Z_]{4,})=/gm)].map(([, name]) => name));
    const settings = [
      "GITHUB_API_URL",
      "GITHUB_THROTTLE",
      "HOST",
      "LIAISON_DATA_DIR",
      "LOG_FORMAT",
      "LOG_LEVEL",
      "METRICS_TOKEN",
      "MONGODB_URI",
      "PORT",
      "PRIVATE_KEY",
    ];
    expect([...named].sort()).toEqual([...settings, ...Object.keys(example)].sort());
    expect(hasCredentials(example)).toBe(false);
  });
});
