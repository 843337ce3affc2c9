/** Accounts that have the app: by id, and by login for configs that name another account. */
import type { AccountDocument } from "../store/documents.js";
import type { Store } from "../store/store.js";
import type { Account } from "./event.js";

export interface Accounts {
  /** Keeps the account's current login and installation; writes only what is new. */
  remember(account: Account, installation: number): Promise<void>;
  /** The app was removed from the account. */
  forgetInstallation(account: number): Promise<void>;
  /** By login, in any case; undefined when the app has never been there. */
  byLogin(login: string): Promise<AccountDocument | undefined>;
}

/** Accounts whose last write is known, so that a handled comment costs no write. */
const remembered = 10_000;

export function createAccounts(store: Store, now: () => Date): Accounts {
  const accounts = store.collection<AccountDocument>("accounts");
  const known = new Map<number, string>();

  return {
    async remember({ id, login, type }, installation) {
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
    },

    async forgetInstallation(account) {
      known.delete(account);
      await accounts.updateOne({ _id: String(account) }, { $unset: { installation: true } });
    },

    async byLogin(login) {
      const found = await accounts.find(
        { loginKey: login.toLowerCase() },
        { sort: { loginKey: 1 }, limit: 10 },
      );
      return found.sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())[0];
    },
  };
}
