/**
 * What the app can learn about its own registration: for `liaison doctor`, which asks once, as the app
 * itself, and changes nothing.
 */
import { z } from "zod";
import { createAsk, type Question } from "./ask.js";
import { RetryableError } from "./errors.js";
import { createOctokits, type GitHubOptions } from "./octokits.js";
import { createTransport } from "./transport.js";

/** Permission -> level, as GitHub names them: `issues` -> `write`. */
export type Permissions = Readonly<Record<string, string>>;

export interface Registration {
  readonly slug: string;
  readonly name: string;
  readonly owner: { readonly login: string; readonly isOrganization: boolean };
  /** Of the app's public page: tells which GitHub. */
  readonly page: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

export interface HookSettings {
  /** "" where none is set. */
  readonly url: string;
  readonly contentType: string;
  /** GitHub does not check our certificate. */
  readonly isInsecure: boolean;
  /** GitHub tells that there is a secret, never which. */
  readonly hasSecret: boolean;
}

export interface InstallationFacts {
  readonly id: number;
  readonly account: { readonly id: number; readonly login: string };
  readonly isSuspended: boolean;
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

export interface VisibleRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

/** Every method may reject with an error of errors.ts. */
export interface Inspection {
  registration(): Promise<Registration>;
  hook(): Promise<HookSettings>;
  /** Status codes of the latest deliveries (at most 100), newest first; 0 where nobody answered. */
  recentDeliveries(): Promise<readonly { readonly status: number; readonly at: Date }[]>;
  /** At most 100. */
  installations(): Promise<readonly InstallationFacts[]>;
  /** What an installation sees, at most `most` (1 to 100). */
  repositories(installation: number, most: number): Promise<readonly VisibleRepository[]>;
  /** GitHub's clock, asked without credentials: a wrong clock of ours makes GitHub refuse those. */
  time(): Promise<Date | undefined>;
}

const TIMEOUT = 10_000;
const LEVELS = z.record(z.string(), z.string());
const REGISTRATION = z.object({
  slug: z.string(),
  name: z.string(),
  owner: z.object({ login: z.string(), type: z.string().optional() }),
  html_url: z.string(),
  permissions: LEVELS,
  events: z.array(z.string()),
});
const HOOK = z.object({
  url: z.string().nullish(),
  content_type: z.string().nullish(),
  insecure_ssl: z.union([z.string(), z.number()]).nullish(),
  secret: z.string().nullish(),
});
const DELIVERIES = z.array(z.object({ status_code: z.number(), delivered_at: z.coerce.date() }));
const INSTALLATIONS = z.array(
  z.object({
    id: z.number(),
    account: z.object({ id: z.number(), login: z.string() }),
    suspended_at: z.string().nullish(),
    permissions: LEVELS,
    events: z.array(z.string()),
  }),
);
const REPOSITORIES = z.object({
  repositories: z.array(
    z.object({ id: z.number(), name: z.string(), owner: z.object({ login: z.string() }) }),
  ),
});

export function createInspection(options: GitHubOptions): Inspection {
  const octokits = createOctokits(options);
  const lineOf = (client: () => ReturnType<typeof octokits.ofApp>) =>
    createAsk({ client, forgetToken: () => undefined, log: options.log });
  const asApp = lineOf(() => octokits.ofApp());
  const ask = async <Data>(question: Question<Data>, as = asApp): Promise<Data> => {
    const answer = await as(question);
    if (!answer.ok) throw new RetryableError(`GitHub answered ${answer.status} to ${question.route}`);
    return answer.data;
  };
  return {
    registration: async () => toRegistration(await ask({ route: "GET /app", schema: REGISTRATION })),
    hook: async () => toHook(await ask({ route: "GET /app/hook/config", schema: HOOK })),
    async recentDeliveries() {
      const parameters = { per_page: 100 };
      const list = await ask({ route: "GET /app/hook/deliveries", parameters, schema: DELIVERIES });
      return list.map(({ status_code: status, delivered_at: at }) => ({ status, at }));
    },
    async installations() {
      const parameters = { per_page: 100 };
      const list = await ask({ route: "GET /app/installations", parameters, schema: INSTALLATIONS });
      return list.map(({ suspended_at: suspended, ...facts }) => ({
        ...facts,
        isSuspended: typeof suspended === "string",
      }));
    },
    async repositories(installation, most) {
      const question = {
        route: "GET /installation/repositories",
        parameters: { per_page: most },
        schema: REPOSITORIES,
      };
      const { repositories } = await ask(
        question,
        lineOf(() => octokits.ofInstallation(installation)),
      );
      return repositories.map(({ id, name, owner }) => ({ id, name, owner: owner.login }));
    },
    time: () => readTime(options),
  };
}

/** Any answer tells the time, a refusal as well. */
async function readTime({ apiUrl, timeout = TIMEOUT }: GitHubOptions): Promise<Date | undefined> {
  const answer = await createTransport(timeout)(`${apiUrl}/meta`, { headers: { "user-agent": "liaison" } });
  await answer.body?.cancel();
  const time = new Date(answer.headers.get("date") ?? "");
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function toRegistration({ owner, html_url: page, ...rest }: z.infer<typeof REGISTRATION>): Registration {
  return { ...rest, page, owner: { login: owner.login, isOrganization: owner.type === "Organization" } };
}

const toHook = ({ url, content_type: type, insecure_ssl: insecure, secret }: z.infer<typeof HOOK>) => ({
  url: url ?? "",
  contentType: type ?? "form",
  isInsecure: String(insecure ?? "0") === "1",
  hasSecret: typeof secret === "string" && secret !== "",
});
