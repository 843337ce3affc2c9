/** /erase_organization: says what would go and offers one box; an unclear line offers nothing. */
import { expect, test } from "@jest/globals";
import { eraseOrganization } from "../../src/commands/erase-organization.js";
import { departureTools, forecast } from "./departure-fakes.js";
import { recordCall } from "./record-fakes.js";

async function run(line: string) {
  const { tools, asked } = departureTools();
  return {
    outcomes: await eraseOrganization.run(recordCall(`/erase_organization ${line}`), tools),
    asked,
  };
}

test("one box, and nothing is erased yet", async () => {
  const { outcomes, asked } = await run("[organization:7]");
  expect(asked).toEqual([["organizations", 7]]);
  const { issues, employed, fields } = forecast;
  expect(outcomes).toEqual([
    {
      type: "departure",
      kind: "organization",
      forecast: { issues, employed, fields },
      offers: [{ deed: { do: "erase_organization", organization: 7 } }],
    },
  ]);
});

test.each<[string, string, object]>([
  ["nothing", "", { type: "one_reference", kind: "organization" }],
  ["two", "[organization:1] [organization:2]", { type: "one_reference", kind: "organization" }],
  ["an unknown one", "[organization:100]", { why: "unknown", argument: 1 }],
  ["the other kind", "[contact:1]", { why: "misfit", argument: 1 }],
  ["a word", "Acme", { why: "misfit", argument: 1 }],
  ["an open reference", "[organization:1", { why: "open", argument: 1 }],
])("%s: nothing is offered", async (_, line, outcome) => {
  const { outcomes, asked } = await run(line);
  expect(outcomes).toMatchObject([outcome]);
  expect(asked).toEqual([]);
});

test("needs the right to erase records", () => {
  expect(eraseOrganization).toMatchObject({ name: "erase_organization", right: "eraseRecords" });
});
