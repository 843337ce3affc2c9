/** /create_organization: what a line says. */
import { expect, test } from "@jest/globals";
import { createOrganization } from "../../src/commands/create-organization.js";
import { recordCall, recordTools, type Answers } from "./record-fakes.js";

async function run(line: string, answers: Answers = {}) {
  const { tools, asked } = recordTools(answers);
  const outcomes = await createOrganization.run(recordCall(`/create_organization ${line}`), tools);
  return { outcomes, asked };
}

test.each([
  ["a quoted name", '"Acme GmbH"', { name: "Acme GmbH" }],
  ["bare words", "Acme GmbH", { name: "Acme GmbH" }],
  ["name: wins", '"Acme" name:Globex', { name: "Globex" }],
  [
    "all fields",
    'Acme default_rate:120 domains:"acme.com, acme.de;acme.at" description:"Old"',
    { name: "Acme", defaultRate: "120", domains: ["acme.com", "acme.de", "acme.at"], description: "Old" },
  ],
  ["no domains", 'Acme domains:""', { name: "Acme", domains: [] }],
])("%s", async (_, line, input) => {
  const { outcomes, asked } = await run(line);
  expect(asked).toEqual([["create", "organization", input]]);
  expect(outcomes).toEqual([{ type: "record_created", record: { kind: "organization", number: 81 } }]);
});

test.each([
  ["nothing", "", ["required"]],
  ["a reference", "[organization:Acme]", ["misplaced", "required"]],
  ["an address", "Acme jane@acme.com", ["misplaced"]],
  ["two names", '"Acme" "Globex"', ["misplaced"]],
])("%s creates nothing", async (_, line, codes) => {
  const { outcomes, asked } = await run(line);
  expect(outcomes).toMatchObject([{ problems: codes.map((code) => ({ code })) }]);
  expect(asked).toEqual([]);
});

test("a taken name says by which organization", async () => {
  const { outcomes } = await run("Acme", { created: { type: "taken", field: "name", by: 7 } });
  expect(outcomes).toEqual([
    { type: "record_taken", field: "name", by: { kind: "organization", number: 7 } },
  ]);
});
