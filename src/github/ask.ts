/**
 * One question to GitHub: sent, repeated a little where that is harmless, checked for what we need,
 * and every failure turned into one of errors.ts. Octokit's own retry plugin is off: it counts
 * the exchange of a token among the attempts, repeats POSTs of comments, and waits when GitHub hangs.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { z } from "zod";
import { RetryableError } from "./errors.js";
import { answeredWith, byStatus, toGitHubError, type GitHubError } from "./failure.js";
import type { Fence } from "./github.js";
import { describeAnswer, operationOf, type Observe } from "./observed.js";

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** What sends a question: an Octokit, authenticated as whoever asks. */
export interface Client {
  /** @param fence asked before a write goes out */
  request(route: string, parameters: Record<string, unknown>, fence?: Fence): Promise<Response>;
}

/** Whom a question is asked as. */
export interface Line {
  client(): Promise<Client>;
  /** Makes the next request ask for a new token. */
  forgetToken(): void;
  /** Guards what is written by this line. */
  readonly fence?: Fence | undefined;
  readonly log: Logger;
  /** Undefined when the app asks as itself or as nobody. */
  readonly installation?: number | undefined;
  readonly observe?: Observe | undefined;
}

export interface Question<Data> {
  /** An Octokit route: the method and the template of the address. */
  readonly route: string;
  readonly parameters?: Record<string, unknown>;
  /** What the answer must hold; an answer without it counts as a failure of GitHub. */
  readonly schema: z.ZodType<Data>;
  /** Statuses that are an answer here and not a failure. */
  readonly alsoAnswers?: readonly number[];
  /** Not repeated after a failure: GitHub may have done it before the answer was lost. */
  readonly once?: boolean;
}

export type Answer<Data> =
  | { readonly ok: true; readonly data: Data; readonly headers: Response["headers"] }
  /** One of the question's `alsoAnswers`. */
  | { readonly ok: false; readonly status: number };

export type Ask = <Data>(question: Question<Data>) => Promise<Answer<Data>>;

/** Milliseconds before the second and third attempt. */
const PAUSES = [250, 750];
/** A question that took longer than this is not repeated here: the inbox comes back to it. */
const PATIENCE = 3_000;

export function createAsk(line: Line): Ask {
  return async <Data>(question: Question<Data>): Promise<Answer<Data>> => {
    const started = Date.now();
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await attemptOnce(line, question);
      } catch (error) {
        const failure = ofInstallation(line, toGitHubError(error, question.route));
        const worthIt = failure instanceof RetryableError && failure.retryAfter === undefined;
        const rest = PAUSES[attempt];
        if (question.once === true || !worthIt || rest === undefined || Date.now() - started > PATIENCE)
          throw failure;
        await sleep(rest);
      }
    }
  };
}

/** A limit is said to be whose it is: others go on. */
function ofInstallation({ installation }: Line, failure: GitHubError): GitHubError {
  if (!(failure instanceof RetryableError) || failure.retryAfter === undefined) return failure;
  return new RetryableError(failure.message, failure.retryAfter, installation);
}

async function attemptOnce<Data>(line: Line, question: Question<Data>): Promise<Answer<Data>> {
  const started = Date.now();
  const said = (status: number | undefined, err?: unknown) =>
    line.log.debug({ route: question.route, status, ms: Date.now() - started, err }, "asked GitHub");
  try {
    const response = await sendWithFreshToken(line, question);
    said(response.status);
    return understand(question, response);
  } catch (error) {
    const status = answeredWith(error, question.alsoAnswers ?? []);
    said(status, status === undefined ? error : undefined);
    if (status === undefined) throw error;
    return { ok: false, status };
  }
}

/**
 * A 401 may mean that the token is over before its time: once more with a new one; what GitHub refuses
 * so it has not done, a POST neither. After a 403 the next question gets a new token, for permissions
 * are fixed in a token when it is made.
 */
async function sendWithFreshToken(line: Line, question: Question<unknown>): Promise<Response> {
  const client = await line.client();
  const parameters = question.parameters ?? {};
  try {
    return await send(line, client, question.route, parameters);
  } catch (error) {
    const status = answeredWith(error, [401, 403]);
    if (status === undefined || question.alsoAnswers?.includes(status) === true) throw error;
    line.forgetToken();
    if (status === 403) throw error;
    return await send(line, client, question.route, parameters);
  }
}

/** One request, told to whoever observes, however it ends. */
async function send(
  { observe, installation, fence }: Line,
  client: Client,
  route: string,
  parameters: Record<string, unknown>,
): Promise<Response> {
  const started = performance.now();
  const told = (answerOrError: unknown) => {
    const seconds = (performance.now() - started) / 1000;
    observe?.({ operation: operationOf(route), installation, seconds, ...describeAnswer(answerOrError) });
  };
  try {
    const response = await client.request(route, parameters, fence);
    told(response);
    return response;
  } catch (error) {
    told(error);
    throw error;
  }
}

function understand<Data>(question: Question<Data>, response: Response): Answer<Data> {
  if (response.status >= 300) throw byStatus(response.status, question.route);
  const parsed = question.schema.safeParse(response.data);
  if (parsed.success) return { ok: true, data: parsed.data, headers: response.headers };
  throw new RetryableError(`GitHub's answer to ${question.route} lacks what it should hold`);
}
