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

/** `jane@acme.com` as `j•••@acme.com`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  const [first = ""] = email;
  return at <= 0 ? "•••" : `${first}•••${email.slice(at)}`;
}

/** Anything that looks like an address. Linear: the local part cannot overlap what stands before it. */
const address = /[^\s@<>()[\]"',;:]+@[^\s@<>()[\]"',;:]+/gu;

/** Blots addresses out of what somebody typed, keeping its length so that marks still point right. */
export const blotAddresses = (text: string): string =>
  text.replace(address, (found) => "•".repeat(Array.from(found).length));
