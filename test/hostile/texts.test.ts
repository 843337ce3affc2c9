/**
 * Odd texts and operators in everything a payload says, and ten thousand quick actions in a comment,
 * through the whole house: all is answered or left alone, nothing is given up, and nothing but what
 * was meant is found in the store.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Delivery } from "../../src/sandbox/github/index.js";
import { readPayload } from "../../src/intake/payloads.js";
import { openHouse, type House } from "../e2e/house.js";
import { engines } from "../support/stores.js";
import { oddTexts, type Json } from "./mutants.js";
import { send, sendAndSettle, troubleIn, unheard } from "./sending.js";

type Fields = Record<string, Json>;
const isFields = (value: Json): value is Fields => typeof value === "object" && value !== null;

/** Puts `value` at a path of the payload, which must be there. */
function put(payload: Json, path: string, value: Json): void {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const place = keys.reduce<Json>((inner, key) => (isFields(inner) ? inner[key] : undefined), payload);
  if (!isFields(place) || !(last in place)) throw new Error(`no ${path} in the payload`);
  place[last] = value;
}

const texts: readonly (readonly [string, string])[] = [
  ...oddTexts.map((text): [string, string] => [JSON.stringify(text.slice(0, 12)), text]),
  ["overlong and bidi", "\u202e\u2066\u2067/contacts\u2069\u202c"],
  ["a flood of marks", `/contacts ${"\u0489\u0301".repeat(20_000)}`],
  ["a family", "👨‍👩‍👧‍👦".repeat(2_000)],
  ["a byte order mark", "\ufeff\ufeff"],
  ["line separators", "\u2028/contacts\u2029\u0085\v\f"],
];

const otherTexts = [
  ...["issue.title", "issue.node_id", "issue.state", "issue.user.login", "comment.user.login"],
  ...["repository.visibility", "repository.default_branch", "repository.full_name"],
];

/** What goes into keys, queries and addresses: taken only as GitHub makes it. */
const keysAndAddresses = [
  ...["repository.id", "repository.name", "repository.owner.id", "repository.owner.login", "issue.id"],
  ...["issue.number", "comment.id", "comment.updated_at", "sender.id", "sender.login", "installation.id"],
];

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ engine });
  });
  afterAll(() => house.close());

  /** A comment as GitHub would deliver it. Every call is another comment. */
  function comment(body: string): Delivery {
    const { people, issues } = house.world.sample;
    const [delivery] = unheard(house, () => house.world.comment(people.pia, issues.login, body));
    if (delivery === undefined) throw new Error("no delivery");
    return delivery;
  }

  const outcome = async ({ guid }: Delivery) => {
    const found = house.store.collection<{ _id: string; state: string; outcome?: string }>("deliveries");
    const document = await found.findOne({ _id: `1001:${guid}` });
    return document && `${document.state} ${document.outcome ?? ""}`;
  };

  describe("texts of every kind are taken as they are:", () => {
    test.each(texts)("%s in a comment", async (_, text) => {
      const delivery = comment("/add_contacts [contact:1]");
      put(delivery.payload, "comment.body", text);
      expect(await sendAndSettle(house, delivery.payload, delivery)).toBe(202);
      expect([undefined, "done answered", "done nothing"]).toContain(await outcome(delivery));
      expect(troubleIn(house)).toEqual([]);
    });

    test.each(texts)("%s everywhere else", async (_, text) => {
      const delivery = comment("/add_contacts [contact:1]");
      for (const path of otherTexts) put(delivery.payload, path, text);
      expect(await sendAndSettle(house, delivery.payload, delivery)).toBe(202);
      expect(await outcome(delivery)).toBe("done answered");
      expect(troubleIn(house)).toEqual([]);
    });
  });

  test.each<[string, Json]>([
    ["an operator", { $gt: "" }],
    ["an operator that looks like nothing", { $ne: null }],
    ["code", { $where: "sleep(1000)" }],
    ["a list", [1001]],
    ["null", null],
    ["a boolean", true],
    ["half of a number", 1.5],
    ["negative", -1],
    ["beyond what is exact", 2 ** 53],
    [
      "keys of JavaScript's own",
      JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    ],
    ["a path out of it", "../../orgs/acme"],
    ["a query", "acme?per_page=100"],
    ["NUL", "a\0"],
    ["half of a character", "\ud800"],
    ["nothing", ""],
  ])("an id, a login or a time that is %s is not for us", async (_, value) => {
    const delivery = comment("/add_contacts [contact:1]");
    const count = () => house.store.collection("deliveries").count({}, { limit: 1_000 });
    const before = await count();
    const asked = await house.asked(async () => {
      for (const [at, path] of keysAndAddresses.entries()) {
        const payload = structuredClone(delivery.payload);
        put(payload, path, value);
        const guid = `${delivery.guid}-${at}`;
        expect([
          path,
          (await send(house, JSON.stringify(payload), { event: delivery.event, guid })).status,
        ]).toEqual([path, 202]);
      }
      await house.settle();
    });
    expect(asked).toEqual([]);
    expect(await count()).toBe(before);
    expect("polluted" in {}).toBe(false);
  });

  test.each([
    '{"$gt":""}',
    "{$ne:null}",
    "$where",
    "1 or 1=1",
    "'; DROP TABLE contacts; --",
    "__proto__",
    "constructor",
    "toString",
    ".*",
    "%",
    "_",
    "*",
    "1001:1",
    "0x1",
    "1e0",
    "-1",
    "0",
    "9007199254740993",
    "99999999999999999999999999",
  ])("a reference to %s names nobody", async (text) => {
    const { people, helpdesk } = house.world.sample;
    const issue = house.world.openIssue(people.pia, helpdesk, "Injected");
    const replies = await house.say(
      people.pia,
      issue,
      `/add_contacts [contact:"${text.replaceAll('"', "'")}"] note:"$set"`,
    );
    expect(replies).toHaveLength(1);
    expect(await house.linked(issue)).toEqual([]);
    expect(troubleIn(house)).toEqual([]);
  });

  test("ten thousand quick actions do nothing, and the reply says how many are too many", async () => {
    const { people, helpdesk } = house.world.sample;
    const issue = house.world.openIssue(people.pia, helpdesk, "Many");
    const started = performance.now();
    const body = "/contacts\n".repeat(6_500).trimEnd(); // as many as fit into what is parsed
    expect(await house.say(people.pia, issue, body)).toEqual([
      expect.stringMatching(/^\*\*Line 51\*\* was not carried out\. .*50/s),
    ]);
    const [whole] = await house.say(
      people.pia,
      house.world.openIssue(people.pia, helpdesk, "More"),
      "/contacts\n".repeat(10_000),
    );
    expect(whole).toMatch(/^\*\*Line 1\*\* was not carried out\. .*65,536/s);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

test("what is older than a delivery is remembered is not listened to", () => {
  const user = { id: 504, login: "pia", type: "User" };
  const at = "2026-11-01T08:00:00Z";
  const payload = {
    action: "created",
    sender: user,
    installation: { id: 7001 },
    repository: { id: 2001, name: "helpdesk", owner: { id: 1001, login: "acme", type: "Organization" } },
    issue: { id: 1, node_id: "I_1", number: 1, title: "Login", updated_at: at },
    comment: { id: 1, body: "/contacts", updated_at: at, user },
  };
  const heard = (oldest: string) =>
    readPayload("issue_comment", "guid", payload, {
      appId: 1,
      mayConcern: () => true,
      oldest: () => new Date(oldest),
    });
  expect(heard("2026-11-01T08:00:01Z")).toEqual({ kind: "ignored", why: "too old" });
  expect(heard(at).kind).toBe("conversation");
});
