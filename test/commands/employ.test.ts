/** Boxes that give a contact its organization: what becomes of the contact, and of a box ticked late. */
import { expect, test } from "@jest/globals";
import { createOrganizationFor, setOrganization } from "../../src/commands/employ.js";
import type { RecordCreated, RecordEdited, Said } from "../../src/crm/records.js";
import type { Wishes } from "../../src/crm/wishes.js";
import type { WishDocument } from "../../src/store/documents.js";
import { contact } from "./listing.js";
import { recordTools, type Answers } from "./record-fakes.js";

const said: Said = {
  source: { account: 1001, group: "" },
  step: { actor: 503, delivery: "d-1", action: 2, name: "create_organization" },
  issue: "1001:2001:1",
};

const wished: WishDocument = { _id: "w", ...said.source, contact: 42, name: "Labs", nameKey: "labs" };
const deed = { do: "create_organization", contact: 42, wish: "w" } as const;

/** @param wish what is kept of it */
function needed(answers: Answers, there = [42], wish: WishDocument = wished) {
  const { tools, asked } = recordTools(answers);
  const wishes: Wishes = {
    ...tools.wishes,
    byIds: () => Promise.resolve(new Map([[wish._id, wish]])),
    fulfil: (id, organization) => Promise.resolve(void asked.push(["fulfil", id, organization])),
  };
  const byNumbers = () => Promise.resolve(new Map(there.map((number) => [number, contact(number)])));
  return { asked, needed: { records: tools.records, contacts: { byNumbers }, wishes } };
}

test.each<[string, RecordEdited, string]>([
  ["set", { type: "edited", number: 42, fields: ["organization"] }, "done"],
  ["the same already", { type: "unchanged", number: 42 }, "already_done"],
  ["a contact that is gone", { type: "unknown" }, "gone"],
  [
    "an organization that is gone",
    { type: "unfit", problems: [{ field: "organization", code: "unknown", message: "" }] },
    "gone",
  ],
])("set_organization, %s: %s", async (_, edited, result) => {
  const { asked, needed: tools } = needed({ edited });
  const deed = { do: "set_organization", contact: 42, organization: 7 } as const;
  expect(await setOrganization(deed, said, tools)).toBe(result);
  expect(asked).toEqual([["edit", "contact", 42, { organization: 7 }]]);
});

test.each<[string, RecordCreated, number]>([
  ["is created", { type: "created", number: 12 }, 12],
  ["was created by somebody else meanwhile", { type: "taken", field: "name", by: 7 }, 7],
])("create_organization: the contact gets the one that %s", async (_, created, organization) => {
  const { asked, needed: tools } = needed({ created });
  expect(await createOrganizationFor(deed, said, tools)).toBe("done");
  expect(asked).toEqual([
    ["create", "organization", { name: "Labs" }],
    ["fulfil", "w", organization],
    ["edit", "contact", 42, { organization }],
  ]);
});

test("create_organization: a wish that came true is not created again", async () => {
  const { _id, account, group } = wished;
  const { asked, needed: tools } = needed({}, [42], { _id, account, group, contact: 42, organization: 9 });
  expect(await createOrganizationFor(deed, said, tools)).toBe("done");
  expect(asked).toEqual([
    ["fulfil", "w", 9],
    ["edit", "contact", 42, { organization: 9 }],
  ]);
});

test("create_organization: a wish whose name was erased creates nothing", async () => {
  const { _id, account, group } = wished;
  const { asked, needed: tools } = needed({}, [42], { _id, account, group, contact: 42 });
  expect(await createOrganizationFor(deed, said, tools)).toBe("gone");
  expect(asked).toEqual([]);
});

test("create_organization: nothing is created for a contact that is gone", async () => {
  const { asked, needed: tools } = needed({}, []);
  expect(await createOrganizationFor(deed, said, tools)).toBe("gone");
  expect(asked).toEqual([]);
});
