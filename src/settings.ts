/**
 * The environment, read once and here only: every setting checked, every mistake listed at once with
 * its remedy, and no value ever shown. `.env.example` lists the same settings for people.
 */
import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What every command can need. */
export interface LocalSettings {
  readonly http: {
    readonly host: string;
    /** 0: any free one. */
    readonly port: number;
    /** Whoever shows it may read `/metrics`; when absent there is none. */
    readonly metricsToken?: string;
  };
  readonly store: {
    /** MongoDB's; when absent, the embedded engine in `dataDir` it is. */
    readonly mongodbUri?: string;
    readonly dataDir: string;
  };
  readonly log: { readonly level: (typeof LEVELS)[number]; readonly format: (typeof FORMATS)[number] };
}

export interface Settings extends LocalSettings {
  readonly github: {
    readonly appId: number;
    /** PEM (PKCS #8) with real line ends, in whatever form it was given. */
    readonly privateKey: string;
    readonly webhookSecret: string;
    /** Without a slash at its end. */
    readonly apiUrl: string;
    readonly throttle: boolean;
  };
}

export interface SettingsProblem {
  /** The variable, or `.env`. */
  readonly name: string;
  /** What is wrong and what to do; never holds a value. */
  readonly message: string;
}

/** One or more settings are missing or wrong. The message lists all of them, a line each. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  constructor(readonly problems: readonly SettingsProblem[]) {
    super(problems.map(({ name, message }) => `${name} ${message}`).join("\n"));
  }
}

const CREDENTIALS = ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"];
const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const FORMATS = ["auto", "json", "pretty"] as const;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** Lets a made-up secret pass and "secret" not; GitHub advises a random one. */
const SHORTEST_SECRET = 8;
/** Unlike the secret, a token can be guessed at by asking. */
const SHORTEST_TOKEN = 16;

const LOCAL = z.object({
  HOST: text(
    /^[^\s/]+$/,
    "must be a host name or address to listen on, such as 127.0.0.1 or 0.0.0.0",
  ).default("127.0.0.1"),
  PORT: text(/^\d{1,5}$/, "must be a number from 0 (any free port) to 65535")
    .transform(Number)
    .refine((port) => port <= 65535, "must be a number from 0 (any free port) to 65535")
    .default(3000),
  METRICS_TOKEN: text(/^[\x21-\x7e]+$/, "must be letters, digits and signs without spaces")
    .min(SHORTEST_TOKEN, "is too short to protect anything: make one with `openssl rand -hex 32`")
    .optional(),
  MONGODB_URI: text(/^mongodb(\+srv)?:\/\/[^\s/]/, "must start with mongodb:// or mongodb+srv://").optional(),
  LIAISON_DATA_DIR: text(/./, "must be a folder").default("./data"),
  LOG_LEVEL: oneOf(LEVELS).default("info"),
  LOG_FORMAT: oneOf(FORMATS).default("auto"),
});

const GITHUB = z.object({
  APP_ID: text(
    /^[1-9]\d{0,14}$/,
    'must be the number called "App ID" on the settings page of your GitHub App, not its client ID',
  ).transform(Number),
  PRIVATE_KEY: z.unknown().transform(readPrivateKey),
  WEBHOOK_SECRET: text(
    /^\S(.*\S)?$/s,
    "must not begin or end with white space",
    "make one with `openssl rand -hex 32`, and give the same one to your GitHub App",
  )
    .min(SHORTEST_SECRET, "is too short to protect anything: make one with `openssl rand -hex 32`")
    .refine((secret) => secret !== "development", "is a secret everybody knows: make one of your own"),
  GITHUB_API_URL: text(/^\S+$/, "must be an address without spaces")
    .transform(readApiUrl)
    .default("https://api.github.com"),
  GITHUB_THROTTLE: oneOf(["on", "off"]).default("on"),
});

/** @returns the real environment over the `.env` file of `folder`, where there is one */
export function loadEnvironment(folder = "."): Environment {
  try {
    const file: Environment = { ...parseEnv(readFileSync(join(folder, ".env"), "utf8")) };
    return { ...file, ...process.env };
  } catch (error) {
    if (isMissing(error)) return process.env;
    throw new SettingsError([
      { name: ".env", message: "is there but cannot be read: check its permissions" },
    ]);
  }
}

/** Has somebody begun to set GitHub up? False when none of the credentials is there. */
export function hasCredentials(env: Environment): boolean {
  return CREDENTIALS.some((name) => isGiven(env[name]));
}

/** @throws SettingsError with every problem there is */
export function readSettings(env: Environment): Settings {
  const values = parse(z.object({ ...GITHUB.shape, ...LOCAL.shape }), env);
  return {
    ...toLocalSettings(values),
    github: {
      appId: values.APP_ID,
      privateKey: values.PRIVATE_KEY,
      webhookSecret: values.WEBHOOK_SECRET,
      apiUrl: values.GITHUB_API_URL,
      throttle: values.GITHUB_THROTTLE === "on",
    },
  };
}

/**
 * The settings of what does without GitHub, the sandbox for one; its credentials are not looked at.
 * @throws SettingsError with every problem there is
 */
export function readLocalSettings(env: Environment): LocalSettings {
  return toLocalSettings(parse(LOCAL, env));
}

function toLocalSettings(values: z.infer<typeof LOCAL>): LocalSettings {
  return {
    http: {
      host: values.HOST,
      port: values.PORT,
      ...(values.METRICS_TOKEN !== undefined && { metricsToken: values.METRICS_TOKEN }),
    },
    store: {
      ...(values.MONGODB_URI !== undefined && { mongodbUri: values.MONGODB_URI }),
      dataDir: values.LIAISON_DATA_DIR,
    },
    log: { level: values.LOG_LEVEL, format: values.LOG_FORMAT },
  };
}

function parse<Values>(schema: z.ZodType<Values>, env: Environment): Values {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => isGiven(value)));
  const key = { pem: set.PRIVATE_KEY, path: set.PRIVATE_KEY_PATH };
  const parsed = schema.safeParse({ ...set, PRIVATE_KEY: key });
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    parsed.error.issues.map(({ path, message }) => ({ name: String(path.at(-1)), message })),
  );
}

/** Containers set what is left out to nothing: empty counts as not set. */
function isGiven(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}

/** @param remedy what to do when it is not set; unless told, what it has to look like */
function text(pattern: RegExp, message: string, remedy = `it ${message}`) {
  return z.string({ error: `is not set: ${remedy}` }).regex(pattern, message);
}

function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values, { error: `must be one of ${values.join(", ")}` });
}

/** GitHub's file, its text with `\n` for line ends, or its text in Base64; as PKCS #8 for Octokit. */
function readPrivateKey(given: unknown, context: z.RefinementCtx): string {
  const { pem, path } = given as { pem: string | undefined; path: string | undefined };
  const refuse = (message: string, name = "PRIVATE_KEY") => {
    context.addIssue({ code: "custom", path: name === "PRIVATE_KEY" ? [] : [name], message });
    return z.NEVER;
  };
  if (pem !== undefined && path !== undefined)
    return refuse("and PRIVATE_KEY_PATH are both set: leave one of them out");
  if (pem === undefined && path === undefined)
    return refuse(
      "is not set: give the private key of your GitHub App here, or its file in PRIVATE_KEY_PATH",
    );
  const name = pem === undefined ? "PRIVATE_KEY_PATH" : "PRIVATE_KEY";
  const text = pem ?? readText(path ?? "");
  if (text === undefined) return refuse("names a file that cannot be read", name);
  const key = toPkcs8(text);
  return (
    key ?? refuse("holds no RSA private key: use the .pem file GitHub gave you when you made the key", name)
  );
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function toPkcs8(given: string): string | undefined {
  const decoded = given.includes("-----BEGIN") ? given : Buffer.from(given, "base64").toString("utf8");
  try {
    const key = createPrivateKey(decoded.replaceAll("\\n", "\n").trim());
    return key.asymmetricKeyType === "rsa"
      ? key.export({ type: "pkcs8", format: "pem" }).toString()
      : undefined;
  } catch {
    return undefined;
  }
}

function readApiUrl(given: string, context: z.RefinementCtx): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const secure = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.test(url.hostname));
  if (url !== undefined && secure && url.username === "" && url.search === "" && url.hash === "")
    return url.href.replace(/\/+$/, "");
  context.addIssue({
    code: "custom",
    message: "must be an https address such as https://github.example.com/api/v3, without a user or a query",
  });
  return z.NEVER;
}

function isMissing(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";
}
