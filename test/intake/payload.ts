/** GitHub's own payloads from fixtures/, changed only in what a test is about. */
import { readFileSync } from "node:fs";

export type Payload = Readonly<Record<string, unknown>>;

const files = new URL("../../fixtures/payloads/", import.meta.url);

/**
 * @param name of the file: `issue_comment.created`
 * @param change laid over the payload, object by object; undefined takes a field away
 */
export const payload = (name: string, change: Payload = {}): Payload =>
  lay(JSON.parse(readFileSync(new URL(`${name}.json`, files), "utf8")) as Payload, change);

function lay(under: Payload, over: Payload): Payload {
  const fields = Object.entries(over).map(([key, value]) => [
    key,
    isObject(value) && isObject(under[key]) ? lay(under[key], value) : value,
  ]);
  const laid = { ...under, ...(Object.fromEntries(fields) as Payload) };
  return Object.fromEntries(Object.entries(laid).filter(([, value]) => value !== undefined));
}

const isObject = (value: unknown): value is Payload =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const account = { node_id: "x", avatar_url: "", gravatar_id: "", site_admin: false };

/** Somebody as GitHub shows them; `type` tells people from bots. */
export const somebody = (id: number, login: string, type: "User" | "Bot" = "User"): Payload => ({
  ...account,
  id,
  login,
  type,
});
