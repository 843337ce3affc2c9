/** GitHub's own payloads from fixtures/, changed only in what a test is about, and what we read in them. */
import { readFileSync } from "node:fs";
import { quickActionNames } from "../../src/commands/index.js";
import { readPayload, type Incoming } from "../../src/intake/payloads.js";
import { createParser } from "../../src/quick-actions/index.js";

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

export const guid = "72d3162e-cc78-11e3-81ab-4c9367dc0958";
export const command = "/add_contacts jane@acme.com";

const parser = createParser(quickActionNames);
export const reader = { appId: 29310, mayConcern: (text: string) => parser.mayConcern(text) };

export const read = (event: string, its: unknown): Incoming => readPayload(event, guid, its, reader);

export const ignored = (why: string): Incoming => ({ kind: "ignored", why });

/** Of what leads to a conversation; fails with the reason otherwise. */
export function eventOf(incoming: Incoming) {
  if (incoming.kind !== "conversation") throw new Error(JSON.stringify(incoming));
  return incoming.event;
}
