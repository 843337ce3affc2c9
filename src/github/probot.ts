/**
 * The door to GitHub: `createGitHub`. Probot and Octokit stay behind it; the rest of the house sees
 * the methods of github.ts and the errors of errors.ts.
 */
import { z } from "zod";
import { createAsk, type Ask, type Line } from "./ask.js";
import { createComments, type Author } from "./comments.js";
import { RetryableError } from "./errors.js";
import { createFiles } from "./files.js";
import type { GitHub, Installation } from "./github.js";
import { createHook } from "./hook-deliveries.js";
import { createLabels } from "./labels.js";
import { isLogin } from "./names.js";
import { createOctokits, type GitHubOptions, type Octokits } from "./octokits.js";
import { createPeople } from "./people.js";

export type { GitHubOptions } from "./octokits.js";

/** Installations whose clients are kept; the least lately asked for goes first. */
const CAPACITY = 200;
const SIGNATURE = /^sha256=[\da-f]{64}$/;
const ACCOUNT = z.object({ id: z.number(), login: z.string(), type: z.string() });
type AccountAnswer = Awaited<ReturnType<GitHub["account"]>>;

/** Asks nothing before the first call: wrong credentials show as RefusedError there. */
export function createGitHub(options: GitHubOptions): GitHub {
  const octokits = createOctokits(options);
  const { log, observe } = options;
  const asApp = createAsk({ client: () => octokits.ofApp(), forgetToken: () => undefined, log, observe });
  const author: Author = { appId: options.appId, botLogin: once(() => findBotLogin(asApp)) };
  const lines = new Map<number, Line>();
  return {
    appId: options.appId,
    hook: createHook(asApp),

    installation(id, fence) {
      const line = lines.get(id) ?? lineOf(id, octokits, options);
      lines.delete(id);
      lines.set(id, line);
      const [oldest] = lines.keys();
      if (lines.size > CAPACITY && oldest !== undefined) lines.delete(oldest);
      return createInstallation({ ...line, fence }, author);
    },

    account: (login) => findAccount(login, asApp, askAsNobody(octokits, options)),

    async verify(body, signature) {
      if (body === "" || !SIGNATURE.test(signature)) return false;
      const { webhooks } = await octokits.probot.ready();
      return webhooks.verify(body, signature);
    },
  };
}

const lineOf = (id: number, octokits: Octokits, { log, observe }: GitHubOptions): Line => ({
  client: once(() => octokits.ofInstallation(id)),
  forgetToken: () => octokits.tokens.forget(id),
  log: log.child({ installation: id }),
  installation: id,
  observe,
});

function createInstallation(line: Line, author: Author): Installation {
  const ask = createAsk(line);
  return { ...createPeople(ask), ...createFiles(ask), ...createComments(ask, author), ...createLabels(ask) };
}

function askAsNobody(octokits: Octokits, { log, observe }: GitHubOptions): Ask {
  return createAsk({
    client: () => Promise.resolve(octokits.ofNobody()),
    forgetToken: () => undefined,
    log,
    observe,
  });
}

/** Where the app is installed GitHub tells it who that is; of others it tells what everybody may know. */
async function findAccount(login: string, asApp: Ask, asNobody: Ask): Promise<AccountAnswer> {
  if (!isLogin(login)) return undefined;
  const parameters = { username: login };
  const installed = await asApp({
    route: "GET /users/{username}/installation",
    parameters,
    schema: z.object({ account: ACCOUNT }),
    alsoAnswers: [404],
  });
  if (installed.ok) return toAccount(installed.data.account);
  const known = await asNobody({
    route: "GET /users/{username}",
    parameters,
    schema: ACCOUNT,
    alsoAnswers: [404],
  });
  return known.ok ? toAccount(known.data) : undefined;
}

function toAccount({ id, login, type }: z.infer<typeof ACCOUNT>): AccountAnswer {
  return type === "Organization" || type === "User" ? { id, login, type } : undefined;
}

async function findBotLogin(asApp: Ask): Promise<string> {
  const answer = await asApp({ route: "GET /app", schema: z.object({ slug: z.string() }) });
  if (!answer.ok) throw new RetryableError("GitHub did not say who the app is");
  return `${answer.data.slug}[bot]`;
}

/** Keeps what `make` resolves to; a failure is not kept. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let kept: Promise<Value> | undefined;
  return () => {
    kept ??= make().catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };
}
