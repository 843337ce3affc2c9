/**
 * GitHub on bad days: whatever goes wrong between us and it, in the end there is one reply, the right
 * links, and no second comment. Each case has a house of its own, so that their pauses pass together.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { FaultKind, SampleWorld } from "../../src/sandbox/github/index.js";
import { engines } from "../support/stores.js";
import { openHouse, type House } from "./house.js";

const comments = /^\/repos\/acme\/helpdesk\/issues\/1\/comments$/;
const posting = { method: "POST", path: comments };
const looking = { method: "GET", path: comments };
const permission = { method: "GET", path: /\/collaborators\/pia\/permission$/ };
const reacting = { method: "POST", path: /\/reactions$/ };
const contents = { method: "GET", path: /\/contents\// };
const token = { method: "POST", path: /\/access_tokens$/ };

const soon = { "retry-after": "1" };
const secondary = {
  message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
  documentation_url: "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api",
};

/** What happens, as often as said, one after the other. */
type Faults = readonly (readonly [number, FaultKind])[];

const linking = "/add_contacts jane@acme.com";
const linked = "Linked Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH).";

const cases: readonly (readonly [string, Faults])[] = [
  ["the comment is posted, but the answer is 502", [[1, { match: posting, status: 502, afterEffect: true }]]],
  [
    "the comment is posted, but the connection breaks",
    [[1, { match: posting, reset: true, afterEffect: true }]],
  ],
  ["the comment is posted, but the answer is cut in half", [[1, { match: posting, brokenJson: true }]]],
  [
    "the comment is posted, but its answer lacks the id",
    [[1, { match: posting, status: 201, body: {}, afterEffect: true }]],
  ],
  ["the comment is not posted, with 502", [[1, { match: posting, status: 502 }]]],
  ["the connection breaks before the comment is posted", [[1, { match: posting, reset: true }]]],
  [
    "the answer to the comment is lost, and then the look whether it is there fails",
    [
      [1, { match: posting, status: 502, afterEffect: true }],
      [3, { match: looking, status: 502 }],
    ],
  ],
  [
    "the answer to the comment is lost, and the list of comments is cut in half",
    [
      [1, { match: posting, reset: true, afterEffect: true }],
      [1, { match: looking, brokenJson: true }],
    ],
  ],
  [
    "the comment fails before its effect, then after it",
    [
      [1, { match: posting, status: 500 }],
      [1, { match: posting, status: 500, afterEffect: true }],
    ],
  ],
  ["the comment is refused by 429 for a second", [[1, { match: posting, status: 429, headers: soon }]]],
  [
    "the comment is refused by the secondary rate limit for a second",
    [[1, { match: posting, status: 403, headers: soon, body: secondary }]],
  ],
  ["the permission cannot be read, once", [[1, { match: permission, status: 500 }]]],
  ["the permission cannot be read for a while", [[4, { match: permission, status: 500 }]]],
  ["the permission is cut in half", [[1, { match: permission, brokenJson: true }]]],
  ["the permission is refused by 429 for a second", [[1, { match: permission, status: 429, headers: soon }]]],
  ["the config cannot be read for a while", [[4, { match: contents, status: 503 }]]],
  ["the connection breaks under the config", [[1, { match: contents, reset: true }]]],
  ["no token is given for a while", [[4, { match: token, status: 502 }]]],
  ["the token is not believed", [[1, { match: posting, status: 401, body: { message: "Bad credentials" } }]]],
];

describe.each(engines())("on the $name engine", (engine) => {
  /** @returns what `look` saw in a house of its own */
  const inHouse = async <Seen>(look: (house: House) => Promise<Seen>): Promise<Seen> => {
    const house = await openHouse({ engine, furnish: takeAnotherInstallation });
    try {
      return await look(house);
    } finally {
      await house.close();
    }
  };

  describe("a contact is linked and answered once, when", () => {
    let seen: Map<string, PromiseSettledResult<Seen>>;
    beforeAll(async () => {
      const live = ([, faults]: (typeof cases)[number]) => inHouse((house) => link(house, faults));
      const results = await besideEachOther(cases, live);
      seen = new Map(
        cases.map(([name], n) => [name, results[n] ?? { status: "rejected", reason: "not run" }]),
      );
    }, 90_000);

    test.each(cases)("%s", (name) => {
      expect(seen.get(name)).toEqual({
        status: "fulfilled",
        value: {
          replies: [linked],
          linked: [1],
          reactions: [],
          outcomes: ["done answered"],
          faultsLeft: false,
          leaks: false,
        },
      });
    });
  });

  test("the face is there once, though the answer to it was lost", async () => {
    await inHouse(async (house) => {
      const { login } = house.world.sample.issues;
      house.github.faults.next(4, { match: reacting, status: 502, afterEffect: true });
      await say(house, "/add_contacts nobody@nowhere.org");
      expect(house.replies(login)).toEqual([expect.stringContaining("matches no contact")]);
      expect(house.reactions(login)).toEqual(["confused"]);
    });
  }, 30_000);

  test("a reply is rewritten, though the answer to that was lost", async () => {
    await inHouse(async (house) => {
      const { login } = house.world.sample.issues;
      const { pia } = house.world.sample.people;
      await say(house, linking);
      const mine = [...house.world.comments.values()].find(({ body }) => body === linking);
      if (mine === undefined) throw new Error("the comment is gone");
      house.github.faults.next(4, { match: { method: "PATCH" }, status: 502, afterEffect: true });
      house.world.editComment(pia, mine, `${linking}\n/add_contacts bob@acme.com`);
      await ended(house, 2);
      expect(house.replies(login)).toEqual([expect.stringMatching(/Jane Doe[\s\S]*Bob Stone/)]);
      expect(await house.linked(login)).toEqual([1, 2]);
    });
  }, 30_000);

  test("what comes behind a comment in trouble waits for it, and other issues do not", async () => {
    await inHouse(async (house) => {
      const { login, invoice } = house.world.sample.issues;
      const { pia } = house.world.sample.people;
      house.github.faults.next(1, { match: posting, status: 429, headers: soon });
      house.world.comment(pia, login, linking);
      house.world.comment(pia, login, "/remove_contacts jane@acme.com");
      house.world.comment(pia, invoice, linking);
      await ended(house, 1);
      expect([house.replies(invoice), house.replies(login)]).toEqual([[linked], []]);
      await ended(house, 3);
      expect(house.replies(login)).toEqual([linked, expect.stringContaining("Unlinked Jane Doe")]);
      expect(await house.linked(login)).toEqual([]);
    });
  }, 30_000);

  test("a refusal that stays is not asked for again", async () => {
    await inHouse(async (house) => {
      const { login } = house.world.sample.issues;
      const refusal = { message: "Resource not accessible by integration" };
      house.github.faults.next(9, { match: posting, status: 403, body: refusal });
      const asked = await house.asked(() => say(house, linking));
      expect(outcomes(house)).toEqual(["done unreachable"]);
      expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1);
      expect(house.replies(login)).toEqual([]);
    });
  }, 30_000);
});

interface Seen {
  readonly replies: readonly string[];
  readonly linked: readonly number[];
  readonly reactions: readonly string[];
  readonly outcomes: readonly string[];
  /** Did GitHub behave better than the case says? Then it shows nothing. */
  readonly faultsLeft: boolean;
  readonly leaks: boolean;
}

async function link(house: House, faults: Faults): Promise<Seen> {
  const { login } = house.world.sample.issues;
  for (const [times, kind] of faults) house.github.faults.next(times, kind);
  await say(house, linking);
  const spoilt = house.github.requests.filter(({ isFault }) => isFault).length;
  return {
    replies: house.replies(login),
    linked: await house.linked(login),
    reactions: house.reactions(login),
    outcomes: outcomes(house),
    faultsLeft: spoilt !== faults.reduce((sum, [times]) => sum + times, 0),
    leaks: /jane|Doe/.test(house.log.join("")),
  };
}

/** A few at a time, for most of what they do is wait. */
async function besideEachOther<Given, Made>(
  all: readonly Given[],
  make: (given: Given) => Promise<Made>,
): Promise<PromiseSettledResult<Made>[]> {
  const results: PromiseSettledResult<Made>[] = [];
  const waiting = [...all.entries()];
  const work = async () => {
    for (let next; (next = waiting.shift());) {
      const [n, given] = next;
      [results[n]] = await Promise.allSettled([make(given)]);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return results;
}

let installations = 7100;

/**
 * Octokit shares the exchange of a token among all that ask at once for the same installation in one
 * process, whichever GitHub they ask: houses beside each other need numbers of their own.
 */
function takeAnotherInstallation(world: SampleWorld): void {
  const { olivia } = world.sample.people;
  world.uninstall(olivia, world.sample.installation);
  world.install(olivia, world.sample.acme, { id: (installations += 1) });
}

/** Pia comments on the first issue; resolves when the delivery has ended and nothing more came. */
async function say(house: House, body: string): Promise<void> {
  house.world.comment(house.world.sample.people.pia, house.world.sample.issues.login, body);
  await ended(house, 1);
}

/** Waits until `count` deliveries have ended, and a little longer: a doubled reply would come then. */
async function ended(house: House, count: number): Promise<void> {
  await house.settle();
  for (const end = Date.now() + 20_000; outcomes(house).length < count && Date.now() < end;) await sleep(25);
  await house.settle();
}

/** How the deliveries ended, from the log; those that told nothing new, as of the app's own comments, are left out. */
function outcomes({ log }: House): readonly string[] {
  return log
    .map((line) => JSON.parse(line) as { msg?: string; state?: string; outcome?: string })
    .filter(({ msg, state }) => msg === "delivery" && state !== "postponed")
    .filter(({ outcome }) => outcome !== "ignored" && outcome !== "nothing")
    .map(({ state, outcome }) => `${state ?? ""} ${outcome ?? ""}`);
}
