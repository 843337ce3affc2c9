/** What quick actions that keep records ask for. */
import type { Call, SayingCall, Tools } from "./quick-action.js";

export type RecordCall = SayingCall & Pick<Call, "arguments" | "suggestions">;

export interface RecordTools extends Pick<Tools, "records" | "suggest" | "suggestOrganizations" | "wishes"> {
  readonly contacts: Pick<Tools["contacts"], "resolve" | "list">;
  readonly organizations: Pick<Tools["organizations"], "resolve" | "byDomain">;
}
