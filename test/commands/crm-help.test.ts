/** /crm_help: what the author may use, and no more. */
import { expect, test } from "@jest/globals";
import { stage } from "./stage.js";

test.each<[string, readonly string[]]>([
  ["nothing", []],
  ["what is permitted, in its order", ["contacts", "add_contacts"]],
])("names %s", async (_, permitted) => {
  const here = stage();
  expect(await here.run("/crm_help", { permitted })).toEqual([{ type: "help", names: permitted }]);
  expect(here.asked).toEqual([]);
});

test("does not mind words after it", async () => {
  expect(await stage().run("/crm_help please", { permitted: ["contacts"] })).toEqual([
    { type: "help", names: ["contacts"] },
  ]);
});
