/**
 * The Octokits we ask with: one for every installation, one as the app itself, one as nobody. All of
 * them come from one Probot, which signs for the app and exchanges tokens, with what Probot
 * leaves to chance settled here: the address, the time limit, the throttle, the cache of tokens.
 */
import { Probot, ProbotOctokit } from "probot";
import type { Logger } from "pino";
import type { Client } from "./ask.js";
import type { Fence } from "./github.js";
import type { Observe } from "./observed.js";
import { TokenCache } from "./tokens.js";
import { createTransport, fencedTransport } from "./transport.js";

export interface GitHubOptions {
  /** The number on the app's settings page. */
  readonly appId: number;
  /** PEM, with real line ends. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Base of the REST API, without a slash at its end. */
  readonly apiUrl: string;
  readonly log: Logger;
  /**
   * Keeps GitHub's distance between writes, each installation for itself. Off for GitHub Enterprise
   * Servers without rate limits, and for tests.
   */
  readonly throttle: boolean;
  /** Milliseconds for a single request; 10 seconds when absent. */
  readonly timeout?: number;
  /** Told of every request that asks something of GitHub. */
  readonly observe?: Observe | undefined;
}

export interface Octokits {
  readonly probot: Probot;
  readonly tokens: TokenCache;
  ofInstallation(id: number): Promise<Client>;
  /** Asks as the app, with its own signature: only `/app` and `…/installation` take it. */
  ofApp(): Promise<Client>;
  /** Asks without saying who: public things only, 60 times an hour. */
  ofNobody(): Client;
}

const TIMEOUT = 10_000;
/** The version this room is written for; newer ones may rename what we read. */
const API_VERSION = "2022-11-28";

export function createOctokits(options: GitHubOptions): Octokits {
  const log = quiet(options.log);
  const tokens = new TokenCache();
  const timeout = options.timeout ?? TIMEOUT;
  const transport = createTransport(timeout);
  const request = { fetch: transport, log: { warn: deprecation(log) } };
  const fenced: Fenced = (fence) => fencedTransport(transport, fence, timeout);
  const probot = new Probot({
    appId: options.appId,
    privateKey: options.privateKey,
    secret: options.webhookSecret,
    baseUrl: options.apiUrl,
    log,
    request,
    Octokit: octokitClass(tokens, options.throttle),
  });
  const nobody = new ProbotOctokit({ baseUrl: options.apiUrl, log, request, ...waiting(false) });
  return {
    probot,
    tokens,
    ofInstallation: async (id) => toClient(await probot.auth(id), fenced),
    ofApp: async () => toClient(await probot.auth(), fenced),
    ofNobody: () => toClient(nobody, fenced),
  };
}

type OctokitOptions = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>;

/**
 * The callback form keeps what Probot sets, the id of an installation's own throttle among it; with
 * the plain form even the authentication is lost.
 */
function octokitClass(tokens: TokenCache, throttle: boolean): typeof ProbotOctokit {
  return ProbotOctokit.defaults((given: OctokitOptions) => {
    const ours = waiting(throttle);
    return {
      ...given,
      ...ours,
      throttle: { ...(given.throttle as object | undefined), ...ours.throttle },
      auth: { ...(given.auth as object), cache: tokens },
    };
  });
}

/**
 * Nothing of Octokit's waits for a rate limit or repeats a request: the plugins would hold a delivery
 * in memory for up to an hour. ask.ts says RetryableError, and the inbox comes back.
 */
function waiting(throttle: boolean) {
  const giveUp = () => false;
  return {
    userAgent: "liaison",
    retry: { enabled: false },
    throttle: { enabled: throttle, onRateLimit: giveUp, onSecondaryRateLimit: giveUp },
  };
}

type Fenced = (fence: Fence) => typeof globalThis.fetch;

function toClient(octokit: ProbotOctokit, fenced: Fenced): Client {
  return {
    request: async (route, parameters, fence) =>
      octokit.request(route, {
        ...parameters,
        ...(fence && { request: { fetch: fenced(fence) } }),
        headers: { "x-github-api-version": API_VERSION, ...(parameters.headers as object | undefined) },
      }),
  };
}

/** At debug Probot and Octokit log addresses and bodies of requests; ask.ts logs the routes instead. */
function quiet(log: Logger): Logger {
  return log.isLevelEnabled("debug") ? log.child({}, { level: "warn" }) : log;
}

/** Octokit's own message holds the address, and goes to the console where nobody takes it. */
function deprecation(log: Logger): () => void {
  return () => log.warn("GitHub calls a request of ours deprecated");
}
