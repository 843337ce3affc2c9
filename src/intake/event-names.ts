/**
 * The events whose names may be counted and logged. The header that names an event is not signed, and
 * comes from anybody who finds the address: other names are never repeated.
 */

const KNOWN = new Set(
  (
    "issue_comment issues push installation installation_repositories installation_target ping " +
    "github_app_authorization meta label member membership organization pull_request repository team"
  ).split(" "),
);

/** @returns the event as GitHub calls it, or "other" */
export const eventWord = (name: string | undefined): string =>
  name !== undefined && KNOWN.has(name) ? name : "other";
