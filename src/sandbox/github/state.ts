/**
 * The records of the local GitHub and how to find them; who may do what on a repository; and the
 * one place from which webhooks start. Changes to the records are made by acts/.
 */
import { Counters } from "./clock.js";
import type { Kind } from "./clock.js";
import { Deliveries } from "./deliveries.js";
import type {
  Account,
  App,
  Comment,
  Grant,
  Installation,
  Issue,
  JsonObject,
  Organization,
  Person,
  Reaction,
  Repository,
} from "./records.js";
import { organizationShape, userShape } from "./shapes/accounts.js";
import { repositoryShape } from "./shapes/repositories.js";
import { nodeId } from "./shapes/urls.js";

export interface WorldOptions {
  /** Time of everything that happens; the real one by default. */
  readonly now?: () => Date;
  /** First part of the delivery GUIDs: two worlds that talk to the same store need different ones. */
  readonly seed?: number;
  readonly app?: { readonly id?: number; readonly slug?: string; readonly name?: string };
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

export class State {
  readonly now: () => Date;
  readonly app: App;
  readonly counters = new Counters();
  readonly deliveries = new Deliveries();
  readonly accounts: (Person | Organization)[] = [];
  readonly repositories: Repository[] = [];
  readonly issues: Issue[] = [];
  readonly comments = new Map<number, Comment>();
  readonly reactions = new Map<number, Reaction>();
  readonly installations = new Map<number, Installation>();
  readonly #seed: number;

  constructor(options: WorldOptions = {}) {
    this.now = options.now ?? (() => new Date());
    this.#seed = options.seed ?? 0;
    const { id = 99, slug = "liaison", name = "Liaison" } = options.app ?? {};
    const createdAt = this.now();
    const bot: Account = { id: 900_000 + id, login: `${slug}[bot]`, type: "Bot", name, createdAt };
    const owner: Person = { id: 900, login: "app-maker", type: "User", name: "App Maker", createdAt };
    this.app = { id, slug, name, owner, bot, createdAt };
  }

  findAccount(login: string): Account | undefined {
    if (same(login, this.app.bot.login)) return this.app.bot;
    return this.accounts.find((account) => same(account.login, login));
  }

  findAccountById(id: number): Account | undefined {
    if (id === this.app.bot.id) return this.app.bot;
    return this.accounts.find((account) => account.id === id);
  }

  findOrganization(login: string): Organization | undefined {
    const account = this.accounts.find((candidate) => same(candidate.login, login));
    return account?.type === "Organization" ? account : undefined;
  }

  findRepository(owner: string, name: string): Repository | undefined {
    return this.repositories.find((one) => same(one.owner.login, owner) && same(one.name, name));
  }

  /** The one that was called so before a rename or a transfer. */
  findFormerRepository(owner: string, name: string): Repository | undefined {
    return this.repositories.find((one) => one.formerNames.has(`${owner}/${name}`.toLowerCase()));
  }

  /** Deleted and transferred ones too. */
  findIssue(repository: Repository, number: number): Issue | undefined {
    return this.issues.find((issue) => issue.repository === repository && issue.number === number);
  }

  /** Oldest first. */
  commentsOf(issue: Issue): Comment[] {
    return [...this.comments.values()].filter((comment) => comment.issue === issue);
  }

  reactionsOf(target: Comment | Issue): Reaction[] {
    return [...this.reactions.values()].filter((reaction) => reaction.target === target);
  }

  installationOf(account: Account): Installation | undefined {
    return [...this.installations.values()].find((installation) => installation.account === account);
  }

  /** The installation that covers a repository; undefined when the app is not there or suspended. */
  installationFor(repository: Repository): Installation | undefined {
    const installation = this.installationOf(repository.owner);
    if (!installation || installation.suspendedAt) return undefined;
    const { repositories } = installation;
    return repositories === "all" || repositories.has(repository.id) ? installation : undefined;
  }

  /** What `GET /repos/…/collaborators/{user}/permission` says: the highest of all that applies. */
  permission(repository: Repository, account: Account): Grant {
    const { owner, visibility } = repository;
    const membership = owner.type === "Organization" ? owner.members.get(account.id) : undefined;
    const isMember = membership?.state === "active";
    if (account.type === "Bot") return { permission: "none", roleName: "none" };
    if (owner.id === account.id || (isMember && membership.role === "admin"))
      return { permission: "admin", roleName: "admin" };
    const grant = repository.grants.get(account.id);
    if (grant) return grant;
    if (visibility === "public" || (visibility === "internal" && isMember))
      return { permission: "read", roleName: "read" };
    return { permission: "none", roleName: "none" };
  }

  /** Something happened in a repository: tells the app, if it is installed there. */
  announceIn(repository: Repository, event: string, sender: Account, details: JsonObject): void {
    const installation = this.installationFor(repository);
    if (!installation) return;
    const { owner } = repository;
    this.announce(installation, event, repository.id, {
      ...details,
      repository: details.repository ?? repositoryShape(repository, this),
      ...(owner.type === "Organization" ? { organization: organizationShape(owner) } : {}),
      sender: userShape(sender),
      installation: { id: installation.id, node_id: nodeId("IN", installation.id) },
    });
  }

  /** Something happened to an account as a whole: tells the app, if it is installed there. */
  announceOf(account: Organization, event: string, sender: Account, details: JsonObject): void {
    const installation = this.installationOf(account);
    if (!installation || installation.suspendedAt) return;
    this.announce(installation, event, null, {
      ...details,
      organization: organizationShape(account),
      sender: userShape(sender),
      installation: { id: installation.id, node_id: nodeId("IN", installation.id) },
    });
  }

  /** Hands a finished payload to the listeners. */
  announce(installation: Installation, event: string, repository: number | null, payload: JsonObject): void {
    const { action } = payload;
    this.deliveries.announce({
      guid: guid(this.#seed, this.counters.take("delivery")),
      event,
      action: typeof action === "string" ? action : null,
      installationId: installation.id,
      repositoryId: repository,
      payload,
      redelivery: false,
    });
  }
}

/** The id that was asked for, else the next one. */
export function nextId(state: State, kind: Kind, wanted: number | undefined): number {
  return wanted === undefined ? state.counters.take(kind) : state.counters.reserve(kind, wanted);
}

function guid(seed: number, count: number): string {
  const [head, tail] = [seed.toString(16).padStart(8, "0"), count.toString(16).padStart(12, "0")];
  return `${head.slice(-8)}-0000-4000-8000-${tail}`;
}
