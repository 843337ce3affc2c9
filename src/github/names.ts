/**
 * Which names may go into an address of the API. A name that GitHub could not have given is never
 * sent: `..` as a repository would turn one question into another.
 */

/** Logins of users, organizations and bots; `_` occurs in the logins of managed users. */
const LOGIN = /^[a-z\d][a-z\d_-]{0,99}(\[bot\])?$/i;
const REPOSITORY = /^[\w.-]{1,100}$/;

export function isLogin(name: string): boolean {
  return LOGIN.test(name);
}

export function isRepositoryName(name: string): boolean {
  return REPOSITORY.test(name) && !isDots(name);
}

/** Slugs are made by GitHub from names in any script; only what would change the address is refused. */
export function isTeamSlug(slug: string): boolean {
  return slug !== "" && slug.length <= 255 && !isDots(slug) && !/[/\\\s]/.test(slug);
}

/** @returns the path of a file, every part of it percent-encoded; undefined when it leads elsewhere */
export function encodePath(path: string): string | undefined {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || isDots(part))) return undefined;
  return parts.map((part) => encodeURIComponent(part)).join("/");
}

function isDots(part: string): boolean {
  return part === "." || part === "..";
}
