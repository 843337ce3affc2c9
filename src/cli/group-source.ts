/**
 * `--group acme/support` -> the source it names. The account is looked up in the store, where it is
 * once the app has been at work for it, else asked of GitHub (DESIGN §10). Whether any group uses the
 * source is looked up in the account's last good config: contacts anywhere else nobody would see.
 */
import { InvalidArgumentError } from "commander";
import { storedLastGood } from "../config/last-good.js";
import { parseAccountFile } from "../config/parse.js";
import { createAccounts } from "../conversation/accounts.js";
import { mayHoldRecords } from "../crm/groups.js";
import { hasCredentials, readSettings, type Environment } from "../settings.js";
import type { ConfigDocument, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import { UsageError } from "./failures.js";

export interface GroupName {
  readonly login: string;
  /** Path below the account, lower case; "" is the top-level group. */
  readonly group: string;
}

/** Reads the option's value. @throws InvalidArgumentError with the remedy */
export function readGroup(typed: string): GroupName {
  const [login = "", ...path] = typed.toLowerCase().split("/");
  const isName = (part: string) => /^[a-z0-9._-]+$/.test(part);
  if (!isName(login) || !path.every(isName)) {
    throw new InvalidArgumentError(
      "Write the account and, if need be, a group of it: acme or acme/support/emea.",
    );
  }
  return { login, group: path.join("/") };
}

/** @throws UsageError when neither the store nor GitHub knows the account */
export async function findSourceOf(
  { login, group }: GroupName,
  store: Store,
  environment: Environment,
): Promise<Source> {
  const known = await createAccounts(store, () => new Date()).byLogin(login);
  const account = known?.account ?? (await askGitHub(login, environment));
  return { account, group };
}

/** `unused`: no group has it as contact source. `unknown`: there is no config to look it up in. */
export type Use =
  | { readonly state: "used" }
  | { readonly state: "unknown" }
  /** `used`: the sources that groups of the account do have, in full. */
  | { readonly state: "unused"; readonly used: readonly string[] };

/** Does any group use the source, as far as the account's last good config says? */
export async function useOf({ account, group }: Source, login: string, store: Store): Promise<Use> {
  if (group === "") return { state: "used" };
  const config = await lastGoodConfig(account, login, store);
  if (config === undefined) return { state: "unknown" };
  const { groups, shareContactsWith } = config;
  const usedElsewhere = shareContactsWith.length > 0 && groups.has(group);
  if (usedElsewhere || mayHoldRecords(groups, group)) return { state: "used" };
  const used = [...groups.keys()].filter((path) => mayHoldRecords(groups, path)).sort();
  return { state: "unused", used: used.map((path) => (path === "" ? login : `${login}/${path}`)) };
}

async function lastGoodConfig(account: number, login: string, store: Store) {
  const configs = store.collection<ConfigDocument>("configs");
  const text = await storedLastGood(configs, () => new Date()).get({ account, file: "account" });
  const parsed = text === undefined ? undefined : parseAccountFile(text, login);
  return parsed?.good ? parsed.value.config : undefined;
}

/** Why a source is not used, and what is: the beginning of a usage error. */
export const unusedSentence = ({ login, group }: GroupName, used: readonly string[]): string =>
  `No group of ${login} uses ${login}/${group} as its contact source, so nobody would see contacts there. Groups that are used: ${used.join(", ")}.`;

async function askGitHub(login: string, environment: Environment): Promise<number> {
  if (!hasCredentials(environment)) {
    throw new UsageError(
      `The account ${login} is not in the store yet. Set APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, and WEBHOOK_SECRET, so that GitHub can be asked for it.`,
    );
  }
  const [{ createGitHub }, { createLog }] = await Promise.all([
    import("../github/probot.js"),
    import("../log.js"),
  ]);
  const { github, log } = readSettings(environment);
  const account = await createGitHub({
    ...github,
    log: createLog({ ...log, destination: process.stderr }),
  }).account(login);
  if (account === undefined)
    throw new UsageError(`GitHub knows no account ${login}. Check the spelling of --group.`);
  return account.id;
}
