/** /deactivate_organization: each reference has its own outcome. */
import { expect, test } from "@jest/globals";
import { deactivateOrganization } from "../../src/commands/deactivate-organization.js";
import { recordCall, recordTools, type Answers } from "./record-fakes.js";

async function run(line: string, answers: Answers = {}) {
  const { tools, asked } = recordTools(answers);
  return {
    outcomes: await deactivateOrganization.run(recordCall(`/deactivate_organization ${line}`), tools),
    asked,
  };
}

const states = { type: "record_states", kind: "organization", state: "inactive" };

test("one record, named twice, is told once", async () => {
  const { outcomes, asked } = await run("[organization:7] [organization:7]");
  expect(asked).toEqual([["setState", "organization", [7], "inactive"]]);
  expect(outcomes).toEqual([{ ...states, changed: [7], already: [] }]);
});

test("in that state already is no error", async () => {
  const { outcomes } = await run("[organization:7]", { switched: [] });
  expect(outcomes).toEqual([{ ...states, changed: [], already: [7] }]);
});

test.each<[string, string, Answers, readonly unknown[]]>([
  ["nothing", "", {}, [{ type: "one_reference", kind: "organization" }]],
  ["a word", "Acne", {}, [{ why: "misfit", argument: 1 }]],
  ["a field", "state:x", {}, [{ why: "misfit", argument: 1 }]],
  ["the other kind", "[contact:1]", {}, [{ why: "misfit", argument: 1 }]],
  [
    "an unknown one",
    "[organization:Acne]",
    { resolution: { type: "unknown" } },
    [{ why: "unknown", argument: 1 }],
  ],
  ["an open one", "[organization:", {}, [{ why: "open", argument: 1 }]],
])("%s changes nothing", async (_, line, answers, expected) => {
  const { outcomes, asked } = await run(line, answers);
  expect(outcomes).toMatchObject(expected);
  expect(asked).toEqual([]);
});

test("one that is not clear hides no other", async () => {
  const { outcomes } = await run("[organization:7] nonsense");
  expect(outcomes).toMatchObject([
    { ...states, changed: [7] },
    { type: "record_unclear", argument: 2, near: [] },
  ]);
});
