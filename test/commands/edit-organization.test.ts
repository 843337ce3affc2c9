/** /edit_organization: one reference, any fields. */
import { expect, test } from "@jest/globals";
import { editOrganization } from "../../src/commands/edit-organization.js";
import { recordCall, recordTools, type Answers } from "./record-fakes.js";

async function run(line: string, answers: Answers = {}) {
  const { tools, asked } = recordTools(answers);
  const outcomes = await editOrganization.run(recordCall(`/edit_organization ${line}`), tools);
  return { outcomes, asked };
}

test.each([
  ["by name", "[organization:Acme] name:Globex", { name: "Globex" }],
  ["by number", '[organization:7] default_rate:"" description:""', { defaultRate: "", description: "" }],
  [
    "domains, the whole list",
    "domains:a.example,b.example [organization:7]",
    { domains: ["a.example", "b.example"] },
  ],
])("%s", async (_, line, changes) => {
  const { outcomes, asked } = await run(line);
  expect(asked).toEqual([["edit", "organization", 7, changes]]);
  expect(outcomes).toMatchObject([{ type: "record_edited", record: { kind: "organization", number: 7 } }]);
});

test.each<[string, string, readonly unknown[]]>([
  ["no reference", "name:Globex", [{ type: "one_reference", kind: "organization" }]],
  [
    "a contact",
    "[contact:42] name:Globex",
    [{ type: "one_reference" }, { problems: [{ code: "misplaced" }] }],
  ],
  [
    "two references",
    "[organization:7] [organization:8]",
    [{ problems: [{ code: "misplaced", argument: 2 }] }],
  ],
  ["an unknown one", "[organization:Acne] name:X", [{ type: "record_unclear", why: "unknown", near: [8] }]],
  ["an open one", "name:X [organization:", [{ type: "record_unclear", why: "open", near: [8] }]],
])("%s changes nothing", async (_, line, expected) => {
  const { outcomes, asked } = await run(line);
  expect(outcomes).toMatchObject(expected);
  expect(asked).toEqual([]);
});

test("a line that is carried out again means the organization it meant at first", async () => {
  const { asked } = await run("[organization:Renamed] name:Globex", { begun: [7] });
  expect(asked).toEqual([["edit", "organization", 7, { name: "Globex" }]]);
});
