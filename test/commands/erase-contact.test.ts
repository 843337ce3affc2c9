/** /erase_contact: says what would go and offers one box; an unclear line offers nothing. */
import { expect, test } from "@jest/globals";
import { eraseContact } from "../../src/commands/erase-contact.js";
import { departureTools, forecast } from "./departure-fakes.js";
import { recordCall } from "./record-fakes.js";

async function run(line: string) {
  const { tools, asked } = departureTools();
  return { outcomes: await eraseContact.run(recordCall(`/erase_contact ${line}`), tools), asked };
}

test("one box, and nothing is erased yet", async () => {
  const { outcomes, asked } = await run("[contact:7]");
  expect(asked).toEqual([["contacts", 7]]);
  const { issues, employed, fields } = forecast;
  expect(outcomes).toEqual([
    {
      type: "departure",
      kind: "contact",
      forecast: { issues, employed, fields },
      offers: [{ deed: { do: "erase_contact", contact: 7 } }],
    },
  ]);
});

test.each<[string, string, object]>([
  ["nothing", "", { type: "one_reference", kind: "contact" }],
  ["two", "[contact:1] [contact:2]", { type: "one_reference", kind: "contact" }],
  ["an unknown one", "[contact:100]", { why: "unknown", argument: 1 }],
  ["the other kind", "[organization:1]", { why: "misfit", argument: 1 }],
  ["a word", "Acme", { why: "misfit", argument: 1 }],
  ["an open reference", "[contact:1", { why: "open", argument: 1 }],
])("%s: nothing is offered", async (_, line, outcome) => {
  const { outcomes, asked } = await run(line);
  expect(outcomes).toMatchObject([outcome]);
  expect(asked).toEqual([]);
});

test("needs the right to erase records", () => {
  expect(eraseContact).toMatchObject({ name: "erase_contact", right: "eraseRecords" });
});
