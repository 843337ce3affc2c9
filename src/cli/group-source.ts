/**
 * `--group acme/support` -> the source it names. The account is looked up in the store, where it is
 * once the app has been at work for it, else asked of GitHub (DESIGN §10).
 */
import { InvalidArgumentError } from "commander";
import { createAccounts } from "../conversation/accounts.js";
import { hasCredentials, readSettings, type Environment } from "../settings.js";
import type { Source } from "../store/documents.js";
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

async function askGitHub(login: string, environment: Environment): Promise<number> {
  if (!hasCredentials(environment)) {
    throw new UsageError(
      `The account ${login} is not in the store yet. Set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET, so that GitHub can be asked for it.`,
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
