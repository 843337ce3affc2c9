/**
 * Loads what is in force for a repository: its config file and the account's, cached for five
 * minutes and until the next push, with the last good version standing in for a broken one (DESIGN §6).
 * A warm load asks GitHub nothing and reads the files' stamps from the store; one that GitHub does not
 * answer rejects, for an account that stopped sharing, or the app, must not be read from memory.
 */
import type { AccountConfig, ConfigProblem, EffectiveConfig } from "./config.js";
import { createFileCache, type FileContent, type ReadFile } from "./file-cache.js";
import { inForce, type InForce } from "./in-force.js";
import type { FileKey, LastGood } from "./last-good.js";
import { parseAccountFile, parseRepositoryFile, type AccountSettings } from "./parse.js";
import { builtIn, repositoryConfig, type RepositorySettings } from "./repository-settings.js";
import type { ConfigStamps } from "./stamps.js";

/** The login may change; the id stays. */
export interface AccountRef {
  readonly id: number;
  readonly login: string;
}

export interface RepositoryRef {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

export interface LoadedAccount {
  /** Empty when `unusable`: it shares with nobody. */
  readonly config: AccountConfig;
  readonly problems: readonly ConfigProblem[];
  readonly unusable: boolean;
}

export interface ConfigLoader {
  /**
   * What is in force for a repository of `account`. Rejects when GitHub or the store does not answer
   * and what is known is older than `maxAge`: try the delivery again.
   * @param read through the account's own installation of the app
   */
  load(account: AccountRef, repository: RepositoryRef, read: ReadFile): Promise<EffectiveConfig>;
  /**
   * An account's config alone, for sources in another account. `read` must be of that account's own
   * installation: a file that another one cannot see would be taken for deleted.
   */
  loadAccount(account: AccountRef, read: ReadFile): Promise<LoadedAccount>;
  /**
   * After a push that may have touched the file. A push to the `.github` repository is about the
   * account and with it about all its repositories. Once this resolves, no process loads what was
   * there before the push.
   */
  invalidate(account: Pick<AccountRef, "id">, repository: Pick<RepositoryRef, "id" | "name">): Promise<void>;
}

const fiveMinutes = 5 * 60_000;

/** Does this account share its contacts with `other`? */
export const sharesWith = (config: AccountConfig, other: AccountRef): boolean =>
  config.shareContactsWith.some((entry) => entry === other.id || entry === other.login.toLowerCase());

/** @param options `now` in milliseconds; `maxAge` of a file in milliseconds; `size` in files of each kind */
export function createConfigLoader(options: {
  readonly lastGood: LastGood;
  readonly stamps: ConfigStamps;
  readonly now: () => number;
  readonly maxAge?: number;
  readonly size?: number;
}): ConfigLoader {
  const { lastGood, stamps, now, maxAge = fiveMinutes, size = 1000 } = options;
  const accountFiles = createFileCache({ now, maxAge, size });
  const repositoryFiles = createFileCache({ now, maxAge, size });
  const accountOf = rememberAccounts(lastGood);
  const effectiveOf = rememberRepositories(lastGood);
  const accountFile = ({ id, login }: AccountRef, stamp: number | undefined, read: ReadFile) =>
    accountFiles.get(String(id), { owner: login, name: ".github" }, stamp ?? 0, read);

  return {
    async load(account, repository, read) {
      const [stamp, ownStamp = 0] = await stamps.read(keysFor(account, repository));
      if (isConfigRepository(repository))
        return ofConfigRepository(await accountOf(account, await accountFile(account, stamp, read)));
      const [accountContent, content] = await Promise.all([
        accountFile(account, stamp, read),
        repositoryFiles.get(String(repository.id), repository, ownStamp, read),
      ]);
      return effectiveOf(account, repository, content, await accountOf(account, accountContent));
    },
    async loadAccount(account, read) {
      const [stamp] = await stamps.read([{ account: account.id, file: "account" }]);
      const { value, problems } = await accountOf(account, await accountFile(account, stamp, read));
      return { config: value?.config ?? noConfig, problems, unusable: value === undefined };
    },
    invalidate: ({ id }, repository) => stamps.raise(keyOf(id, repository)),
  };
}

const isConfigRepository = ({ name }: Pick<RepositoryRef, "name">): boolean =>
  name.toLowerCase() === ".github";

const keyOf = (account: number, repository: Pick<RepositoryRef, "id" | "name">): FileKey => ({
  account,
  file: isConfigRepository(repository) ? "account" : repository.id,
});

/** The account's file first. */
const keysFor = ({ id }: AccountRef, repository: RepositoryRef): readonly FileKey[] => [
  { account: id, file: "account" },
  ...(isConfigRepository(repository) ? [] : [keyOf(id, repository)]),
];

const noConfig: AccountConfig = {
  groups: new Map([["", { enabled: true, members: [] }]]),
  roles: new Map(),
  shareContactsWith: [],
};

type AccountInForce = InForce<AccountSettings>;

/** Reads an account's file once for each version of it. */
function rememberAccounts(lastGood: LastGood) {
  const known = new WeakMap<FileContent, { readonly login: string; readonly state: AccountInForce }>();
  return async ({ id, login }: AccountRef, content: FileContent): Promise<AccountInForce> => {
    const before = known.get(content);
    if (before?.login === login) return before.state;
    const parse = (text: string) => parseAccountFile(text, login);
    const state = await inForce({ account: id, file: "account" }, content, parse, lastGood);
    known.set(content, { login, state });
    return state;
  };
}

/** Puts a repository's settings together once for each version of its file and the account's. */
function rememberRepositories(lastGood: LastGood) {
  const known = new WeakMap<
    FileContent,
    { readonly above: AccountInForce; readonly effective: EffectiveConfig }
  >();
  return async (
    account: AccountRef,
    repository: RepositoryRef,
    content: FileContent,
    above: AccountInForce,
  ) => {
    const before = known.get(content);
    if (before?.above === above) return before.effective;
    const groups = above.value?.config.groups;
    const parse = (text: string) => parseRepositoryFile(text, { login: account.login, groups });
    const key = { account: account.id, file: repository.id };
    const own = await inForce(key, content, parse, lastGood, groups !== undefined);
    const effective = together(above, own);
    known.set(content, { above, effective });
    return effective;
  };
}

function together(account: AccountInForce, own: InForce<RepositorySettings>): EffectiveConfig {
  const problems = [...account.problems, ...own.problems];
  if (!account.value || !own.value)
    return { account: account.value?.config ?? noConfig, repository: switchedOff, problems, unusable: true };
  const repository = repositoryConfig(own.value, account.value.defaults);
  return { account: account.value.config, repository, problems, unusable: false };
}

/** The account config is also the `.github` repository's own file. */
const ofConfigRepository = (account: AccountInForce): EffectiveConfig =>
  together(account, { value: account.value?.own, problems: [] });

/** In force where a file is unusable: whoever overlooks that still finds CRM off. */
const switchedOff = { ...builtIn, enabled: false };
