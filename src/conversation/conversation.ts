/** What a conversation needs, and its two ways of going wrong that are nobody's fault. */
import type { Tools } from "../commands/quick-action.js";
import type { Parser } from "../quick-actions/index.js";
import type { Accounts } from "./accounts.js";
import type { Lookups } from "./directory.js";
import type { GroundDependencies } from "./ground.js";
import type { LabelDependencies } from "./labels.js";
import type { Rationing } from "./owed.js";
import type { ReplyStore } from "./reply-store.js";
import type { Triage } from "./triage.js";

export interface Conversation extends GroundDependencies, LabelDependencies {
  readonly accounts: Accounts;
  readonly parser: Parser;
  readonly tools: Tools;
  readonly triage: Triage;
  readonly lookups: Lookups;
  readonly replies: ReplyStore;
  /** Where GitHub limits how many comments are made; absent where it does not. */
  readonly rationing?: Rationing | undefined;
  readonly now: () => Date;
}
