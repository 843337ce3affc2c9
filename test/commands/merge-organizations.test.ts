/** /merge_organizations: says what would happen and offers one box; an unclear line offers nothing. */
import { expect, test } from "@jest/globals";
import { mergeOrganizations } from "../../src/commands/merge-organizations.js";
import { departureTools, forecast } from "./departure-fakes.js";
import { recordCall } from "./record-fakes.js";

async function run(line: string) {
  const { tools, asked } = departureTools();
  return {
    outcomes: await mergeOrganizations.run(recordCall(`/merge_organizations ${line}`), tools),
    asked,
  };
}

test("the first one stays, repetitions are left out, and nothing is merged yet", async () => {
  const { outcomes, asked } = await run(
    "[organization:1] [organization:2] [organization:3] [organization:2]",
  );
  expect(asked).toEqual([["organizations", 1, [2, 3]]]);
  const { issues, employed, fields } = forecast;
  expect(outcomes).toEqual([
    {
      type: "departure",
      kind: "organization",
      forecast: { issues, employed, fields },
      offers: [{ deed: { do: "merge_organizations", keep: 1, duplicates: [2, 3] } }],
    },
  ]);
});

const numbers = (count: number) =>
  Array.from({ length: count }, (_, n) => `[organization:${n + 1}]`).join(" ");

test("ten duplicates are the most", async () => {
  expect((await run(numbers(11))).outcomes).toMatchObject([{ type: "departure" }]);
  expect(await run(numbers(12))).toEqual({
    asked: [],
    outcomes: [{ type: "merge_unfit", kind: "organization", why: "too_many" }],
  });
});

test.each<[string, string, object]>([
  ["nothing", "", { type: "merge_unfit", why: "too_few" }],
  ["one only", "[organization:1]", { type: "merge_unfit", why: "too_few" }],
  ["the same twice", "[organization:1] [organization:#1]", { type: "merge_unfit", why: "too_few" }],
  ["an unknown one", "[organization:1] [organization:100]", { why: "unknown", argument: 2 }],
  ["the other kind", "[organization:1] [contact:2]", { why: "misfit", argument: 2 }],
  ["a word", "Acme [organization:1]", { why: "misfit", argument: 1 }],
  ["an open reference", "[organization:1] [organization:2", { why: "open", argument: 2 }],
])("%s: nothing is offered", async (_, line, outcome) => {
  const { outcomes, asked } = await run(line);
  expect(outcomes).toMatchObject([outcome]);
  expect(asked).toEqual([]);
});

test("needs the right to edit records", () => {
  expect(mergeOrganizations).toMatchObject({ name: "merge_organizations", right: "editRecords" });
});
