/** Which quick actions run, which are refused, and what a refusal asks for. */
import { describe, expect, test } from "@jest/globals";
import { quickActionNames } from "../../src/commands/index.js";
import { carryOut } from "../../src/conversation/carry-out.js";
import type { Ground } from "../../src/conversation/ground.js";
import type { Membership } from "../../src/crm/groups.js";
import { createParser } from "../../src/quick-actions/index.js";
import type { Section } from "../../src/replies/section.js";
import { stage } from "../commands/stage.js";
import { comment, groundOf } from "./ground.js";

const parser = createParser(quickActionNames);
const dana: Membership = { kind: "user", login: "dana", role: "owner" };

async function run(text: string, ground: Ground, here = stage()): Promise<readonly Section[]> {
  const hands = { tools: here.tools, triage: { triaged: () => Promise.resolve(new Set<number>()) } };
  return carryOut(parser.parse(text), comment(text), ground, hands);
}

const summary = (sections: readonly Section[]) =>
  sections.map((section) => {
    switch (section.kind) {
      case "outcomes":
        return [section.line, ...section.outcomes.map(({ type }) => type)].join(" ");
      case "refused":
        return `${section.line} needs ${section.missing.needed} in ${section.missing.where}`;
      case "problem":
      case "failed":
        return `${section.line} ${section.kind}`;
    }
  });

const planner = groundOf({ repository: "planner", source: "planner" });

describe("in the order of the text", () => {
  test.each<[string, string, readonly string[]]>([
    ["each has its own", "/add_contacts [contact:1]\n/contacts", ["1 added", "2 linked"]],
    [
      "a refusal stops nobody",
      '/create_contact "A B"\n/add_contacts [contact:1]\n/contacts',
      ["1 needs developer in repository", "2 added", "3 linked"],
    ],
    [
      "a problem stops nobody",
      "/contacts\n/add_contcats [contact:1]\n/add_contacts [contact:1]",
      ["1 linked", "2 problem", "3 added"],
    ],
  ])("%s", async (_, text, expected) => {
    expect(summary(await run(text, planner))).toEqual(expected);
  });

  test("each is a step of its own, so that none hides another's work", async () => {
    const here = stage();
    await run(
      "/add_contacts [contact:1]\n/remove_contacts [contact:1]\n/add_contacts [contact:1]",
      planner,
      here,
    );
    expect(here.linked()).toEqual([1]);
  });
});

describe("what is missing", () => {
  test.each<[string, string, Ground, string]>([
    [
      "nobody declared: the role on the repository",
      "/find_contacts jane",
      groundOf({ repository: "guest", source: "guest" }),
      "1 needs planner in repository",
    ],
    [
      "nobody declared, to edit: the role on the repository",
      '/create_contact "A B"',
      planner,
      "1 needs developer in repository",
    ],
    [
      "members declared: the role in the source",
      "/find_contacts jane",
      groundOf({ repository: "owner", source: "none", declared: [dana] }),
      "1 needs planner in source",
    ],
    [
      "members declared, but nothing on the repository: that first",
      "/add_contacts [contact:1]",
      groundOf({ repository: "guest", source: "none", declared: [dana] }),
      "1 needs planner in repository",
    ],
    [
      "a role in the source only is not enough to link",
      "/add_contacts [contact:1]",
      groundOf({ repository: "guest", source: "owner", declared: [dana] }),
      "1 needs planner in repository",
    ],
    [
      "no source: only the role that config trouble is told to",
      "/add_contacts [contact:1]",
      groundOf({ repository: "guest", source: undefined }),
      "1 needs planner in repository",
    ],
  ])("%s", async (_, text, ground, expected) => {
    const here = stage();
    expect(summary(await run(text, ground, here))).toEqual([expected]);
    expect(here.asked).toEqual([]);
  });

  test("without a source nothing runs, and nobody is told that a role is missing", async () => {
    const here = stage();
    const ground = groundOf({ repository: "planner", source: undefined });
    expect(summary(await run("/add_contacts [contact:1]\n/contacts", ground, here))).toEqual(["1", "2"]);
    expect(here.asked).toEqual([]);
  });
});

test("where names are not shown, nobody is suggested", async () => {
  const here = stage();
  await run("/add_contacts [contact:Ann Le]", { ...planner, reveal: "handles" }, here);
  expect(here.asked.map(([what]) => what)).toEqual(["resolve"]);
});

test("help names what the author may use", async () => {
  const [help] = await run(
    "/crm_help",
    groundOf({ repository: "planner", source: "none", declared: [dana] }),
  );
  expect(help).toMatchObject({ outcomes: [{ type: "help", names: ["crm_help"] }] });
});
