/** Accounts that have the app: by id, and by login for configs that name another account. */
import type { AccountDocument } from "../store/documents.js";
import type { Store } from "../store/store.js";
import type { Account } from "./event.js";
import { createMemory } from "./memory.js";

export interface Accounts {
  /** Keeps the account's current login and installation; writes only what is new to this process. */
  remember(account: Account, installation: number): Promise<void>;
  /** GitHub says that the app is there: kept whatever is known here, for another process may have heard of its end. */
  installed(account: Account, installation: number): Promise<void>;
  /**
   * The account has another login now: from here on only that one names it, and whoever takes the old one is
   * somebody else. Nothing is written of an installation that is not the one that is known.
   */
  renamed(account: Pick<Account, "id" | "login">, installation: number): Promise<void>;
  /** This installation of the app ended or was suspended; a newer one is left alone. */
  forgetInstallation(account: number, installation: number): Promise<void>;
  /** By login, in any case; undefined when the app has never been there. */
  byLogin(login: string): Promise<AccountDocument | undefined>;
  /**
   * The account that has this login now, with its installation; undefined when the app is not there.
   * GitHub is asked who it is (an answer holds for a minute): a login that was given up can be taken by
   * anybody, who must not speak for the one before.
   */
  currentOwner(login: string): Promise<(Account & { readonly installation: number }) | undefined>;
}

/** Accounts whose last write is known, so that a handled comment costs no write. */
const remembered = 10_000;

/** @param whoIs asks GitHub which account has a login now */
export function createAccounts(
  store: Store,
  now: () => Date,
  whoIs: (login: string) => Promise<{ readonly id: number } | undefined> = () => Promise.resolve(undefined),
): Accounts {
  const accounts = store.collection<AccountDocument>("accounts");
  const known = new Map<number, string>();
  const idOf = createMemory<number | undefined>(now, 60_000);

  const byLogin: Accounts["byLogin"] = async (login) => {
    const found = await accounts.find(
      { loginKey: login.toLowerCase() },
      { sort: { loginKey: 1 }, limit: 10 },
    );
    return found.sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())[0];
  };

  const remember: Accounts["remember"] = async ({ id, login, type }, installation) => {
    const state = `${login} ${type} ${installation}`;
    if (known.get(id) === state) return;
    const fields = {
      account: id,
      login,
      loginKey: login.toLowerCase(),
      type,
      installation,
      updatedAt: now(),
    };
    await accounts.updateOne({ _id: String(id) }, { $set: fields }, { upsert: true });
    if (known.size >= remembered) known.clear();
    known.set(id, state);
  };

  return {
    remember,

    async installed(account, installation) {
      known.delete(account.id);
      await remember(account, installation);
    },

    async renamed({ id, login }, installation) {
      known.delete(id);
      const fields = { login, loginKey: login.toLowerCase(), updatedAt: now() };
      await accounts.updateOne({ _id: String(id), installation }, { $set: fields });
    },

    async forgetInstallation(account, installation) {
      known.delete(account);
      await accounts.updateOne({ _id: String(account), installation }, { $unset: { installation: true } });
    },

    byLogin,

    async currentOwner(login) {
      const found = await byLogin(login);
      if (found?.installation === undefined) return undefined;
      const id = await idOf(login.toLowerCase(), async () => (await whoIs(login))?.id);
      if (id !== found.account) return undefined;
      return { id, login: found.login, type: found.type, installation: found.installation };
    },
  };
}
