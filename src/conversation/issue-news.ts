/** What GitHub tells of an issue goes to what is kept of it, so that listing issues costs no call. */
import type { Issues } from "../crm/issues.js";
import { issueFacts } from "./carry-out.js";
import type { IssueNews } from "./event.js";

/** @returns a function that may be called again for the same news, and late: newer facts stay */
export function createIssueNews(issues: Pick<Issues, "refresh" | "forget">) {
  return ({ place, became }: IssueNews): Promise<void> => {
    const facts = issueFacts(place);
    return became === "gone" ? issues.forget(facts) : issues.refresh(facts);
  };
}
