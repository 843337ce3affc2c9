/** What a delivery means to the house, whatever door it came through. */
import type { Account, ConversationEvent, IssueNews, PostedEvent } from "../conversation/event.js";

export type Incoming =
  /** `news` of the issue comes along when its own text was edited. */
  | { readonly kind: "conversation"; readonly event: ConversationEvent; readonly news?: IssueNews }
  /** A reply of ours has come to be. */
  | { readonly kind: "posted"; readonly event: PostedEvent }
  /** An issue was changed, and nothing is asked of us. */
  | { readonly kind: "issue"; readonly news: IssueNews }
  /** The default branch moved: config files may have changed. */
  | {
      readonly kind: "push";
      readonly repository: { readonly id: number; readonly name: string };
      readonly account: number;
    }
  | { readonly kind: "installed"; readonly account: Account; readonly installation: number }
  /** The account has another login now. */
  | {
      readonly kind: "renamed";
      readonly account: Pick<Account, "id" | "login">;
      readonly installation: number;
    }
  /** The app was removed from the account or suspended there. */
  | { readonly kind: "uninstalled"; readonly account: number; readonly installation: number }
  | { readonly kind: "ignored"; readonly why: string };

export const ignored = (why: string): Incoming => ({ kind: "ignored", why });
