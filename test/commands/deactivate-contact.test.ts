/** /deactivate_contact: each reference has its own outcome. */
import { expect, test } from "@jest/globals";
import { deactivateContact } from "../../src/commands/deactivate-contact.js";
import { recordCall, recordTools, type Answers } from "./record-fakes.js";

async function run(line: string, answers: Answers = {}) {
  const { tools, asked } = recordTools(answers);
  return { outcomes: await deactivateContact.run(recordCall(`/deactivate_contact ${line}`), tools), asked };
}

const states = { type: "record_states", kind: "contact", state: "inactive" };

test("one record, named twice, is told once", async () => {
  const { outcomes, asked } = await run("[contact:42] [contact:42]");
  expect(asked).toEqual([["setState", "contact", [42], "inactive"]]);
  expect(outcomes).toEqual([{ ...states, changed: [42], already: [] }]);
});

test("in that state already is no error", async () => {
  const { outcomes } = await run("[contact:42]", { switched: [] });
  expect(outcomes).toEqual([{ ...states, changed: [], already: [42] }]);
});

test.each<[string, string, Answers, readonly unknown[]]>([
  ["nothing", "", {}, [{ type: "one_reference", kind: "contact" }]],
  ["a word", "Acne", {}, [{ why: "misfit", argument: 1 }]],
  ["a field", "state:x", {}, [{ why: "misfit", argument: 1 }]],
  ["the other kind", "[organization:1]", {}, [{ why: "misfit", argument: 1 }]],
  [
    "an unknown one",
    "[contact:Acne]",
    { resolution: { type: "unknown" } },
    [{ why: "unknown", argument: 1 }],
  ],
  ["an open one", "[contact:", {}, [{ why: "open", argument: 1 }]],
])("%s changes nothing", async (_, line, answers, expected) => {
  const { outcomes, asked } = await run(line, answers);
  expect(outcomes).toMatchObject(expected);
  expect(asked).toEqual([]);
});

test("one that is not clear hides no other", async () => {
  const { outcomes } = await run("[contact:42] nonsense");
  expect(outcomes).toMatchObject([
    { ...states, changed: [42] },
    { type: "record_unclear", argument: 2, near: [] },
  ]);
});
