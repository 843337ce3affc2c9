/** What is done with a delivery before it is acknowledged: conversations are stored, the rest is quick. */
import type { ConfigLoader } from "../config/loader.js";
import type { Accounts } from "../conversation/accounts.js";
import type { IssueNews, PostedEvent } from "../conversation/event.js";
import type { Inbox } from "./inbox.js";
import type { Incoming } from "./incoming.js";

export interface AcceptDependencies {
  readonly inbox: Pick<Inbox, "put">;
  readonly accounts: Pick<Accounts, "installed" | "renamed" | "forgetInstallation">;
  readonly loader: Pick<ConfigLoader, "invalidate">;
  /** Brings up to date what is kept of an issue. */
  readonly issueNews: (news: IssueNews) => Promise<void>;
  /** Is it another comment than the one that is known as the reply, or may it yet turn out to be? */
  readonly mayBeSecond: (event: PostedEvent) => Promise<boolean>;
  /** Told after something was stored. */
  readonly arrived: () => void;
}

/** @returns a function that rejects when what concerns us could not be kept */
export function createAccept(dependencies: AcceptDependencies) {
  const { inbox, accounts, loader, issueNews, mayBeSecond, arrived } = dependencies;
  return async (incoming: Incoming): Promise<void> => {
    switch (incoming.kind) {
      case "conversation":
        if (incoming.news) await issueNews(incoming.news);
        await inbox.put(incoming.event);
        arrived();
        return;
      case "posted":
        if (!(await mayBeSecond(incoming.event))) return;
        await inbox.put(incoming.event);
        arrived();
        return;
      case "issue":
        await issueNews(incoming.news);
        return;
      case "push":
        await loader.invalidate({ id: incoming.account }, incoming.repository);
        return;
      case "installed":
        await accounts.installed(incoming.account, incoming.installation);
        return;
      case "renamed":
        await accounts.renamed(incoming.account, incoming.installation);
        return;
      case "uninstalled":
        await accounts.forgetInstallation(incoming.account, incoming.installation);
        return;
      case "ignored":
        return;
    }
  };
}
