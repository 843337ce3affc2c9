/** /contacts: the contacts, by name. */
import { expect, test } from "@jest/globals";
import { contact, stage } from "./stage.js";

test.each<[string, readonly number[], readonly number[]]>([
  ["nobody", [], []],
  ["by last, then first name, inactive ones too", [11, 2, 3, 1], [1, 11, 3, 2]],
  ["namesakes by number", [6, 5, 4], [4, 5, 6]],
  ["without those who are gone", [1, 99], [1]],
])("lists %s", async (_, linked, listed) => {
  expect(await stage(linked).run("/contacts")).toEqual([{ type: "linked", contacts: listed }]);
});

test("first names decide among one family", async () => {
  const family = [contact(1, "Zoe Doe"), contact(2, "Ann Doe"), contact(3, "Émile Doe")];
  expect(await stage([1, 2, 3], family).run("/contacts")).toEqual([{ type: "linked", contacts: [2, 3, 1] }]);
});

test.each(["[contact:1]", "jane", "[contact:", "state:active"])("takes no %s", async (given) => {
  const here = stage([1]);
  expect(await here.run(`/contacts ${given}`)).toEqual([{ type: "unexpected_arguments" }]);
  expect(here.asked).toEqual([]);
});

test("changes nothing", async () => {
  const here = stage([1, 2]);
  await here.run("/contacts");
  expect(here.asked).toEqual([]);
  expect(here.linked()).toEqual([1, 2]);
});
