/** /contacts: the important ones first, then by name. */
import { expect, test } from "@jest/globals";
import { contacts } from "../../src/commands/contacts.js";
import type { Remark } from "../../src/crm/remarks.js";
import { facts } from "../crm/facts.js";
import { callOf, contact } from "./listing.js";

/** In the order of their names. */
const people = ["Adams", "Brown", "Clark", "Davis"].map((lastName, n) => ({ ...contact(n + 1), lastName }));

async function listed(linked: readonly number[], remarks: Readonly<Record<number, Remark>>) {
  const { call } = callOf("/contacts");
  return contacts.run(
    { ...call, issue: facts() },
    {
      contacts: {
        byNumbers: (_source, numbers) =>
          Promise.resolve(
            new Map(people.filter((one) => numbers.includes(one.number)).map((one) => [one.number, one])),
          ),
      },
      links: {
        linked: () => Promise.resolve(linked),
        remarks: () =>
          Promise.resolve(new Map(Object.entries(remarks).map(([number, one]) => [Number(number), one]))),
      },
    },
  );
}

test.each<[string, number[], Readonly<Record<number, Remark>>, number[]]>([
  ["nobody", [], {}, []],
  ["by name", [4, 2, 1, 3], {}, [1, 2, 3, 4]],
  ["notes change no order", [4, 2, 1], { 4: { note: "a" } }, [1, 2, 4]],
  [
    "important ones first, by name among themselves",
    [1, 4, 3, 2],
    { 4: { important: true }, 2: { important: true } },
    [2, 4, 1, 3],
  ],
  ["who no longer exists is left out", [9, 1], { 9: { important: true } }, [1]],
])("%s", async (_name, linked, remarks, expected) => {
  expect(await listed(linked, remarks)).toEqual([{ type: "linked", contacts: expected }]);
});
