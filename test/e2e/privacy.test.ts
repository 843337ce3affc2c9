/**
 * Who learns what (DESIGN §5, §7): visibility × role × quick action. The rule is told once, in
 * `expected`, apart from the code that follows it; every cell is then tried for real.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { SampleWorld } from "../../src/sandbox/github/index.js";
import { engines } from "../support/stores.js";
import { openHouse, type House } from "./house.js";

const people = ["olivia", "marco", "dana", "pia", "gus", "sam"] as const;
type Who = (typeof people)[number];
type Visibility = "public" | "private" | "internal";

/** Words that only people who may see contacts may read, in any reply, anywhere. */
const secrets = /Jane|Doe|Janet|Dorn|acme\.com|Acme GmbH|Jonas|Doermann/;
const handles = /contact \d+/;

const quickActions = {
  "a known contact": "/add_contacts [contact:Jane Doe]",
  "a near miss of one": "/add_contacts [contact:Jnae Doe]",
  "nobody at all": "/add_contacts [contact:Xyzzy Plugh]",
  "an inactive contact": "/add_contacts [contact:Jonas Doermann]",
  "a number": "/add_contacts [contact:1]",
  "a number nobody has": "/add_contacts [contact:99999]",
  "an open reference": "/add_contacts [contact:",
  "removing a known one": "/remove_contacts [contact:Jane Doe]",
  "removing nobody": "/remove_contacts [contact:Xyzzy Plugh]",
  "an open reference to remove": "/remove_contacts [contact:",
  "the list": "/contacts",
  "a search that finds": "/find_contacts Doe",
  "a search that does not": "/find_contacts Xyzzy Plugh",
} as const;

const mayPlan = (who: Who) => who !== "gus" && who !== "sam";

function expected(visibility: Visibility, who: Who): "silence" | "refusal" | "handles" | "names" {
  if (!mayPlan(who)) return visibility === "public" ? "silence" : "refusal";
  return visibility === "public" ? "handles" : "names";
}

describe.each(engines())("on the $name engine", (engine) => {
  describe.each(["public", "private", "internal"] as const)("in a %s repository", (visibility) => {
    let house: House;
    beforeAll(async () => {
      house = await openHouse({ engine, furnish: (world) => stage(world, visibility) });
    });
    afterAll(() => house.close());

    describe.each(people)("%s", (who) => {
      /** Every reply of one person, by quick action: what differs between them is what is learnt. */
      const replies = new Map<string, readonly string[]>();

      test.each(Object.entries(quickActions))("asks about %s", async (name, line) => {
        const { world } = house;
        const person = world.sample.people[who];
        const issue = world.openIssue(world.sample.people.dana, stageOf(world), `${who} and ${name}`);
        await house.say(world.sample.people.dana, issue, "/add_contacts [contact:1]");
        const own = new Set(house.replyComments(issue));
        await house.say(person, issue, line);
        const told = house.replyComments(issue).filter((comment) => !own.has(comment));
        const texts = told.map(({ body }) => body.replace(/<!--.*-->/, ""));
        replies.set(name, texts);
        check(expected(visibility, who), texts);
      });

      test("cannot tell one refusal from another", () => {
        if (mayPlan(who)) {
          expect(new Set([...replies.values()].flat()).size).toBeGreaterThan(3);
          return;
        }
        const add = [...replies].filter(([name]) =>
          quickActions[name as keyof typeof quickActions].startsWith("/add"),
        );
        expect(new Set(add.map(([, texts]) => texts.join())).size).toBe(1);
      });
    });
  });
});

function check(what: ReturnType<typeof expected>, texts: readonly string[]): void {
  const all = texts.join("\n");
  switch (what) {
    case "silence":
      expect(texts).toEqual([]);
      return;
    case "refusal":
      expect(texts).toHaveLength(1);
      expect(all).toMatch(
        /^`\/\w+` needs the planner role on this repository \(Triage on GitHub\)\. Nothing was changed\.\s*$/,
      );
      return;
    case "handles":
      expect(texts).toHaveLength(1);
      expect(all).not.toMatch(secrets);
      return;
    case "names":
      expect(texts).toHaveLength(1);
      expect(all).not.toMatch(/jane@acme\.com|[a-z]+@acme\.com/);
      if (handles.test(all)) expect(all).toMatch(secrets);
  }
}

/** A repository of the given visibility, without members declared anywhere, so that its roles count. */
function stage(world: SampleWorld, visibility: Visibility): void {
  const { acme, people: all } = world.sample;
  const repository = world.repository(acme, "stage", { visibility });
  const grants = { marco: "maintain", dana: "write", pia: "triage" } as const;
  for (const [who, grant] of Object.entries(grants))
    world.role(repository, all[who as keyof typeof grants], grant);
  world.role(repository, all.olivia, "admin");
  // A stranger cannot comment in a repository that is closed to them; somebody who was just put out can have.
  world.role(repository, all.gus, "read");
}

function stageOf(world: SampleWorld) {
  const stage = world.repositories.find(({ name }) => name === "stage");
  if (stage === undefined) throw new Error("no stage");
  return stage;
}
