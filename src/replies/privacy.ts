/**
 * How much a reply shows, decided by who can read it (DESIGN §7): everybody who can read the
 * issue, not only the one who asked.
 */
import type { Show } from "../config/config.js";

/** `handles`: contact 42. `names`: with masked addresses. `emails`: with whole ones. */
export type Reveal = "handles" | "names" | "emails";

/** `emails` is refused for public repositories: there it shows no more than `auto` does. */
export function revealFor(visibility: "public" | "private" | "internal", show: Show): Reveal {
  const byVisibility: Reveal = visibility === "public" ? "handles" : "names";
  if (show === "auto" || (show === "emails" && visibility === "public")) return byVisibility;
  return show;
}

/** Does a reply name no issue of another repository? Where everybody may read, their names are nobody's business. */
export const namesOnlyOwnIssues = (visibility: "public" | "private" | "internal", reveal: Reveal): boolean =>
  visibility === "public" || reveal === "handles";

/** `jane@acme.com` as `j•••@acme.com`. */
export function maskEmail(email: string): string {
  const end = email.lastIndexOf("@");
  const [first = ""] = email;
  return end <= 0 ? "•••" : `${first}•••${email.slice(end)}`;
}

/** What can stand around an address but not in it ends a run; each run is looked at once, so it is linear. */
const run = /[^\s<>()[\]",;:]+/gu;
/** The at sign as it is typed on keyboards of the world. */
const at = /[@＠﹫]/u;

/**
 * Blots out of what somebody typed whatever has an at sign in it, a piece of an address as well,
 * keeping its length so that marks still point right.
 */
export const blotAddresses = (text: string): string =>
  text.replace(run, (found) => (at.test(found) ? "•".repeat(Array.from(found).length) : found));
