/**
 * The log: JSON lines, or pretty ones on a terminal. Every line passes one gate that lets through
 * what is known to be harmless: numbers, a few named strings, errors without foreign words. Comment
 * bodies, names and addresses do not get out at any level, whoever logs them: Probot and Octokit
 * put whole payloads and request bodies into their lines.
 */
import { createRequire } from "node:module";
import { types } from "node:util";
import { destination as toFile, pino, stdTimeFunctions } from "pino";
import type { DestinationStream, Logger, LoggerOptions } from "pino";

export interface LogOptions {
  readonly level: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** `auto` is pretty on a terminal, else JSON. */
  readonly format: "auto" | "json" | "pretty";
  /** Takes the lines; standard output when absent. */
  readonly destination?: DestinationStream;
}

/** Fields that may hold words; all others hold numbers or booleans, or are left out. */
const WORDS = new Set(
  "time level msg name id delivery event action kind type state code method route command task engine version signal outcome why".split(
    " ",
  ),
);
/** Ids too big for a number come as digits. */
const IDS = new Set(["installation", "account", "repository", "issue", "comment", "hook"]);
/** Our own errors, whose messages are written to be shown. Messages of others may quote a user's words. */
const OWN_ERRORS = new Set([
  "RetryableError",
  "GoneError",
  "RefusedError",
  "SettingsError",
  "DuplicateKeyError",
  "StoreUnavailableError",
  "StoreRefusedError",
  "StoreLockedError",
  "EngineMissingError",
  "UnsupportedQueryError",
  "TooSlowError",
]);
const LONGEST_WORD = 200;
const LONGEST_MESSAGE = 1_000;
const DEEPEST_CAUSE = 3;
/** Anything that looks like an e-mail address, percent-encoded and full-width ones too. */
const ADDRESS = /[^\s"'<>()[\]{},;:=/?&@＠]+(?:@|＠|%40)[^\s"'<>()[\]{},;:=/?&@＠]+/giu;
const MAY_HOLD_ADDRESS = /@|＠|%40/i;
const FRAME = /^ {4}at (?:.*[(\s])?(?:\S+:\d+:\d+|<anonymous>|native)\)?$/;

/** @returns a logger whose lines, those of its children included, all pass the gate */
export function createLog({ level, format, destination }: LogOptions): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError, error: describeError },
    hooks: {
      logMethod(args, method) {
        method.apply(this, withOwnMessage(args) as typeof args);
      },
      streamWrite: passGate,
    },
  };
  const plain = destination ?? toFile({ dest: 1, sync: true });
  const isPretty =
    format === "pretty" || (format === "auto" && destination === undefined && process.stdout.isTTY);
  return pino(options, isPretty ? prettyStream(plain) : plain);
}

/** Pino takes the message of an error for the line's message where none is given: it gets a fixed one. */
function withOwnMessage(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args;
  const fields = types.isNativeError(first) ? { err: first } : first;
  const hasError = typeof fields === "object" && fields !== null && "err" in fields;
  return hasError && rest[0] === undefined ? [fields, "unexpected failure"] : [fields, ...rest];
}

/** A line of JSON in, a line of JSON out. */
function passGate(line: string): string {
  const fields = Object.entries(JSON.parse(line) as Record<string, unknown>);
  const passed = Object.fromEntries(fields.filter(([key, value]) => isHarmless(key, value)));
  return `${JSON.stringify(passed, (_key, value: unknown) => (typeof value === "string" ? redact(value) : value))}\n`;
}

/** The last net, for what slipped into a message of our own. Stacks are longer, and made of frames only. */
function redact(text: string): string {
  const short = text.startsWith("    at ") ? text : text.slice(0, LONGEST_MESSAGE);
  return MAY_HOLD_ADDRESS.test(short) ? short.replaceAll(ADDRESS, "[address]") : short;
}

function isHarmless(key: string, value: unknown): boolean {
  if (typeof value === "number" || typeof value === "boolean") return true;
  if (typeof value === "object") return key === "err" || key === "error";
  if (typeof value !== "string") return false;
  return (
    key === "msg" || (WORDS.has(key) && value.length <= LONGEST_WORD) || (IDS.has(key) && /^\d+$/.test(value))
  );
}

interface ErrorLine {
  readonly type: string;
  readonly message: string;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly stack: string | undefined;
  readonly cause: ErrorLine | undefined;
}

/** What a line may say about an error: its kind, where it came from, and its message if it is one of ours. */
function describeError(error: unknown, depth = 0): ErrorLine | undefined {
  if (error === undefined) return undefined;
  const { name, message, stack, cause, status, code } = fieldsOf(error);
  const type = typeof name === "string" ? name.slice(0, 60) : typeof error;
  const words = typeof message === "string" ? message : "";
  return {
    type,
    message: OWN_ERRORS.has(type) ? words : "(not shown)",
    status: typeof status === "number" ? status : undefined,
    code: typeof code === "string" && /^[A-Z][A-Z\d_]{1,60}$/.test(code) ? code : undefined,
    stack: typeof stack === "string" ? framesOf(stack, words) : undefined,
    cause: cause === undefined || depth >= DEEPEST_CAUSE ? undefined : describeError(cause, depth + 1),
  };
}

function fieldsOf(
  error: unknown,
): Partial<Record<"name" | "message" | "stack" | "cause" | "status" | "code", unknown>> {
  if (!types.isNativeError(error)) return {};
  const { name, message, stack, cause } = error;
  const status = "status" in error ? error.status : undefined;
  const code = "code" in error ? error.code : undefined;
  return { name, message, stack, cause, status, code };
}

/** A stack begins with the message, which may itself hold lines that look like frames. */
function framesOf(stack: string, message: string): string {
  const start = message === "" ? 0 : stack.indexOf(message) + message.length;
  const frames = stack
    .slice(start)
    .split("\n")
    .filter((line) => FRAME.test(line));
  return frames.join("\n");
}

/** Probot brings pino-pretty along; should it not, JSON is as good. */
function prettyStream(destination: DestinationStream): DestinationStream {
  try {
    const { prettyFactory } = createRequire(import.meta.url)("pino-pretty") as typeof import("pino-pretty");
    const pretty = prettyFactory({
      colorize: process.stdout.isTTY,
      translateTime: "HH:MM:ss",
      ignore: "name",
    });
    return { write: (line) => destination.write(pretty(line)) };
  } catch {
    return destination;
  }
}
